"""What every answer of the site has in common."""

from django.utils.cache import has_vary_header

# A shared cache may keep a page for a minute, and show it for ten more while it fetches or cannot fetch it.
PUBLIC = "public, max-age=0, s-maxage=60, stale-while-revalidate=600, stale-if-error=600"


def public_pages(get_response):
    """Mark answers that depend on no cookie as fit for any cache; leave alone what speaks for itself."""

    def middleware(request):
        response = get_response(request)
        if (
            request.method in {"GET", "HEAD"}
            and response.status_code == 200
            and not response.streaming
            and not response.cookies
            and not response.has_header("Cache-Control")
            and not has_vary_header(response, "Cookie")
        ):
            response["Cache-Control"] = PUBLIC
        return response

    return middleware

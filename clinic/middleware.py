"""What every answer of the site has in common."""

from django.utils.cache import has_vary_header

# A shared cache may keep a page for a minute, show it for ten more while it asks for it anew, and for a day
# while the site does not answer. A browser asks each time.
PUBLIC = "public, max-age=0, s-maxage=60, stale-while-revalidate=600, stale-if-error=86400"
# No page here, or not any more: that may change at any moment, also by an editor who takes a redirect back.
ELSEWHERE = "public, max-age=0, s-maxage=10"
MAY_BE_KEPT = {200: PUBLIC, **dict.fromkeys([301, 302, 404], ELSEWHERE)}


def public_pages(get_response):
    """Mark answers that depend on no cookie as fit for any cache; leave alone what speaks for itself."""

    def middleware(request):
        response = get_response(request)
        if (
            request.method in {"GET", "HEAD"}
            and response.status_code in MAY_BE_KEPT
            and not response.streaming
            and not response.cookies
            and not response.has_header("Cache-Control")
            and not has_vary_header(response, "Cookie")
        ):
            response["Cache-Control"] = MAY_BE_KEPT[response.status_code]
        return response

    return middleware

"""Middleware that sets Cache-Control on public pages, and caches the request's Wagtail site."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.http.request import split_domain_port
from django.utils import timezone
from django.utils.cache import has_vary_header
from wagtail.models import Site
from wagtail.models.sites import get_site_for_hostname

from clinic.caching import clinic_fallback
from clinic.caching.per_version import cached_per_version, cached_values

# Shared caches store a page for a minute, serve it for ten more while they refresh it, and for a day while
# the site is down. Browsers revalidate each time.
FRESH, STALE = 60, 600  # seconds
PUBLIC = f"public, max-age=0, s-maxage={FRESH}, stale-while-revalidate={STALE}, stale-if-error=86400"
# Redirects and 404s can change at any time, for example when an editor deletes a redirect.
PUBLIC_BRIEFLY = "public, max-age=0, s-maxage=10"
RULES_BY_STATUS = {200: PUBLIC, **dict.fromkeys([301, 302, 404], PUBLIC_BRIEFLY)}


@cached_per_version
def site_of_host(hostname, port):
    return get_site_for_hostname(hostname, port)


def cached_site(get_response):
    """Set Wagtail's site of the request from the cache, to save the query."""

    def middleware(request):
        if cached_values.get() is not None:
            hostname, _port = split_domain_port(request.get_host())
            with suppress(Site.DoesNotExist):
                request._wagtail_site = site_of_host(hostname, request.get_port())
        return get_response(request)

    return middleware


def next_change() -> datetime | None:
    """Return when pages next change on their own: the clinic opens or closes, or a notice starts or ends."""
    clinic = clinic_fallback.clinic()
    return clinic.next_change(timezone.now()) if clinic else None


def until_next_change(rule: str) -> str:
    """Shorten a Cache-Control rule, so caches don't show "We're closed" or a notice for too long."""
    change = next_change()
    left = int((change - timezone.now()).total_seconds()) if change else FRESH + STALE
    if left >= FRESH + STALE:
        return rule
    fresh = min(FRESH, left)
    return rule.replace(f"s-maxage={FRESH}", f"s-maxage={fresh}").replace(
        f"revalidate={STALE}", f"revalidate={left - fresh}"
    )


def _mark_public(response: HttpResponse) -> None:
    response["Cache-Control"] = until_next_change(RULES_BY_STATUS[response.status_code])
    change = next_change()
    if response.status_code == 200 and change and change < timezone.now() + timedelta(seconds=FRESH):
        # nginx ignores Cache-Control when it refreshes a page in the background. It removes this header.
        response["X-Accel-Expires"] = f"@{int(change.timestamp()) + 1}"


def public_pages(get_response):
    """Make responses cacheable that don't depend on cookies and don't set Cache-Control themselves."""

    def middleware(request):
        response = get_response(request)
        if (
            request.method in {"GET", "HEAD"}
            and response.status_code in RULES_BY_STATUS
            and not response.streaming
            and not response.cookies
            and not response.has_header("Cache-Control")
            and not has_vary_header(response, "Cookie")
        ):
            _mark_public(response)
        return response

    return middleware

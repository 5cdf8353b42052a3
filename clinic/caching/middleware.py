"""Middleware: how long shared caches may keep an answer, and the request's site from the cache."""

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

# A shared cache may keep a page for a minute, show it for ten more while it refreshes it, and for a day
# while the site does not answer. A browser asks each time.
FRESH, STALE = 60, 600  # seconds
PUBLIC = f"public, max-age=0, s-maxage={FRESH}, stale-while-revalidate={STALE}, stale-if-error=86400"
# Missing and redirected pages may change at any moment, also by an editor who deletes a redirect.
ELSEWHERE = "public, max-age=0, s-maxage=10"
MAY_BE_KEPT = {200: PUBLIC, **dict.fromkeys([301, 302, 404], ELSEWHERE)}


@cached_per_version
def site_of_host(hostname, port):
    return get_site_for_hostname(hostname, port)


def cached_site(get_response):
    """Give Wagtail the request's site from the cache, so that it doesn't ask the database."""

    def middleware(request):
        if cached_values.get() is not None:
            hostname, _port = split_domain_port(request.get_host())
            with suppress(Site.DoesNotExist):
                request._wagtail_site = site_of_host(hostname, request.get_port())
        return get_response(request)

    return middleware


def next_change() -> datetime | None:
    """When pages change although nobody saves anything: the clinic opens or closes, or a notice ends."""
    clinic = clinic_fallback.clinic()
    return clinic.next_change(timezone.now()) if clinic else None


def until_next_change(rule: str) -> str:
    """Shorten a Cache-Control rule, so that no cache says "We're closed" or shows a notice too long."""
    changes = next_change()
    left = int((changes - timezone.now()).total_seconds()) if changes else FRESH + STALE
    if left >= FRESH + STALE:
        return rule
    fresh = min(FRESH, left)
    return rule.replace(f"s-maxage={FRESH}", f"s-maxage={fresh}").replace(
        f"revalidate={STALE}", f"revalidate={left - fresh}"
    )


def _mark_public(response: HttpResponse) -> None:
    response["Cache-Control"] = until_next_change(MAY_BE_KEPT[response.status_code])
    changes = next_change()
    if response.status_code == 200 and changes and changes < timezone.now() + timedelta(seconds=FRESH):
        # For nginx, which reads no Cache-Control when it refreshes a page, and removes this header.
        response["X-Accel-Expires"] = f"@{int(changes.timestamp()) + 1}"


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
            _mark_public(response)
        return response

    return middleware

"""Per-process request counters, exported by clinic.operations.metrics.

Kept apart from it because the page cache imports them before models are loaded.
"""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

REQUESTS = Histogram(
    "clinic_request_seconds",
    "Time that Django took for a request.",
    ["area", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
PAGE_CACHE = Counter("clinic_page_cache", "Pages served from the page cache, or rendered.", ["result"])
PAGE_CACHE_HIT, PAGE_CACHE_MISS = PAGE_CACHE.labels("hit"), PAGE_CACHE.labels("miss")
AREAS = {"admin", "sign-in", "contact", "media", "documents"}


def area_of(path: str) -> str:
    first = path.lstrip("/").partition("/")[0]
    return first if first in AREAS else "pages"


def measure(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that records the duration of each request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = get_response(request)
        labels = REQUESTS.labels(area_of(request.path_info), f"{response.status_code // 100}xx")
        labels.observe(time.perf_counter() - started)
        return response

    return middleware

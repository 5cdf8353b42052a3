"""A one-second cache for settings that every inquiry needs and that rarely change."""

import time
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

T = TypeVar("T")
CACHE_SECONDS = 1.0


def cached_per_second(read: Callable[[], T]) -> Callable[[], T]:
    """Cache the return value of `read()` for a second. All threads share the value: don't mutate it.

    Don't use it for public pages: the page cache would store a page with an outdated value as current. Use
    `clinic.caching.per_version.cached_per_version` there.
    """
    cached: tuple[float, T] | None = None

    @wraps(read)
    def wrapper() -> T:
        nonlocal cached
        if cached is None or time.monotonic() - cached[0] >= CACHE_SECONDS:
            value = read()
            cached = (time.monotonic(), value)
        return cached[1]

    return wrapper

"""A one-second cache for settings that every message needs and people seldom change."""

import time
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

T = TypeVar("T")
KEEP_FOR = 1.0  # seconds; after that every process sees a change


def cached_per_second(read: Callable[[], T]) -> Callable[[], T]:
    """Cache what `read()` returns for KEEP_FOR seconds. All threads share the value: don't change it.

    Not for pages: a page drawn from a value that's a second old would be cached as current. Use
    `clinic.caching.per_version.cached_per_version` there.
    """
    kept: tuple[float, T] | None = None

    @wraps(read)
    def cached() -> T:
        nonlocal kept
        if kept is None or time.monotonic() - kept[0] >= KEEP_FOR:
            value = read()
            kept = (time.monotonic(), value)
        return kept[1]

    return cached

"""The version of the site's public content, and values that are cached until it changes.

Triggers increment the version in the transaction that changes a page or the clinic's facts (clinic's
migrations 0003 and 0006, education's 0003), but not for a draft. Each process queries it once a second.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

import psycopg
from django.db import connection

T = TypeVar("T")
CHECK_INTERVAL_SECONDS = 1.0
RETRY_DELAY_SECONDS = 5.0
CONNECT_OPTIONS = {"connect_timeout": 2, "tcp_user_timeout": 3000}  # seconds; milliseconds
MAX_CACHED_VALUES = 100  # one for each host name of the site, and a few more

# The values cached for the version that this request is rendered from; None outside of the page cache.
cached_values: ContextVar[dict[Any, Any] | None] = ContextVar("cached_values", default=None)


class VersionReader:
    """Reads the version at most once a second, on a separate connection."""

    def __init__(self) -> None:
        self.value: int | None = None  # unknown
        self.checked_at = float("-inf")  # time.monotonic() can be near 0 after a boot
        self.lock = threading.Lock()
        self.connection: psycopg.Connection[Any] | None = None
        self.cached: tuple[int | None, dict[Any, Any]] = (None, {})

    def current(self) -> int | None:
        """Return the last known version, or None if the database was never reachable."""
        if time.monotonic() - self.checked_at > CHECK_INTERVAL_SECONDS and self.lock.acquire(blocking=False):
            try:
                version = self._query()
                if version != self.value:
                    clear_site_url_cache()
                self.value, self.checked_at = version, time.monotonic()
            except psycopg.Error:
                # Keep the last known version while the database is down, so readers don't have to wait.
                self.connection = None
                self.checked_at = time.monotonic() + RETRY_DELAY_SECONDS
            finally:
                self.lock.release()
        return self.value

    def _query(self) -> int | None:
        if self.connection is None:
            parameters = connection.get_connection_params()
            parameters = {k: v for k, v in parameters.items() if k not in {"context", "cursor_factory"}}
            self.connection = psycopg.connect(**{**parameters, "autocommit": True, **CONNECT_OPTIONS})
        [version] = self.connection.execute("SELECT version FROM clinic_siteversion").fetchone() or (None,)
        return version

    @contextmanager
    def rendering(self, version: int | None) -> Iterator[None]:
        """Let `cached_per_version` use the values of `version` while a page is rendered."""
        if self.cached[0] != version:
            self.cached = (version, {})
        cached_version, values = self.cached  # another thread can have replaced it
        token = cached_values.set(values if cached_version == version is not None else None)
        try:
            yield
        finally:
            cached_values.reset(token)


def clear_site_url_cache() -> None:
    """Clear Wagtail's cache of site URLs, which lasts for an hour in each process."""
    from wagtail.models import Site  # this module is imported before the app registry is ready

    Site.clear_site_root_paths_cache()


def cached_per_version(read: Callable[..., T]) -> Callable[..., T]:
    """Cache `read(*args)` until the version changes. Outside of the page cache, call it each time.

    All threads share the value: don't mutate it.
    """

    @wraps(read)
    def cached(*args: Any) -> T:
        values = cached_values.get()
        if values is None:
            return read(*args)
        key = (read, *args)
        if key in values:
            return values[key]
        value = read(*args)
        if len(values) < MAX_CACHED_VALUES:
            values[key] = value
        return value

    return cached

"""The version of everything readers see, and values cached for as long as it stays the same.

Triggers raise the version in the transaction that changes a page or the clinic's facts (clinic's migrations
0003 and 0006, education's 0003); saving a draft doesn't. Every process asks for it once a second.
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
CHECK_EVERY = 1.0  # seconds
PAUSE_WITHOUT_DATABASE = 5.0  # seconds
PATIENCE = {"connect_timeout": 2, "tcp_user_timeout": 3000}  # seconds; ms, for a host that has vanished
MAX_CACHED = 100  # values; one for each host name of the site, and a few more

# The values cached for the version that this request is drawn from; None outside of the page cache.
cached_values: ContextVar[dict[Any, Any] | None] = ContextVar("cached_values", default=None)


class VersionReader:
    """Reads the version at most once a second, on a separate connection."""

    def __init__(self) -> None:
        # Unknown: nothing is taken for current until the database has been asked.
        self.value: int | None = None
        self.checked_at = float("-inf")  # a machine that has just started counts from 0
        self.lock = threading.Lock()
        self.connection: psycopg.Connection[Any] | None = None
        self.cached: tuple[int | None, dict[Any, Any]] = (None, {})

    def current(self) -> int | None:
        """The newest known version; None if the database has never answered."""
        if time.monotonic() - self.checked_at > CHECK_EVERY and self.lock.acquire(blocking=False):
            try:
                version = self._ask()
                if version != self.value:
                    forget_addresses_of_sites()
                self.value, self.checked_at = version, time.monotonic()
            except psycopg.Error:
                # The last known version stands until the database is back; readers do not wait for it.
                self.connection = None
                self.checked_at = time.monotonic() + PAUSE_WITHOUT_DATABASE
            finally:
                self.lock.release()
        return self.value

    def _ask(self) -> int | None:
        if self.connection is None:
            parameters = connection.get_connection_params()
            parameters = {k: v for k, v in parameters.items() if k not in {"context", "cursor_factory"}}
            self.connection = psycopg.connect(**{**parameters, "autocommit": True, **PATIENCE})
        [version] = self.connection.execute("SELECT version FROM clinic_siteversion").fetchone() or (None,)
        return version

    @contextmanager
    def rendering(self, version: int | None) -> Iterator[None]:
        """While a page is drawn, let `cached_per_version` answer from the values of `version`."""
        if self.cached[0] != version:
            self.cached = (version, {})
        of, values = self.cached
        token = cached_values.set(values if of == version is not None else None)
        try:
            yield
        finally:
            cached_values.reset(token)


def forget_addresses_of_sites() -> None:
    """Clear Wagtail's cache of site addresses, which it keeps for an hour in each process."""
    from wagtail.models import Site  # there are no models yet when this module is first wanted

    Site.clear_site_root_paths_cache()


def cached_per_version(read: Callable[..., T]) -> Callable[..., T]:
    """Cache `read(*args)` until the version changes; outside of the page cache, read each time.

    All threads share the value: don't change it.
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
        if len(values) < MAX_CACHED:
            values[key] = value
        return value

    return cached

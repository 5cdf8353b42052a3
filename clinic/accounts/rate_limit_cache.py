"""Django's default cache backend: sign-in attempts in the database, everything else in local memory."""

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.locmem import LocMemCache


class Cache(BaseCache):
    """Shares allauth's counters between processes without slowing down the rest.

    allauth only counts attempts in the default cache. Wagtail caches site URLs there, too, which every page
    needs, and which shouldn't cost a query each time.
    """

    def __init__(self, table, params):
        super().__init__(params)
        self.shared = DatabaseCache(table, params)
        self.local = LocMemCache(table, params)

    def _backend(self, key):
        return self.shared if key.startswith("allauth") else self.local

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return self._backend(key).add(key, value, timeout, version)

    def get(self, key, default=None, version=None):
        return self._backend(key).get(key, default, version)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        self._backend(key).set(key, value, timeout, version)

    def delete(self, key, version=None):
        return self._backend(key).delete(key, version)

    def clear(self):
        self.shared.clear()
        self.local.clear()

"""Django's default cache: sign-in attempts are shared, the rest is local."""

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.locmem import LocMemCache


class Cache(BaseCache):
    """Keep sign-in attempts in the database, for all processes, and everything else in memory.

    allauth counts attempts in Django's default cache and no other. Wagtail keeps site addresses there, which
    every page needs and which must not cost a query each.
    """

    def __init__(self, table, params):
        super().__init__(params)
        self.shared = DatabaseCache(table, params)
        self.own = LocMemCache(table, params)

    def _place(self, key):
        return self.shared if key.startswith("allauth") else self.own

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return self._place(key).add(key, value, timeout, version)

    def get(self, key, default=None, version=None):
        return self._place(key).get(key, default, version)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        self._place(key).set(key, value, timeout, version)

    def delete(self, key, version=None):
        return self._place(key).delete(key, version)

    def clear(self):
        self.shared.clear()
        self.own.clear()

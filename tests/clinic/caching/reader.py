"""A test client for the page cache."""

from contextlib import nullcontext
from unittest import mock

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from django.test import RequestFactory

from clinic.caching.page_cache import PageCache


def connection_kept_open():
    """Don't close the connection in a test's transaction, like Django's test client."""
    if connection.in_atomic_block:
        return mock.patch.object(connections["default"], "close_if_unusable_or_obsolete")
    return nullcontext()


class Reader:
    """Sends WSGI requests through a PageCache; responses are dicts with `status`, `headers` and `body`."""

    def __init__(self):
        self.cache = PageCache(WSGIHandler())

    def get(self, path, method="get", **headers):
        environ = getattr(RequestFactory(), method)(path, headers=headers).environ
        response = {}

        def start_response(status, headers, exc_info=None):
            response.update(status=status, headers=dict(headers))

        with connection_kept_open():
            body = self.cache(environ, start_response)
            response["body"] = b"".join(body)
            if hasattr(body, "close"):
                body.close()
        return response

    def expire_version(self):
        """Make the cache query the site's version with the next request."""
        self.cache.site_version.checked_at = float("-inf")

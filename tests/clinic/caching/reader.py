"""A test client for the page cache."""

from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from clinic.caching.page_cache import PageCache


class Reader:
    """Sends WSGI requests through a PageCache; responses are dicts with `status`, `headers` and `body`."""

    def __init__(self):
        self.cache = PageCache(WSGIHandler())

    def get(self, path, method="get", **headers):
        environ = getattr(RequestFactory(), method)(path, headers=headers).environ
        response = {}

        def start_response(status, headers, exc_info=None):
            response.update(status=status, headers=dict(headers))

        body = self.cache(environ, start_response)
        response["body"] = b"".join(body)
        if hasattr(body, "close"):
            body.close()
        return response

    def expire_version(self):
        """Make the cache query the site's version with the next request."""
        self.cache.site_version.checked_at = float("-inf")

"""Somebody who reads the site through its page cache."""

from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from clinic.caching.page_cache import PageCache


class Reader:
    """Asks a PageCache as a server would."""

    def __init__(self):
        self.cache = PageCache(WSGIHandler())

    def get(self, path, method="get", **headers):
        environ = getattr(RequestFactory(), method)(path, headers=headers).environ
        answer = {}

        def start_response(status, headers, exc_info=None):
            answer.update(status=status, headers=dict(headers))

        body = self.cache(environ, start_response)
        answer["body"] = b"".join(body)
        if hasattr(body, "close"):
            body.close()
        return answer

    def forget_version(self):
        """As if a second had passed."""
        self.cache.site_version.checked_at = float("-inf")

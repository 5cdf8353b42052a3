"""WSGI page cache: responds to repeated requests before they reach Django.

Each process caches compressed copies in memory, up to PAGE_CACHE_BYTES, of all 200 responses with `s-maxage`
in Cache-Control (set by clinic.caching.middleware.public_pages on those that don't depend on cookies).
Copies of an older site version (clinic.caching.per_version) are rendered again.
While the site fails, for example because PostgreSQL is down, readers get the last good copy, if it's of the
newest version known to this process. Older copies could show pages that are now private or unpublished.
"""

import gzip
import hashlib
import re
import threading
import time
from collections import OrderedDict
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

import brotli
from django.conf import settings

from clinic.caching.per_version import VersionReader
from clinic.operations.counters import PAGE_CACHE_HIT, PAGE_CACHE_MISS

RENDER_GRACE_SECONDS = 60.0
S_MAXAGE = re.compile(r"s-maxage=(\d+)")
HEADER_BYTES = 4096  # estimated size of a copy's headers
# For a page of 50 KB, these take a tenth of the time of the highest settings, and 1 % more bytes.
BROTLI_QUALITY = 6
GZIP_LEVEL = 6
GZIP_PERCENT_OF_BROTLI = 130  # measured: 103 to 129
MAX_ACCEPT_ENCODING_LENGTH = 200  # browsers send 30 characters
# The only parameters that change a page. Others are removed, so they don't split the cache.
PARAMETERS = {"q", "page"}
ORIGINAL_QUERY = "clinic.original_query"  # environ key of the complete query string
UNCACHED_PATHS = (
    *("/admin/", "/sign-in/", "/_util/", "/documents/", "/media/", "/static/", "/styleguide/"),
    *("/healthz", "/readyz", "/metrics"),
)


class Copy:
    """A complete response with its headers, in each encoding."""

    def __init__(self, headers, body, version):
        # Sent as a weak ETag, since it's the same for all encodings.
        etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
        common = [(k, v) for k, v in headers if k.lower() not in {"content-length", "etag", "vary"}]
        common += [("ETag", f"W/{etag}"), ("Vary", "Accept-Encoding")]
        self.etag = etag
        self.version = version
        cache_control = next(value for name, value in headers if name.lower() == "cache-control")
        self.fresh_until = time.monotonic() + int(S_MAXAGE.search(cache_control)[1])
        self.not_modified = [(k, v) for k, v in common if k.lower() != "content-type"]
        self.common = common
        compressed = brotli.compress(body, quality=BROTLI_QUALITY)
        self.encoded = {"": self._with_headers(body), "br": self._with_headers(compressed, "br")}
        # gzip is rarely requested, so it's compressed on demand, but counted from the start.
        gzip_size = len(compressed) * GZIP_PERCENT_OF_BROTLI // 100
        self.size = HEADER_BYTES + len(body) + len(compressed) + gzip_size

    def _with_headers(self, data, encoding=""):
        extra = [("Content-Encoding", encoding)] if encoding else []
        return [*self.common, *extra, ("Content-Length", str(len(data)))], data

    def _encode(self, encoding):
        if encoding not in self.encoded:
            body = self.encoded[""][1]
            self.encoded[encoding] = self._with_headers(
                gzip.compress(body, compresslevel=GZIP_LEVEL), encoding
            )
        return self.encoded[encoding]

    def send(self, environ, start_response):
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and (self.etag in known or known == "*"):
            start_response("304 Not Modified", self.not_modified)
            return []
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")[:MAX_ACCEPT_ENCODING_LENGTH]
        headers, data = self._encode(best_encoding(accepted))
        start_response("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [data]


@lru_cache(maxsize=256)  # browsers only send a few different headers
def best_encoding(accepted):
    """Return "br" or "gzip" if the Accept-Encoding header allows it, otherwise ""."""
    allowed = {}
    for part in accepted.lower().split(","):
        name, _, quality = part.replace(" ", "").partition(";q=")
        allowed[name] = quality.strip("0.") != "" or not quality
    return next((name for name in ("br", "gzip") if allowed.get(name, allowed.get("*"))), "")


def canonical_query(query):
    """Return the relevant parameters in a fixed order and encoding, so equivalent queries share a copy."""
    text = query.encode("latin-1", errors="replace").decode(errors="replace")  # WSGI decodes bytes as Latin-1
    pairs = dict(parse_qsl(text, errors="replace"))  # the last value wins, as in Django
    return urlencode({name: pairs[name] for name in sorted(PARAMETERS & pairs.keys())})


def has_session(cookies):
    names = (cookie.partition("=")[0].strip() for cookie in cookies.split(";"))
    return settings.SESSION_COOKIE_NAME in names


class PageCache:
    """WSGI middleware that wraps Django's `application`."""

    def __init__(self, application, site_version=None):
        self.application = application
        self.site_version = site_version or VersionReader()
        self.https = settings.SECURE_PROXY_SSL_HEADER
        self.copies = OrderedDict()
        self.bytes = 0
        self.lock = threading.Lock()

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        if (
            path.startswith(UNCACHED_PATHS)
            or ("HTTP_COOKIE" in environ and has_session(environ["HTTP_COOKIE"]))
            or (self.https and environ.get(self.https[0]) != self.https[1])  # Django redirects to HTTPS
        ):
            return self.application(environ, start_response)
        version = self.site_version.current()
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            with self.site_version.rendering(version):  # an invalid form is rendered as a whole page
                return self.application(environ, start_response)
        if query := environ.get("QUERY_STRING", ""):
            environ[ORIGINAL_QUERY] = query
            environ["QUERY_STRING"] = query = canonical_query(query)
        key = (environ.get("HTTP_HOST"), path, query)
        copy = self.copies.get(key)
        if copy and copy.version == version and time.monotonic() < copy.fresh_until:
            PAGE_CACHE_HIT.inc()
            return copy.send(environ, start_response)
        PAGE_CACHE_MISS.inc()
        return self._render(key, version, copy, environ, start_response)

    def _render(self, key, version, copy, environ, start_response):
        last_good = copy if copy and copy.version == version else None
        if last_good:
            # Concurrent requests get this copy until it's replaced.
            last_good.fresh_until = time.monotonic() + RENDER_GRACE_SECONDS
        with self.site_version.rendering(version):
            response = self._get_response(environ)
        if response.failed and last_good:
            response.close()
            return last_good.send(environ, start_response)
        if not response.is_cacheable:
            self._store(key, None)
            return response.send(start_response)
        copy = Copy(response.headers, response.read(), version)
        copy.size += len(key[-1])  # queries can be long
        if environ["REQUEST_METHOD"] == "GET":
            self._store(key, copy)
        return copy.send(environ, start_response)

    def _get_response(self, environ):
        response = Response(self.application, environ)
        if response.status.startswith("404") and environ.get(ORIGINAL_QUERY):
            # URLs of a former site can be redirected by their parameters (/old.php?id=5).
            response.close()
            environ["QUERY_STRING"] = environ[ORIGINAL_QUERY]
            response = Response(self.application, environ)
        return response

    def _store(self, key, copy):
        """Replace the cached copy, or remove it if `copy` is None; evict the oldest copies over the limit."""
        with self.lock:
            if old := self.copies.pop(key, None):
                self.bytes -= old.size
            if copy:
                self.copies[key] = copy
                self.bytes += copy.size
            while self.bytes > settings.PAGE_CACHE_BYTES:
                self.bytes -= self.copies.popitem(last=False)[1].size


class Response:
    """The application's response, with its body unread."""

    def __init__(self, application, environ):
        self.status, self.headers = "500", []
        self.body = application(environ, self._start_response)

    def _start_response(self, status, headers, exc_info=None):
        self.status, self.headers = status, headers

    @property
    def failed(self):
        return self.status.startswith("5")

    @property
    def is_cacheable(self):
        values = {name.lower(): value for name, value in self.headers}
        return (
            self.status.startswith("200")
            and S_MAXAGE.search(values.get("cache-control", ""))
            and "set-cookie" not in values
            and "vary" not in values  # the cache key doesn't include request headers
        )

    def read(self):
        try:
            return b"".join(self.body)
        finally:
            self.close()

    def close(self):
        if hasattr(self.body, "close"):
            self.body.close()

    def send(self, start_response):
        start_response(self.status, self.headers)
        return self.body

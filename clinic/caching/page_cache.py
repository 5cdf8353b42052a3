"""The page cache: answers repeated requests in front of Django.

Kept in each process's memory, bounded, already compressed. It keeps each 200 whose Cache-Control has
`s-maxage` (set by clinic.caching.middleware.public_pages where an answer depends on no cookie).
A copy older than the site's version (clinic.caching.per_version) is rendered again.
While the site fails (PostgreSQL is down, say), readers get the last good copy, but only one of the newest
version that this process knows of: an older one may show what has since been made private or taken down.
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

WHILE_RENDERED = 60.0  # seconds
KEPT_FOR = re.compile(r"s-maxage=(\d+)")
OVERHEAD = 4096  # bytes of a copy beside its bodies: the headers, which all encodings have
# A page of 50 KB takes a tenth of the time that the highest settings take, and 1 % more bytes.
BROTLI_QUALITY = 6
GZIP_LEVEL = 6
GZIP_TAKES = 130  # percent of what brotli takes; our pages measure 103 to 129
LONGEST_LIST = 200  # characters of an Accept-Encoding header; browsers send 30
# The only parameters that change a page. Others are removed, so that they cannot split the cache.
PARAMETERS = {"q", "page"}
ORIGINAL_QUERY = "clinic.original_query"  # where environ keeps all of them
# Django's alone, with all parameters.
NOT_FOR_READERS = (
    *("/admin/", "/sign-in/", "/_util/", "/documents/", "/media/", "/static/", "/styleguide/"),
    *("/healthz", "/readyz", "/metrics"),
)


class Copy:
    """A complete answer in each encoding, with its headers, as it goes out."""

    def __init__(self, headers, body, version):
        # Weak, for it is one for all encodings; they are compared without that mark.
        etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
        common = [(k, v) for k, v in headers if k.lower() not in {"content-length", "etag", "vary"}]
        common += [("ETag", f"W/{etag}"), ("Vary", "Accept-Encoding")]
        self.etag = etag
        self.version = version
        cache_control = next(value for name, value in headers if name.lower() == "cache-control")
        self.good_until = time.monotonic() + int(KEPT_FOR.search(cache_control)[1])
        self.not_modified = [(k, v) for k, v in common if k.lower() != "content-type"]
        self.common = common
        small = brotli.compress(body, quality=BROTLI_QUALITY)
        self.encoded = {"": self._with_headers(body), "br": self._with_headers(small, "br")}
        # Few ask for gzip, so it is made for the first who does; it has room from the start.
        self.size = OVERHEAD + len(body) + len(small) + len(small) * GZIP_TAKES // 100

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
        headers, data = self._encode(best_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")[:LONGEST_LIST]))
        start_response("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [data]


@lru_cache(maxsize=256)  # browsers say the same few things
def best_encoding(accepted):
    """The best of ours that an Accept-Encoding header allows; "" for none, whatever it says of that."""
    allowed = {}
    for part in accepted.lower().split(","):
        name, _, quality = part.replace(" ", "").partition(";q=")
        allowed[name] = quality.strip("0.") != "" or not quality
    return next((name for name in ("br", "gzip") if allowed.get(name, allowed.get("*"))), "")


def canonical(query):
    """The parameters that count, each once: all spellings of one question are one address."""
    text = query.encode("latin-1", errors="replace").decode(errors="replace")  # WSGI's disguise of bytes
    pairs = dict(parse_qsl(text, errors="replace"))  # the last one counts, as for Django
    return urlencode({name: pairs[name] for name in sorted(PARAMETERS & pairs.keys())})


def has_session(cookies):
    names = (cookie.partition("=")[0].strip() for cookie in cookies.split(";"))
    return settings.SESSION_COOKIE_NAME in names


class PageCache:
    """WSGI middleware; `application` is Django's."""

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
            path.startswith(NOT_FOR_READERS)
            or ("HTTP_COOKIE" in environ and has_session(environ["HTTP_COOKIE"]))
            or (self.https and environ.get(self.https[0]) != self.https[1])  # Django redirects it
        ):
            return self.application(environ, start_response)
        version = self.site_version.current()
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            with self.site_version.rendering(version):  # a form with mistakes comes back on a whole page
                return self.application(environ, start_response)
        if query := environ.get("QUERY_STRING", ""):
            environ[ORIGINAL_QUERY] = query
            environ["QUERY_STRING"] = query = canonical(query)
        key = (environ.get("HTTP_HOST"), path, query)
        copy = self.copies.get(key)
        if copy and copy.version == version and time.monotonic() < copy.good_until:
            PAGE_CACHE_HIT.inc()
            return copy.send(environ, start_response)
        PAGE_CACHE_MISS.inc()
        return self._render(key, version, copy, environ, start_response)

    def _render(self, key, version, copy, environ, start_response):
        last_good = copy if copy and copy.version == version else None
        if last_good:
            # Others get this copy until it is replaced.
            last_good.good_until = time.monotonic() + WHILE_RENDERED
        with self.site_version.rendering(version):
            answer = self._ask(environ)
        if answer.failed and last_good:
            answer.close()
            return last_good.send(environ, start_response)
        if not answer.may_be_kept:
            self._keep(key, None)
            return answer.send(start_response)
        copy = Copy(answer.headers, answer.read(), version)
        copy.size += len(key[-1])  # a long question is kept too
        if environ["REQUEST_METHOD"] == "GET":
            self._keep(key, copy)
        return copy.send(environ, start_response)

    def _ask(self, environ):
        answer = Answer(self.application, environ)
        if answer.status.startswith("404") and environ.get(ORIGINAL_QUERY):
            # An address of a former site may lead on to one of ours by its parameters (/old.php?id=5).
            answer.close()
            environ["QUERY_STRING"] = environ[ORIGINAL_QUERY]
            answer = Answer(self.application, environ)
        return answer

    def _keep(self, key, copy):
        """Put `copy`, or nothing, in the place of what was kept; the longest unchanged make room."""
        with self.lock:
            if old := self.copies.pop(key, None):
                self.bytes -= old.size
            if copy:
                self.copies[key] = copy
                self.bytes += copy.size
            while self.bytes > settings.PAGE_CACHE_BYTES:
                self.bytes -= self.copies.popitem(last=False)[1].size


class Answer:
    """What the application answers, its body still unread."""

    def __init__(self, application, environ):
        self.status, self.headers = "500", []
        self.body = application(environ, self._start_response)

    def _start_response(self, status, headers, exc_info=None):
        self.status, self.headers = status, headers

    @property
    def failed(self):
        return self.status.startswith("5")

    @property
    def may_be_kept(self):
        values = {name.lower(): value for name, value in self.headers}
        return (
            self.status.startswith("200")
            and KEPT_FOR.search(values.get("cache-control", ""))
            and "set-cookie" not in values
            and "vary" not in values  # the key knows nothing of what else it would depend on
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

"""Logging without anything that a patient wrote."""

import json
import logging
import re
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from hashlib import sha256
from time import monotonic
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# The current request's ID; nginx logs it too.
request_id: ContextVar[str] = ContextVar("request_id", default="")
NEW_LINE = "\n"
TRACEBACK_INTERVAL_SECONDS = 60.0
REQUEST_ID = re.compile(r"[0-9a-f]{32}")


def with_request_id(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that sets `request_id`, from X-Request-ID behind a trusted proxy, otherwise random."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "") if settings.TRUSTED_PROXIES else ""
        # Not reset afterwards: Django logs error responses after the outermost middleware.
        request_id.set(given if REQUEST_ID.fullmatch(given) else uuid4().hex)
        return get_response(request)

    return middleware


def postgresql_details(error):
    """Return the SQLSTATE and the violated constraint of a database error, neither of which contains data."""
    diagnostic = getattr(error, "diag", None)
    details = [diagnostic.sqlstate, diagnostic.constraint_name] if diagnostic else []
    return filter(None, details)


class HideSecretPaths(logging.Filter):
    """Replaces paths, which can hold a reference or a one-time key, with their URL patterns.

    Django logs the path of each failed request. Paths of pages are cut after the first part.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            path = safe_path(request)
            record.args = tuple(path if arg == request.path else arg for arg in record.args)
        return True


def safe_path(request: HttpRequest) -> str:
    match = request.resolver_match
    if match and match.url_name != "wagtail_serve":
        return f"/{match.route}"
    first, _slash, more = request.path.lstrip("/").partition("/")
    return f"/{first}/…" if more else request.path


class LineFormatter(logging.Formatter):
    """Formats exceptions without their messages, except in development.

    PostgreSQL's messages quote whole rows, and a mail server's the recipient. An identical traceback is
    written once a minute, so an outage doesn't fill the disk.
    """

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.written: dict[str, float] = {}  # times, by digest of the traceback

    def formatException(self, exc_info):  # noqa: N802
        if settings.DEBUG:
            return super().formatException(exc_info)
        return self.once_a_minute(self.without_messages(exc_info))

    def once_a_minute(self, text: str) -> str:
        digest, now = sha256(text.encode()).hexdigest()[:8], monotonic()
        self.written = {key: at for key, at in self.written.items() if now - at < TRACEBACK_INTERVAL_SECONDS}
        if digest in self.written:
            return f"Traceback {digest} again: {text.rpartition(NEW_LINE)[2]}"
        self.written[digest] = now
        return f"Traceback {digest}, without the exceptions' messages:\n{text}"

    def without_messages(self, exc_info):
        parts, error = [], exc_info[1]
        while error and len(parts) < 9:
            frames = "".join(traceback.format_tb(error.__traceback__))
            parts.append(" ".join([f"{frames}{type(error).__qualname__}", *postgresql_details(error)]))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(reversed(parts))


class JSONFormatter(LineFormatter):
    """Formats each record as one line of JSON, for log collectors."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id.get():
            line["request_id"] = request_id.get()
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)

"""Log lines that hold nothing a patient wrote."""

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

# Of the request that's being answered, for all lines about it; nginx writes the same into its log.
request_id: ContextVar[str] = ContextVar("request_id", default="")
NEW_LINE = "\n"
TRACED_AGAIN_AFTER = 60.0  # seconds
REQUEST_ID = re.compile(r"[0-9a-f]{32}")


def with_request_id(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the id that a proxy of ours gave the request, or one of our own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "") if settings.TRUSTED_PROXIES else ""
        # It stays until this thread's next request: Django logs a bad answer after the last middleware.
        request_id.set(given if REQUEST_ID.fullmatch(given) else uuid4().hex)
        return get_response(request)

    return middleware


def of_postgresql(error):
    """The code of its error and the constraint that was broken, both of which are ours to know."""
    diagnosis = getattr(error, "diag", None)
    known = [diagnosis.sqlstate, diagnosis.constraint_name] if diagnosis else []
    return filter(None, known)


class HideSecretPaths(logging.Filter):
    """Put patterns in the place of addresses that hold a reference or a one-time key.

    Django logs the path of each request that fails. Paths of pages are cut after their first part.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            shown = shown_path(request)
            record.args = tuple(shown if arg == request.path else arg for arg in record.args)
        return True


def shown_path(request: HttpRequest) -> str:
    match = request.resolver_match
    if match and match.url_name != "wagtail_serve":
        return f"/{match.route}"
    first, _slash, more = request.path.lstrip("/").partition("/")
    return f"/{first}/…" if more else request.path


class LineFormatter(logging.Formatter):
    """Kinds and places of exceptions, but not their messages, which may quote what was typed.

    PostgreSQL's quote whole rows, a mail server's the recipient. In development the words are there. The same
    traceback is written once a minute: an outage would fill the disk with it.
    """

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.traced: dict[str, float] = {}  # tracebacks by their digest, when last written

    def formatException(self, exc_info):  # noqa: N802
        if settings.DEBUG:
            return super().formatException(exc_info)
        return self.once_a_minute(self.without_words(exc_info))

    def once_a_minute(self, text: str) -> str:
        name, now = sha256(text.encode()).hexdigest()[:8], monotonic()
        self.traced = {known: at for known, at in self.traced.items() if now - at < TRACED_AGAIN_AFTER}
        if name in self.traced:
            return f"Traceback {name} again: {text.rpartition(NEW_LINE)[2]}"
        self.traced[name] = now
        return f"Traceback {name}, without what the exceptions say:\n{text}"

    def without_words(self, exc_info):
        parts, error = [], exc_info[1]
        while error and len(parts) < 9:
            places = "".join(traceback.format_tb(error.__traceback__))
            parts.append(" ".join([f"{places}{type(error).__qualname__}", *of_postgresql(error)]))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(reversed(parts))


class JSONFormatter(LineFormatter):
    """The same as one JSON object a line, with the request's id, for whatever collects logs."""

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

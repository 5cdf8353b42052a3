"""Log lines that hold nothing a patient wrote."""

import json
import logging
import re
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Of the request that's being answered, for all lines about it; nginx writes the same into its log.
request_id: ContextVar[str] = ContextVar("request_id", default="")
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
    said = [diagnosis.sqlstate, diagnosis.constraint_name] if diagnosis else []
    return filter(None, said)


class LineFormatter(logging.Formatter):
    """What went wrong and where, but no exception's own words, for they may quote what was typed.

    PostgreSQL's quote whole rows, a mail server's the recipient. In development the words are there.
    """

    def formatException(self, exc_info):  # noqa: N802
        if settings.DEBUG:
            return super().formatException(exc_info)
        parts, error = [], exc_info[1]
        while error and len(parts) < 9:
            places = "".join(traceback.format_tb(error.__traceback__))
            parts.append(" ".join([f"{places}{type(error).__qualname__}", *of_postgresql(error)]))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(["Traceback, without the exceptions' words:", *reversed(parts)])


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

"""Error pages in the site's design, with the clinic's phone number."""

import sys
from contextlib import suppress
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from procrastinate.exceptions import ConnectorException

from clinic.accounts.unsent_forms import typed_texts
from clinic.database.base import is_lock_wait

RETRY_AFTER_SECONDS = 120  # longer than PostgreSQL takes to restart
# PostgreSQL is down, full, out of connections or in recovery, or the connection was lost.
DATABASE_UNAVAILABLE = (OperationalError, InterfaceError, ConnectorException)


def server_error(request):
    """Respond with 409 to a lock timeout, 503 while the database is unavailable, and 500 otherwise."""
    error = sys.exc_info()[1]
    typed = typed_by_staff(request)
    if messages := getattr(request, "_messages", None):
        messages.discard_new()
    if is_lock_wait(error):
        text = _("Someone else is changing this right now. Wait a moment, then try again.")
        return _render_text(text, 409, busy=True, typed_texts=typed)
    unavailable = isinstance(error, DATABASE_UNAVAILABLE)
    template, status = ("503.html", 503) if unavailable else ("500.html", 500)
    response = render(request, template, {"typed_texts": typed}, status=status)
    response["Cache-Control"] = "no-store"
    if unavailable:
        response["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def typed_by_staff(request):
    """Return the texts in a form that staff sent, so the error page can show them.

    Patients' forms keep their own text, and credentials must never be shown.
    """
    if request.method == "POST" and request.path_info.startswith("/admin/"):
        with suppress(OSError):  # the connection was lost
            return list(typed_texts(request.POST))
    return []


def bad_request(request, exception):
    """Respond with 413 to a request that's too large, otherwise 400.

    Rendered without the request, whose host name may be invalid.
    """
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        text = _("That's more than we can take at once. Go back, make it shorter, and send it again.")
        return _render_text(text, 413, too_much=True)
    return _render_text(_("Your browser sent something we can't read. Go back and try again."), 400)


def _render_text(text: str, status: int, **context: Any) -> HttpResponse:
    html = render_to_string("400.html", {"text": text, **context})
    return HttpResponse(html, status=status, headers={"Cache-Control": "no-store"})


def too_many_requests(request, exception=None):
    """Respond with 429 to a client over one of allauth's rate limits."""
    return render(request, "account/too_many_attempts.html", status=429)

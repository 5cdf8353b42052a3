"""Error pages with the site's look, the clinic's phone, and the right status."""

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
# PostgreSQL is down, full, out of connections or in recovery; the connection to it broke.
DATABASE_UNAVAILABLE = (OperationalError, InterfaceError, ConnectorException)


def server_error(request):
    """Answer 503 while the database is away, else 500, in the site's own look."""
    error = sys.exc_info()[1]
    typed = typed_by_staff(request)
    if said := getattr(request, "_messages", None):
        said.forget_new()
    if is_lock_wait(error):  # the database is there: somebody else was busy with the same thing for too long
        text = _("Somebody else is changing the same thing right now. Wait a moment, then try again.")
        return _sentence(text, 409, busy=True, typed_texts=typed)
    away = isinstance(error, DATABASE_UNAVAILABLE)
    template, status = ("503.html", 503) if away else ("500.html", 500)
    response = render(request, template, {"typed_texts": typed}, status=status)
    response["Cache-Control"] = "no-store"
    if away:
        response["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def typed_by_staff(request):
    """What staff typed, to give back. A patient's form does so itself, and no sign-in's comes back."""
    if request.method == "POST" and request.path_info.startswith("/admin/"):
        with suppress(OSError):  # the connection broke
            return list(typed_texts(request.POST))
    return []


def bad_request(request, exception):
    """Answer 400, or 413 if it's too much. Rendered without the request: its host name may be wrong."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        text = _("That's more than we can take at once. Go back, make it shorter, and send it again.")
        return _sentence(text, 413, too_much=True)
    return _sentence(_("Your browser sent something we can't read. Go back and try again."), 400)


def _sentence(text: str, status: int, **context: Any) -> HttpResponse:
    html = render_to_string("400.html", {"text": text, **context})
    return HttpResponse(html, status=status, headers={"Cache-Control": "no-store"})


def too_many_requests(request, exception=None):
    """Answer 429 at the sign-in: allauth's limits by address."""
    return render(request, "account/too_many.html", status=429)

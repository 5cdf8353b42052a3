"""Error pages with the site's look, the clinic's phone, and the right status."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from procrastinate.exceptions import ConnectorException

from clinic.database.base import is_lock_wait

RETRY_AFTER = 120  # seconds: longer than a restart of PostgreSQL, shorter than anyone's patience
# PostgreSQL is down, full, out of connections or in recovery; the connection to it broke.
AWAY = (OperationalError, InterfaceError, ConnectorException)


def server_error(request):
    """Answer 503 while the database is away, else 500, in the site's own look."""
    error = sys.exc_info()[1]
    if is_lock_wait(error):  # the database is there: somebody else was busy with the same thing for too long
        return _again_in_a_moment()
    away = isinstance(error, AWAY)
    response = render(request, "503.html" if away else "500.html", status=503 if away else 500)
    response["Cache-Control"] = "no-store"
    if away:
        response["Retry-After"] = RETRY_AFTER
    return response


def _again_in_a_moment() -> HttpResponse:
    text = _("Somebody else is changing the same thing right now. Wait a moment, then try again.")
    response = HttpResponse(render_to_string("400.html", {"busy": True, "text": text}), status=409)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request, exception):
    """Answer 400, or 413 if it's too much. Rendered without the request: its host name may be wrong."""
    too_much = isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent))
    text = (
        _("That's more than we can take at once. Go back, make it shorter, and send it again.")
        if too_much
        else _("Your browser sent something we can't read. Go back and try again.")
    )
    response = HttpResponse(
        render_to_string("400.html", {"too_much": too_much, "text": text}), status=413 if too_much else 400
    )
    response["Cache-Control"] = "no-store"
    return response


def too_many_requests(request, exception=None):
    """Answer 429 at the sign-in: allauth's limits by address."""
    return render(request, "account/too_many.html", status=429)

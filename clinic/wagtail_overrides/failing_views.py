"""Explain errors with a message instead of a 500 when Wagtail's views fail on invalid input.

Written for: Wagtail 7.4, which doesn't validate page numbers, IDs and its widgets' JSON, and handles
ProtectedError only if its reference index predicts it. Replaced by: validation in Wagtail's views.
"""

import logging
from traceback import walk_tb

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import InvalidPage
from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found
from draftjs_exporter.error import ExporterException

from clinic.accounts.unsent_forms import render_unsent
from clinic.errors import bad_request

logger = logging.getLogger(__name__)
OUR_APPS = {"clinic", "education", "inquiries"}
INPUT_ERRORS = (
    *(ValueError, TypeError, LookupError, AttributeError, ExporterException, ValidationError),
    RecursionError,  # deeply nested JSON
)


def explain_failures(get_response):
    """Middleware for the admin that explains failures on invalid input."""

    def middleware(request):
        if request.GET.get("q", "").strip():
            request.GET = without_unsupported_filters(request.GET, request.path_info)
        return get_response(request)

    middleware.process_exception = explain
    return middleware


def explain(request, exception):
    if not request.path_info.startswith("/admin/"):
        return None
    if isinstance(exception, ProtectedError):
        messages.error(request, exception.args[0])
        return redirect(request.get_full_path())
    if isinstance(exception, InvalidPage):  # the list has become shorter
        return page_not_found(request, exception)
    match = request.resolver_match
    # Our own views validate their parameters, so an error there is a bug.
    is_wagtail_query = match.func.__module__.startswith("wagtail.") and (request.GET or match.kwargs)
    if (request.method == "POST" or is_wagtail_query) and is_input_error(exception):
        logger.error("%s failed on invalid input", match.route, exc_info=exception)
        if request.method == "POST":
            text = _("We can't read part of this. Copy your text, open the page again, and paste it.")
            return render_unsent(request, text=text, status=400)
        return bad_request(request, exception)
    return None


def is_input_error(exception):
    """Return whether a library, not our own code, failed to parse the input."""
    [*_callers, (frame, _line)] = walk_tb(exception.__traceback__)
    return isinstance(exception, INPUT_ERRORS) and frame.f_globals["__name__"].split(".")[0] not in OUR_APPS


def without_unsupported_filters(query, path):
    """Remove filters that Wagtail offers but can't combine with a search: usage, and in choosers tags."""
    query = query.copy()
    for name in [name for name in query if name.startswith("usage_count")]:
        del query[name]
    if "/chooser/" in path:
        query.pop("tag", None)
    return query

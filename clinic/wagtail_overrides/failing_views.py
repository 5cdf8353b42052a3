"""Answer with a sentence, in place of a 500, where Wagtail's own views fail on what they were sent.

Written for: Wagtail 7.4, which takes page numbers, ids and the JSON of its widgets as they come, and knows of
ProtectedError only where its reference index foresees it. Replaced by: validation in Wagtail's own views.
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
OURS = {"clinic", "education", "inquiries"}
UNREADABLE = (
    *(ValueError, TypeError, LookupError, AttributeError, ExporterException, ValidationError),
    RecursionError,  # JSON of many thousand brackets
)


def explain_failures(get_response):
    """Middleware for addresses of the admin."""

    def middleware(request):
        if request.GET.get("q", "").strip():
            request.GET = searchable(request.GET, request.path_info)
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
    # Our own views check their addresses: if such a page fails, that's our fault.
    asks_wagtail = match.func.__module__.startswith("wagtail.") and (request.GET or match.kwargs)
    if (request.method == "POST" or asks_wagtail) and is_unreadable(exception):
        logger.error("%s failed on what it was sent", match.route, exc_info=exception)
        if request.method == "POST":
            text = _("We can't read part of this. Copy your text, open the page again, and paste it.")
            return render_unsent(request, text=text, status=400)
        return bad_request(request, exception)
    return None


def is_unreadable(exception):
    """Whether a library, and not our own code, could make nothing of what was sent."""
    [*_callers, (frame, _line)] = walk_tb(exception.__traceback__)
    return isinstance(exception, UNREADABLE) and frame.f_globals["__name__"].split(".")[0] not in OURS


def searchable(question, path):
    """Without filters that Wagtail offers and a search can't have: by usage, and in choosers by tag."""
    question = question.copy()
    for name in [name for name in question if name.startswith("usage_count")]:
        del question[name]
    if "/chooser/" in path:
        question.pop("tag", None)
    return question

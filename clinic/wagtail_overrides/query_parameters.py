"""Drop query parameters that make Wagtail's lists and choosers answer 500, such as a search by usage.

Written for: Wagtail 7.4 (found by tests/clinic/wagtail_overrides/test_admin_addresses.py). Replaced by:
validation in Wagtail's own views.
"""

from django.core.paginator import InvalidPage
from django.views.defaults import page_not_found

from clinic.text.numbers import number_in


def drop_failing_parameters(get_response):
    """Middleware for addresses of the admin."""

    def middleware(request):
        if request.GET and request.path_info.startswith("/admin/"):
            request.GET = _cleaned(request.GET, request.path_info)
        return get_response(request)

    middleware.process_exception = no_such_page
    return middleware


def no_such_page(request, exception):
    """Answer 404 for a page number past the end of a list that has become shorter."""
    return page_not_found(request, exception) if isinstance(exception, InvalidPage) else None


def _cleaned(question, path):
    question = question.copy()
    # Wagtail converts page numbers and chosen ids to int without checking them.
    if number_in(question.get("p", "1")) is None:
        del question["p"]
    if path.endswith("/chosen-multiple/"):
        question.setlist("id", [key for key in question.getlist("id") if number_in(key) is not None])
    if question.get("q", "").strip():
        # A search can't filter by usage, nor a chooser's search by tag.
        for name in [name for name in question if name.startswith("usage_count")]:
            del question[name]
        if "/chooser/" in path:
            question.pop("tag", None)
    return question

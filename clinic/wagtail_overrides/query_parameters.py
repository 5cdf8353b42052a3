"""What Wagtail's own lists and choosers cannot take in an address, before they make an error of it.

All found in Wagtail 7.4, each by tests/clinic/wagtail_overrides/test_hostile_filters.py.
"""

from django.core.paginator import InvalidPage
from django.views.defaults import page_not_found

from clinic.numbers import number_in


def without_what_fails(get_response):
    """Middleware: a list without its odd filter is of more use than an apology."""

    def middleware(request):
        if request.GET and request.path_info.startswith("/admin/"):
            request.GET = _cleaned(request.GET, request.path_info)
        return get_response(request)

    middleware.process_exception = no_such_page
    return middleware


def no_such_page(request, exception):
    """A list that is shorter than the address says."""
    return page_not_found(request, exception) if isinstance(exception, InvalidPage) else None


def _cleaned(question, path):
    question = question.copy()
    # A page's number, and the keys of what was chosen, are made to numbers without a look at them.
    if number_in(question.get("p", "1")) is None:
        del question["p"]
    if path.endswith("/chosen-multiple/"):
        question.setlist("id", [key for key in question.getlist("id") if number_in(key) is not None])
    if question.get("q", "").strip():
        # A search cannot count usages, nor can a chooser's ask for a tag as well.
        for name in [name for name in question if name.startswith("usage_count")]:
            del question[name]
        if "/chooser/" in path:
            question.pop("tag", None)
    return question

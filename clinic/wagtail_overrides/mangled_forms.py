"""A form that no browser fills in like this is answered 400, not 500: what Wagtail's widgets can't read.

Written for: Wagtail 7.4, whose StreamFields, rich text and choosers take what a form sends for numbers and
JSON of their own. Replaced by: validation in Wagtail's widgets.
"""

from traceback import walk_tb

from django.core.exceptions import ValidationError
from draftjs_exporter.error import ExporterException

from clinic.errors import bad_request

UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ExporterException, ValidationError)
# Where Django, Wagtail and modelcluster read what was sent, and look up what a chooser is to show.
READING = {"value_from_datadict", "get_instance", "_construct_form"}


def refuse_mangled_forms(get_response):
    """Middleware for addresses of the admin."""

    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        is_form = request.method == "POST" and request.path_info.startswith("/admin/")
        return bad_request(request, exception) if is_form and is_of_reading(exception) else None

    middleware.process_exception = process_exception
    return middleware


def is_of_reading(exception: Exception) -> bool:
    frames = walk_tb(exception.__traceback__)
    return isinstance(exception, UNREADABLE) and any(f.f_code.co_name in READING for f, _line in frames)

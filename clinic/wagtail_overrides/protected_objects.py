"""Show a message in the admin for objects that may not be deleted, instead of a 500.

Written for: Wagtail 7.4, whose screens know of ProtectedError only where its reference index foresees it.
Replaced by: Wagtail's delete views catching ProtectedError.
"""

from django.contrib import messages
from django.db.models import ProtectedError
from django.shortcuts import redirect


def explain_protected(get_response):
    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        if isinstance(exception, ProtectedError) and request.path_info.startswith("/admin/"):
            messages.error(request, exception.args[0])
            return redirect(request.get_full_path())
        return None

    middleware.process_exception = process_exception
    return middleware

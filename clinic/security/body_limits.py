from django.conf import settings
from django.core.exceptions import RequestDataTooBig


def limit_bodies(get_response):
    """Reject a request body that's too large before any of it is read.

    Django's own limit excludes uploaded files, which it would write to the disk even for a form without file
    fields. Only staff can upload files.
    """

    def middleware(request):
        is_admin = request.path_info.startswith("/admin/")
        limit = settings.MAX_UPLOAD_BYTES if is_admin else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        length = request.META.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and int(length) > limit:  # Django treats an invalid length as 0
            raise RequestDataTooBig
        return get_response(request)

    return middleware

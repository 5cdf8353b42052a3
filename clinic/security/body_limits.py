from django.conf import settings
from django.core.exceptions import RequestDataTooBig


def limit_bodies(get_response):
    """Refuse a body that is too big before any of it is read.

    Django's own limit spares uploaded files, and would write any number of bytes to the disk for a form
    that takes none. Only staff upload: see settings.MAX_UPLOAD_BYTES.
    """

    def middleware(request):
        for_staff = request.path_info.startswith("/admin/")
        most = settings.MAX_UPLOAD_BYTES if for_staff else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        length = request.META.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and int(length) > most:  # Django reads nothing where it is no number
            raise RequestDataTooBig
        return get_response(request)

    return middleware

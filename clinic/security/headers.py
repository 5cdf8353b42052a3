"""Security headers of all responses, in addition to Django's own and the Content-Security-Policy."""

from clinic.security.csp import STAFF_PATHS

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in [
        *["accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media"],
        *["geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "screen-wake-lock"],
        *["usb", "xr-spatial-tracking"],
    ]
)
# Translations and icons of the admin, which contain no data and are loaded by every page.
CACHEABLE_ADMIN_PATHS = ("/admin/jsi18n/", "/admin/sprite/")


def headers(get_response):
    def middleware(request):
        response = get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if request.path_info.startswith(CACHEABLE_ADMIN_PATHS):
            response["Cache-Control"] = "private, max-age=600"
        elif request.path_info.startswith(STAFF_PATHS):
            response["Cache-Control"] = "no-store"  # not even in the browser, for shared computers
        return response

    return middleware

"""Security headers of every response, beside Django's own and the Content-Security-Policy."""

from clinic.security.csp import FOR_STAFF

# Nothing here films, listens, locates or pays; no page that frames or is framed may either.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in [
        *["accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media"],
        *["geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "screen-wake-lock"],
        *["usb", "xr-spatial-tracking"],
    ]
)
# Words and icons of the admin's frame: the same for everyone, and asked for by each of its pages.
NO_SECRET = ("/admin/jsi18n/", "/admin/sprite/")


def headers(get_response):
    def middleware(request):
        response = get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if request.path_info.startswith(NO_SECRET):
            response["Cache-Control"] = "private, max-age=600"
        elif request.path_info.startswith(FOR_STAFF):
            response["Cache-Control"] = "no-store"  # also for the next person at this computer
        return response

    return middleware

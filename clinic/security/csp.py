"""The Content-Security-Policy: what a browser may load and run on our pages.

Public pages carry one inline style sheet and one inline script, both known by their hashes. The admin
is Wagtail's: its few inline scripts get a nonce where its own templates and code write them, never where a
page's content could.
"""

from contextvars import ContextVar

from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.utils.html import format_html

from clinic.security import inline_assets

PUBLIC: dict[str, list[str]] = {
    "default-src": [NONE],
    "script-src": [SELF, inline_assets.SCRIPT.hash],
    "style-src": [SELF, inline_assets.STYLE.hash],
    "img-src": [SELF],
    "media-src": [SELF],
    # "Sign in with a passkey" fetches its challenge once it is pressed. Beside it our own scripts fetch
    # nothing; Lighthouse reads robots.txt from inside the page.
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],  # Wagtail's editor shows the page in a frame
}
ADMIN = {
    **PUBLIC,
    "script-src": [*PUBLIC["script-src"], NONCE],
    # Exception: the image cropper asks whether there is a touch screen by way of ontouchstart="return;".
    # The hash allows exactly this handler, which does nothing.
    "script-src-attr": ["'unsafe-hashes'", "'sha256-i+qr4lq34KgNHiW62lWi9aInEBwiEOrfCzaNPCvkqD8='"],
    # Exception: the rich text editor writes style elements without a nonce. A style runs no
    # code, and what it could load is held by the other directives. Style attributes are not allowed.
    "style-src-elem": [SELF, UNSAFE_INLINE],
    # Exception: pictures that were just chosen are shown before they are uploaded (blob:), and Wagtail's
    # style sheet draws small icons by data: addresses.
    "img-src": [SELF, "blob:", "data:"],
    "font-src": [SELF],
    "frame-src": [SELF],  # previews
}
FOR_ADMIN = ("/admin/", "/styleguide/")
FOR_STAFF = (*FOR_ADMIN, "/sign-in/")

_request = ContextVar("request being answered", default=None)


class ContentSecurity(CSPMiddleware):
    def process_request(self, request):
        super().process_request(request)
        _request.set(request)

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None and request.path_info.startswith(FOR_ADMIN):
            parts.config = ADMIN
        elif style_hash := getattr(request, "style_hash", None):
            parts.replace = {**(parts.replace or {}), "style-src": [SELF, style_hash]}
        return parts


def script_tag():
    """The start of an inline script that the browser will run on this page."""
    request = _request.get()
    nonce = getattr(request, "csp_nonce", "")
    return format_html('<script nonce="{}">', str(nonce)) if request else "<script>"

"""The Content-Security-Policy of public pages and the admin.

Public pages have one inline style sheet and one inline script, allowed by their hashes. In the admin, inline
scripts in Wagtail's templates and code get a nonce; scripts in content never do.
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
    # Passkey sign-in fetches its challenge, and Lighthouse fetches robots.txt from within the page.
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],  # previews in Wagtail's editor
}
ADMIN = {
    **PUBLIC,
    "script-src": [*PUBLIC["script-src"], NONCE],
    # The image cropper detects touch screens with ontouchstart="return;". The hash allows only this handler.
    "script-src-attr": ["'unsafe-hashes'", "'sha256-i+qr4lq34KgNHiW62lWi9aInEBwiEOrfCzaNPCvkqD8='"],
    # The rich text editor adds style elements without a nonce. Styles can't run code, and the other
    # directives restrict what they load. Style attributes aren't allowed.
    "style-src-elem": [SELF, UNSAFE_INLINE],
    # Images are previewed before upload (blob:), and Wagtail's style sheet contains small icons (data:).
    "img-src": [SELF, "blob:", "data:"],
    "font-src": [SELF],
    "frame-src": [SELF],  # previews
}
ADMIN_PATHS = ("/admin/", "/styleguide/")
STAFF_PATHS = (*ADMIN_PATHS, "/sign-in/")

_request = ContextVar("current_request", default=None)


class ContentSecurity(CSPMiddleware):
    def process_request(self, request):
        super().process_request(request)
        _request.set(request)

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None and request.path_info.startswith(ADMIN_PATHS):
            parts.config = ADMIN
        elif style_hash := getattr(request, "style_hash", None):
            parts.replace = {**(parts.replace or {}), "style-src": [SELF, style_hash]}
        return parts


def script_tag():
    """Return the opening tag of an inline script, with the current request's nonce."""
    request = _request.get()
    nonce = getattr(request, "csp_nonce", "")
    return format_html('<script nonce="{}">', str(nonce)) if request else "<script>"

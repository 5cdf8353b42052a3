"""Recovery of the text in forms whose user was signed out while typing.

If the user has signed in again in another tab, the form works as before, because the CSRF secret is derived
from the account. If the user is signed out, the response shows the text and a button to send the form again.
If a colleague has signed in instead, the CSRF check rejects the form.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _


def keep_open_forms_valid(request: HttpRequest, user: User) -> None:
    """Replace Django's CSRF secret after sign-in with the user's own, which only a new password changes."""
    key = salted_hmac("clinic.accounts.csrf", user.get_session_auth_hash(), algorithm="sha256")
    request.META["CSRF_COOKIE"] = key.hexdigest()[:CSRF_SECRET_LENGTH]


def is_autosave(request: HttpRequest) -> bool:
    return request.path.startswith("/admin/") and request.headers.get("Accept") == "application/json"


def refuse_autosave(text: str, status: int) -> JsonResponse:
    # Wagtail's editor only shows messages with an error code it knows.
    return JsonResponse({"success": False, "error_code": "locked", "error_message": text}, status=status)


def show_unsent_form(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Replace the redirect to the sign-in page with a page that shows the form's text, to send it again."""
    if response.status_code == 403 and _is_review_dialog(request) and request.user.is_anonymous:
        return _render_unsent_dialog(request)
    sign_in = response.headers.get("Location", "")
    needs_sign_in = request.method == "POST" and sign_in.startswith(f"{reverse('account_login')}?next=")
    if needs_sign_in and request.POST and request.path.startswith("/admin/"):
        return render_unsent(request, sign_in)
    return response


def _is_review_dialog(request: HttpRequest) -> bool:
    is_ajax = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    return is_ajax and request.path.startswith("/admin/") and "/workflow/" in request.path


def _render_unsent_dialog(request: HttpRequest) -> HttpResponse:
    """Return a response that Wagtail's modal displays; it ignores a plain 403."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {"fields": fields, "note": request.POST.get("comment", "")}
    html = render_to_string("account/unsaved_dialog.html", context, request)
    return JsonResponse({"step": "action", "html": html}, headers={"Cache-Control": "no-store"})


def render_unsent(request: HttpRequest, sign_in: str = "", text: str = "", status: int = 403) -> HttpResponse:
    """Show the text of a form that wasn't saved; with a sign-in URL, also a button to send it again."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {"sign_in": sign_in, "fields": fields, "typed_texts": typed_texts(request.POST), "text": text}
    page = render(request, "account/unsaved_form.html", context, status=status)
    page["Cache-Control"] = "no-store"
    return page


def typed_texts(data: QueryDict) -> Iterator[str]:
    """Yield the form's texts for the user to copy: rich text without markup, no choices or numbers."""
    for text in (value for _name, values in data.lists() for value in values):
        try:
            rich: Any = json.loads(text)
            text = "\n".join(block["text"] for block in rich["blocks"])
        except (ValueError, RecursionError):
            pass  # plain text
        except (TypeError, LookupError):
            if text[:1] in {"{", "["}:
                continue  # another widget's JSON
        if " " in text.strip():
            yield text


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Reject a form from another site, another user's session, or a browser without cookies."""
    text = _(
        "Nothing was saved or sent. Since you opened that page, someone else signed in with this browser,"
        " a password was changed, or your browser deleted its cookies."
    )
    if is_autosave(request):
        return refuse_autosave(f"{text} {_('Copy what you typed, reload the page, and paste it.')}", 403)
    text += " " + _(
        "If you typed this text, press Back: your browser may still have it."
        " Copy it, reload the page, and paste it."
    )
    return render(request, "403.html", {"text": text}, status=403)

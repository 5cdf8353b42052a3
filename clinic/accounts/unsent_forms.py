"""Forms whose sender was signed out since they opened them: their words are stored, or come back.

Sent after signing in again in another tab, a form is as good as before: a person has the same CSRF secret at
each sign-in. Sent while signed out, it comes back with its words and a button. Sent while a colleague is
signed in, it's refused: its token is another person's.
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
    """After a sign-in: replace Django's new CSRF secret by the person's own. A new password changes it."""
    key = salted_hmac("clinic.accounts.csrf", user.get_session_auth_hash(), algorithm="sha256")
    request.META["CSRF_COOKIE"] = key.hexdigest()[:CSRF_SECRET_LENGTH]


def is_autosave(request: HttpRequest) -> bool:
    return request.path.startswith("/admin/") and request.headers.get("Accept") == "application/json"


def refuse_autosave(text: str, status: int) -> JsonResponse:
    # The editor shows the words of a code that it knows; else "A server error occurred".
    return JsonResponse({"success": False, "error_code": "locked", "error_message": text}, status=status)


def show_unsent_form(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Answer a form with its words, to send again after signing in, not with a redirect to the sign-in."""
    if response.status_code == 403 and _is_review_dialog(request) and request.user.is_anonymous:
        return _dialog_with_words(request)
    sign_in = response.headers.get("Location", "")
    asks = request.method == "POST" and sign_in.startswith(f"{reverse('account_login')}?next=")
    if asks and request.POST and request.path.startswith("/admin/"):
        return render_unsent(request, sign_in)
    return response


def _is_review_dialog(request: HttpRequest) -> bool:
    is_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    return is_script and request.path.startswith("/admin/") and "/workflow/" in request.path


def _dialog_with_words(request: HttpRequest) -> HttpResponse:
    """What Wagtail's dialog shows in place of its form: to a bare 403 it does nothing."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {"fields": fields, "note": request.POST.get("comment", "")}
    html = render_to_string("account/unsent_dialog.html", context, request)
    return JsonResponse({"step": "action", "html": html}, headers={"Cache-Control": "no-store"})


def render_unsent(request: HttpRequest, sign_in: str = "", text: str = "", status: int = 403) -> HttpResponse:
    """Show the words of a form that isn't saved; with a sign-in address, also a button to send it again."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {"sign_in": sign_in, "fields": fields, "typed_texts": typed_texts(request.POST), "text": text}
    page = render(request, "account/unsent.html", context, status=status)
    page["Cache-Control"] = "no-store"
    return page


def typed_texts(data: QueryDict) -> Iterator[str]:
    """The typed words, to read and copy: rich text without its markup, and no choices or numbers."""
    for text in (value for _name, values in data.lists() for value in values):
        try:
            rich: Any = json.loads(text)
            text = "\n".join(block["text"] for block in rich["blocks"])
        except (ValueError, TypeError, LookupError, RecursionError):
            pass  # plain text, or another widget's JSON
        if " " in text.strip() and text[:1] not in {"{", "["}:
            yield text


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form from another site, another person's session, or a browser without cookies."""
    text = _(
        "Nothing was saved or sent. Since you opened that page, somebody else signed in with this browser,"
        " a password was changed, or your browser dropped its cookies."
    )
    if is_autosave(request):
        return refuse_autosave(f"{text} {_('Copy what you typed, reload the page, and paste it.')}", 403)
    text += " " + _(
        "If the words are yours, press Back: your browser may still have them."
        " Copy them, reload the page, and paste them."
    )
    return render(request, "403.html", {"text": text}, status=403)

"""Middleware that requires a second factor, and signs out users with access to inquiries when they're idle.

Until the second factor is verified, `request.user` is anonymous everywhere: admin, documents, previews, style
guide. Only the sign-in pages see the real user, to ask for the second factor.
"""

import re
import time

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from clinic.accounts.unsent_forms import is_autosave, refuse_autosave, show_unsent_form

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
PATIENT_DATA_PERMISSIONS = ["inquiries.view_inquiry", "inquiries.answer_question"]
IDLE_TIMEOUT = 30 * 60  # seconds
MAX_SESSION_SECONDS = 12 * 3600
# Session keys of Unix timestamps: the sign-in, and the user's last activity.
SIGNED_IN_AT = "signed_in_at"
LAST_SEEN_AT = "last_seen_at"
ACTIVITY_INTERVAL_SECONDS = 60  # between updates of the session
# Open screens poll these URLs, which doesn't count as activity.
POLLING_PATHS = re.compile(r"^/admin/(editing-sessions/|inquiries/(\d+/)?news/|questions/news/)")


def require_full_sign_in(get_response):
    def middleware(request):
        user = request.user  # lazy: public pages don't load the session
        if request.path.startswith(reverse("account_login")):
            return _next_sign_in_step(request, user) or get_response(request)
        request.user = SimpleLazyObject(lambda: _verified_user(request, user))
        if is_autosave(request) and request.user.is_anonymous:
            text = _("You’re signed out. Copy what you typed, sign in again, and paste it.")
            return refuse_autosave(text, 401)
        return show_unsent_form(request, get_response(request))

    return middleware


def has_second_factor(request, user):
    """Return whether the user verified or set up a second factor in this session."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, user))


def _verified_user(request, user):
    if not user.is_authenticated:
        return user
    if _has_expired(request, user):
        return _sign_out(request, user)
    if not settings.DEMO and not has_second_factor(request, user):
        return AnonymousUser()
    _record_activity(request)
    return user


def _next_sign_in_step(request, user):
    """Return a redirect to the next sign-in step, or None to let the sign-in page respond."""
    if not user.is_authenticated:
        return None
    if _has_expired(request, user):
        _sign_out(request, user)
        return None
    if settings.DEMO or has_second_factor(request, user):
        return None
    if is_mfa_enabled(user, FACTORS):
        # The factor was set up in another session; this one mustn't change it.
        logout(request)
        return redirect(reverse("account_login", query={"next": request.GET.get("next", "")}))
    return redirect("mfa_index") if request.path == reverse("account_login") else None


def _has_expired(request, user):
    if not any(user.has_perm(permission) for permission in PATIENT_DATA_PERMISSIONS):
        return False
    signed_in_at = request.session.get(SIGNED_IN_AT, 0)
    last_seen_at = request.session.get(LAST_SEEN_AT, signed_in_at)
    now = time.time()
    return now - signed_in_at > MAX_SESSION_SECONDS or now - last_seen_at > IDLE_TIMEOUT


def _sign_out(request, user):
    request.user = user
    logout(request)
    messages.info(
        request, _("We signed you out because you were away for half an hour, or signed in for 12 hours.")
    )
    return request.user


def _record_activity(request):
    now, last_seen_at = time.time(), request.session.get(LAST_SEEN_AT, 0)
    if now - last_seen_at > ACTIVITY_INTERVAL_SECONDS and not POLLING_PATHS.match(request.path):
        request.session[LAST_SEEN_AT] = now

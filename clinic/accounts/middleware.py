"""Demand a second factor, and sign out people who may see inquiries after a while without activity.

Until both hold, `request.user` is anonymous for every address: admin, documents, previews, style guide. Only
the sign-in pages see who gave a password, so that they can ask for the second factor.
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
SEES_PATIENTS = ["inquiries.view_inquiry", "inquiries.answer_question"]
IDLE_TIMEOUT = 30 * 60  # seconds
SESSION_LIMIT = 12 * 3600  # seconds
# In the session: when it began, and when a person last did something. Seconds since 1970.
SIGNED_IN_AT = "signed_in_at"
LAST_SEEN_AT = "last_seen_at"
WRITE_EVERY = 60  # seconds; so that not every request writes the session
# Requests that open screens make by themselves don't count as activity.
AUTOMATIC = re.compile(r"^/admin/(editing-sessions/|inquiries/(\d+/)?news/|questions/news/)")


def require_full_sign_in(get_response):
    def middleware(request):
        who = request.user  # not looked up yet, so that reading a page needs no session
        if request.path.startswith(reverse("account_login")):
            return _next_sign_in_step(request, who) or get_response(request)
        request.user = SimpleLazyObject(lambda: _checked_user(request, who))
        if is_autosave(request) and request.user.is_anonymous:
            text = _("You’re signed out. Copy what you typed, sign in again, and paste it.")
            return refuse_autosave(text, 401)
        return show_unsent_form(request, get_response(request))

    return middleware


def has_second_factor(request, user):
    """The session was opened with a second factor, or got one (clinic.accounts.second_factors)."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, user))


def _checked_user(request, user):
    if not user.is_authenticated:
        return user
    if _has_expired(request, user):
        return _sign_out(request, user)
    if not settings.DEMO and not has_second_factor(request, user):
        return AnonymousUser()
    _note_activity(request)
    return user


def _next_sign_in_step(request, user):
    """Where somebody who has only given a password must go first, if anywhere."""
    if not user.is_authenticated:
        return None
    if _has_expired(request, user):
        _sign_out(request, user)
        return None
    if settings.DEMO or has_second_factor(request, user):
        return None
    if is_mfa_enabled(user, FACTORS):
        # The factor was set up elsewhere after this session began; don't let this one change it.
        logout(request)
        return redirect(reverse("account_login", query={"next": request.GET.get("next", "")}))
    return redirect("mfa_index") if request.path == reverse("account_login") else None


def _has_expired(request, user):
    if not any(user.has_perm(permission) for permission in SEES_PATIENTS):
        return False
    began = request.session.get(SIGNED_IN_AT, 0)
    seen = request.session.get(LAST_SEEN_AT, began)
    now = time.time()
    return now - began > SESSION_LIMIT or now - seen > IDLE_TIMEOUT


def _sign_out(request, user):
    request.user = user
    logout(request)
    messages.info(
        request, _("We signed you out because you were away for half an hour, or signed in for 12 hours.")
    )
    return request.user


def _note_activity(request):
    now = time.time()
    if now - request.session.get(LAST_SEEN_AT, 0) > WRITE_EVERY and not AUTOMATIC.match(request.path):
        request.session[LAST_SEEN_AT] = now

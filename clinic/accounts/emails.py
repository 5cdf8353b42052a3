"""Letters about accounts: what was changed, and links to choose a password."""

from datetime import datetime

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from clinic.models import ClinicSettings

WITH_A_LINK = {"account/email/invitation", "account/email/password_reset_key"}


def letter(name, user, to, facts):
    """The letter whose subject and text are the templates that begin with `name`."""
    context = {**facts, "user": user, "clinic": ClinicSettings.current()}
    if "at" in facts:
        context["at"] = datetime.fromisoformat(facts["at"])
    if name in WITH_A_LINK:
        context |= {"link": link(user), "hours": settings.PASSWORD_RESET_TIMEOUT // 3600}
    return EmailMessage(subject(name, user), render_to_string(f"{name}_message.txt", context), to=[to])


def subject(name, user):
    context = {"user": user, "clinic": ClinicSettings.current()}
    return render_to_string(f"{name}_subject.txt", context).strip()


def link(user):
    """Works until it was used, a day has passed or the account's address has changed."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return reset_link(f"{user_pk_to_url_str(user)}-{token}")


def reset_link(key):
    """The address to choose a password at: by our own name, whatever host the request named."""
    uid, _dash, token = key.partition("-")
    return settings.BASE_URL + reverse("account_reset_password_from_key", args=[uid, token])

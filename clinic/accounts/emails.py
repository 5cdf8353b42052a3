"""Emails about accounts: what was changed, and links to choose a password."""

from datetime import datetime
from typing import Any

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from clinic.models import ClinicSettings

WITH_LINK = {"account/email/invitation", "account/email/password_reset_key"}


def account_email(name: str, user: User, to: str, facts: dict[str, str]) -> EmailMessage:
    """Render the email whose subject and text are the templates that begin with `name`."""
    context: dict[str, Any] = {**facts, "user": user, "clinic": ClinicSettings.current()}
    if "at" in facts:
        context["at"] = datetime.fromisoformat(facts["at"])
    if name in WITH_LINK:
        context |= {"link": password_link(user), "hours": settings.PASSWORD_RESET_TIMEOUT // 3600}
    return EmailMessage(subject(name, user), render_to_string(f"{name}_message.txt", context), to=[to])


def subject(name: str, user: User | None) -> str:
    context = {"user": user, "clinic": ClinicSettings.current()}
    return render_to_string(f"{name}_subject.txt", context).strip()


def password_link(user: User) -> str:
    """A link to choose a password: works once, for a day, until the account's email address changes."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return reset_url(f"{user_pk_to_url_str(user)}-{token}")


def reset_url(key: str) -> str:
    """The page to choose a password on, at BASE_URL whatever host the request named."""
    uid, _dash, token = key.partition("-")
    return settings.BASE_URL + reverse("account_reset_password_from_key", args=[uid, token])

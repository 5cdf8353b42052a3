"""Emails about accounts, such as invitations. clinic.apps imports this module to register the task."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.accounts.names import display_name
from clinic.email import delivery, failed
from clinic.models import ClinicSettings

TEMPLATES_WITH_LINK = {"account/email/invitation", "account/email/password_reset_key"}


def invite(user: User) -> None:
    notify(user, "account/email/invitation")


def notify(user: User, template: str, *, to: str = "", **facts: str) -> None:
    """Queue an email about the account in the caller's transaction.

    It goes to the account's address unless `to` is given. `template` is the prefix of the subject and
    message templates. `facts` are their context, which the queue stores: never pass secrets. Links that open
    the account are created when the email is sent.
    """
    if address := to or user.email:
        send_account_email.defer(letter=template, user_id=user.pk, to=address, facts=facts)


@app.task(
    name="clinic.send_account_email",
    aliases=["clinic.sign_in.jobs.send_account_letter"],
    queue="accounts",
    retry=delivery.GrowingDelays(),
)
def send_account_email(*, letter: str, user_id: int, to: str, facts: dict[str, str]) -> None:
    """Send a queued email. Argument names are those of jobs that earlier releases queued."""
    user = User.objects.filter(pk=user_id).first()
    if user and letter in TEMPLATES_WITH_LINK:
        to = user.email  # the address may have been corrected since, and the link opens the account
    if user and to:
        delivery.send(account_email(letter, user, to, facts))


def account_email(name: str, user: User, to: str, facts: dict[str, str]) -> EmailMessage:
    """Render the email with the subject and message templates that begin with `name`."""
    context: dict[str, Any] = {**facts, "user": user, "clinic": ClinicSettings.current()}
    if "at" in facts:
        context["at"] = datetime.fromisoformat(facts["at"])
    if name in TEMPLATES_WITH_LINK:
        context |= {"link": password_link(user), "hours": settings.PASSWORD_RESET_TIMEOUT // 3600}
    return EmailMessage(subject(name, user), render_to_string(f"{name}_message.txt", context), to=[to])


def subject(name: str, user: User | None) -> str:
    context = {"user": user, "clinic": ClinicSettings.current()}
    return render_to_string(f"{name}_subject.txt", context).strip()


def password_link(user: User) -> str:
    """Return a link to choose a password. It works once, for a day, until the account's email changes."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return reset_url(f"{user_pk_to_url_str(user)}-{token}")


def reset_url(key: str) -> str:
    """Return the URL of the password page, at BASE_URL, since the request's Host header can't be trusted."""
    uid, _dash, token = key.partition("-")
    return settings.BASE_URL + reverse("account_reset_password_from_key", args=[uid, token])


def describe(jobs: list[ProcrastinateJob], _viewer: object) -> Iterator[failed.Email]:
    users = User.objects.in_bulk({job.args["user_id"] for job in jobs})
    for job in jobs:
        user = users.get(job.args["user_id"])
        name = display_name(user) or _("A deleted account")
        yield failed.Email(job, subject(job.args["letter"], user), name)


failed.register(send_account_email, failed.Kind(describe))

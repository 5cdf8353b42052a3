"""Emails about accounts: what was changed, and links to choose a password. clinic.apps imports the task."""

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

WITH_LINK = {"account/email/invitation", "account/email/password_reset_key"}


def invite(user: User) -> None:
    notify(user, "account/email/invitation")


def notify(user: User, template: str, *, to: str = "", **facts: str) -> None:
    """Queue an email about the account in the caller's transaction, so that it goes out with the change.

    It goes to the account's address, or to `to`. `template` names its texts; `facts` are values for them,
    which stay in the queue, so never a secret. A link that opens the account is made when the email is sent.
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
    """The arguments keep the names that earlier releases queued jobs with."""
    if user := User.objects.filter(pk=user_id).first():
        delivery.send(account_email(letter, user, to, facts))


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


def describe(stuck: list[ProcrastinateJob], _to: object) -> Iterator[failed.Email]:
    users = User.objects.in_bulk({job.args["user_id"] for job in stuck})
    for job in stuck:
        user = users.get(job.args["user_id"])
        name = display_name(user) or _("A deleted account")
        yield failed.Email(job, subject(job.args["letter"], user), name)


failed.register(send_account_email, failed.Kind(describe))

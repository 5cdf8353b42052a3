"""The background task that sends emails about accounts; clinic.apps imports it."""

from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.accounts import emails
from clinic.accounts.names import shown_name
from clinic.email import delivery, failed


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
    if user := get_user_model().objects.filter(pk=user_id).first():
        delivery.send(emails.account_email(letter, user, to, facts))


def describe(stuck: list[ProcrastinateJob]) -> Iterator[failed.Email]:
    users = get_user_model().objects.in_bulk({job.args["user_id"] for job in stuck})
    for job in stuck:
        user = users.get(job.args["user_id"])
        name = shown_name(user) or _("A deleted account")
        yield failed.Email(job, emails.subject(job.args["letter"], user), name)


failed.register(send_account_email, failed.Kind(describe))

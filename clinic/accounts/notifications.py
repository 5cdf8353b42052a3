"""Background jobs about accounts. clinic.apps imports them, for they are no app of their own."""

from django.contrib.auth import get_user_model
from procrastinate.contrib.django import app

from clinic.accounts import emails
from clinic.email import delivery


def tell(user, letter, *, to="", **facts):
    """Queue a letter about the account, in the caller's transaction: it goes with what it tells of.

    It goes to the address that the account has now, or to `to`. `facts` are texts for its template, and
    stay in the queue: never a secret. A link that opens the account is made when the letter leaves.
    """
    if address := to or user.email:
        send_account_letter.defer(letter=letter, user_id=user.pk, to=address, facts=facts)


@app.task(
    name="clinic.send_account_letter",
    aliases=["clinic.sign_in.jobs.send_account_letter"],
    queue="accounts",
    retry=delivery.GrowingPauses(),
)
def send_account_letter(*, letter, user_id, to, facts):
    if user := get_user_model().objects.filter(pk=user_id).first():
        delivery.hand_over(emails.letter(letter, user, to, facts))

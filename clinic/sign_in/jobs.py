"""Background jobs about accounts. clinic.apps imports them, for they are no app of their own."""

from django.contrib.auth import get_user_model
from procrastinate.contrib.django import app

from clinic import mail
from clinic.sign_in import letters


def tell(user, letter, *, to="", **facts):
    """Queue a letter about the account, in the caller's transaction: it goes with what it tells of.

    It goes to the address that the account has now, or to `to`. `facts` are texts for its template, and
    stay in the queue: never a secret. A link that opens the account is made when the letter leaves.
    """
    if address := to or user.email:
        send_account_letter.defer(letter=letter, user_id=user.pk, to=address, facts=facts)


@app.task(queue="accounts", retry=mail.GrowingPauses())
def send_account_letter(*, letter, user_id, to, facts):
    if user := get_user_model().objects.filter(pk=user_id).first():
        mail.hand_over(letters.letter(letter, user, to, facts))

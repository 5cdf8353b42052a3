"""Background jobs: procrastinate runs them from a queue in the same PostgreSQL."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from inquiries import letters
from inquiries.models import Inquiry

LETTERS = {"receipt": letters.receipt, "front_desk_notice": letters.front_desk_notice}


def queue_letters(inquiry):
    """Queue the inquiry's letters in the caller's transaction: they are kept with it, or not at all."""
    names = ["front_desk_notice", "receipt"] if inquiry.email else ["front_desk_notice"]
    send_letter.batch_defer(*({"letter": name, "inquiry_id": inquiry.pk} for name in names))


# Ten more attempts, 16 s to 4.5 h apart, nine hours in all: a mail server's bad morning.
@app.task(queue="mail", retry=RetryStrategy(max_attempts=10, exponential_wait=4))
def send_letter(*, letter, inquiry_id):
    inquiry = Inquiry.objects.filter(pk=inquiry_id).first()
    if inquiry:  # else erased in the meantime: nobody to write to
        LETTERS[letter](inquiry).send()


@app.periodic(cron="* * * * *")
@app.task(queue="clock", queueing_lock="bring_back_waiting")
def bring_back_waiting(timestamp):
    """Waiting inquiries whose follow-up time has come are to do again."""
    for inquiry in Inquiry.objects.time_to_come_back():
        with suppress(ValidationError):  # a colleague was quicker
            inquiry.come_back()

"""Sending emails from background jobs, with retries for a day."""

import smtplib

from django.core.mail import EmailMessage
from procrastinate import BaseRetryStrategy, RetryDecision

# Minutes between attempts: quick at first, for a server that restarts, then once an hour, so that after
# a bad night emails leave within the hour. 30 attempts over 24 hours in all.
PAUSES = [1, 2, 4, 8, 15, 30, *[60] * 23]


class EmailNotSent(Exception):
    """The mail server refused an email. Says how, never to whom: this ends up in logs."""


class GrowingDelays(BaseRetryStrategy):
    def get_retry_decision(self, *, exception, job):
        if job.attempts >= len(PAUSES):
            return None  # given up
        return RetryDecision(retry_in={"minutes": PAUSES[job.attempts]})


def send(message: EmailMessage) -> None:
    """Send the email; raise EmailNotSent where the mail server doesn't take it."""
    try:
        message.send()
    except smtplib.SMTPResponseException as error:
        raise EmailNotSent(f"{type(error).__name__} {error.smtp_code}") from None
    except OSError as error:  # all other SMTP errors are OSErrors too, and may quote the recipient
        raise EmailNotSent(type(error).__name__) from None

"""How letters leave: jobs hand them to the mail server, again and again for a day."""

import smtplib

from procrastinate import BaseRetryStrategy, RetryDecision

# Minutes between attempts: quick at first, for a server that restarts, then once an hour, so that after
# any bad night letters leave within the hour. 30 attempts over 24 hours in all.
PAUSES = [1, 2, 4, 8, 15, 30, *[60] * 23]


class NotSent(Exception):
    """The mail server did not take a letter. Says how, and never to whom: this ends in logs."""


class GrowingPauses(BaseRetryStrategy):
    def get_retry_decision(self, *, exception, job):
        if job.attempts >= len(PAUSES):
            return None  # given up
        return RetryDecision(retry_in={"minutes": PAUSES[job.attempts]})


def hand_over(letter):
    """Send `letter`, an EmailMessage; NotSent where the mail server does not take it."""
    try:
        letter.send()
    except smtplib.SMTPResponseException as error:
        raise NotSent(f"{type(error).__name__} {error.smtp_code}") from None
    except OSError as error:  # all other SMTP errors are OSErrors too, and may quote the recipient
        raise NotSent(type(error).__name__) from None

"""Sending emails and texts from background jobs, with retries for a day."""

import logging
import smtplib
from enum import IntEnum

from anymail.exceptions import AnymailError, AnymailRecipientsRefused
from django.core.mail import EmailMessage
from procrastinate import BaseRetryStrategy, RetryDecision

logger = logging.getLogger(__name__)

# Minutes between attempts: quick at first, for a server that restarts, then once an hour, so that after
# a bad night emails leave within the hour. 30 attempts over 24 hours in all.
RETRY_DELAYS_MINUTES = [1, 2, 4, 8, 15, 30, *[60] * 23]


class NotSent(Exception):
    """An email or a text wasn't taken. Says how, never to whom: this ends up in logs.

    `is_final`: it will be refused each time (a 5xx answer to the address or the message).
    """

    def __init__(self, how: str, *, is_final: bool = False) -> None:
        super().__init__(how)
        self.is_final = is_final


class Priority(IntEnum):
    """Which email leaves first, when many wait."""

    ORDINARY = 0
    NOTICE = 10  # to the front desk: somebody waits for an answer
    URGENT = 20  # the same, about an urgent inquiry


class GrowingDelays(BaseRetryStrategy):
    def get_retry_decision(self, *, exception, job):
        attempt = job.attempts + 1
        why = str(exception) if isinstance(exception, NotSent) else type(exception).__name__
        if job.attempts >= len(RETRY_DELAYS_MINUTES):
            logger.error("email job %s gave up after attempt %d: %s", job.id, attempt, why)
            return None
        minutes = RETRY_DELAYS_MINUTES[job.attempts]
        logger.warning("email job %s failed at attempt %d: %s; next in %d min", job.id, attempt, why, minutes)
        return RetryDecision(retry_in={"minutes": minutes})


def send(message: EmailMessage) -> None:
    """Send the email; raise NotSent if the mail server doesn't take it."""
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _answer in error.recipients.values()]
        raise NotSent(f"recipient refused {codes}", is_final=min(codes, default=0) >= 500) from None
    except smtplib.SMTPResponseException as error:
        raise NotSent(f"{type(error).__name__} {error.smtp_code}") from None
    except AnymailRecipientsRefused:
        raise NotSent("recipient refused by the provider", is_final=True) from None
    except AnymailError as error:  # its text quotes the recipient
        raise NotSent(type(error).__name__) from None
    except OSError as error:  # all other SMTP errors are OSErrors too, and may quote the recipient
        raise NotSent(type(error).__name__) from None

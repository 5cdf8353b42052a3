"""Delivery of emails and texts by background jobs, with retries for a day."""

import logging
import smtplib
from enum import IntEnum

from anymail.exceptions import AnymailError, AnymailRecipientsRefused
from django.core.mail import EmailMessage
from procrastinate import BaseRetryStrategy, RetryDecision

logger = logging.getLogger(__name__)

# 30 attempts over 24 hours: frequent at first, for a server that restarts, then hourly, so that emails go out
# within an hour after a long outage.
RETRY_DELAYS_MINUTES = [1, 2, 4, 8, 15, 30, *[60] * 23]


class NotSent(Exception):
    """An email or a text wasn't accepted. The reason is logged, so it mustn't contain the recipient.

    `is_final`: retrying won't help (a 5xx response about the address or the message).
    """

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.is_final = is_final


class Priority(IntEnum):
    """Priority in the queue."""

    ORDINARY = 0
    NOTICE = 10  # to the front desk, about an inquiry
    URGENT = 20  # to the front desk, about an urgent inquiry


class GrowingDelays(BaseRetryStrategy):
    def get_retry_decision(self, *, exception, job):
        attempt = job.attempts + 1
        reason = str(exception) if isinstance(exception, NotSent) else type(exception).__name__
        if job.attempts >= len(RETRY_DELAYS_MINUTES):
            logger.error("email job %s gave up after attempt %d: %s", job.id, attempt, reason)
            return None
        minutes = RETRY_DELAYS_MINUTES[job.attempts]
        message = "email job %s failed at attempt %d: %s; next in %d min"
        logger.warning(message, job.id, attempt, reason, minutes)
        return RetryDecision(retry_in={"minutes": minutes})


def send(message: EmailMessage) -> None:
    """Send the email; raise NotSent if the mail server doesn't accept it."""
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _message in error.recipients.values()]
        raise NotSent(f"recipient refused {codes}", is_final=min(codes, default=0) >= 500) from None
    except smtplib.SMTPResponseException as error:
        raise NotSent(f"{type(error).__name__} {error.smtp_code}") from None
    except AnymailRecipientsRefused:
        raise NotSent("recipient refused by the provider", is_final=True) from None
    except AnymailError as error:  # its message contains the recipient
        raise NotSent(type(error).__name__) from None
    except OSError as error:  # includes all other SMTP errors; the message can contain the recipient
        raise NotSent(type(error).__name__) from None

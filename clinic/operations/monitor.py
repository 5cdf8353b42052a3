"""Runs the site checks every five minutes, and reports problems to PING_URL and ALERT_EMAIL.

Both are independent: PING_URL is notified when the email server is down, and notices missing pings when the
worker is.
"""

import logging
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from clinic.models.operations import CheckResult
from clinic.operations import checks

logger = logging.getLogger(__name__)
TIMEOUT_SECONDS = 10


def run() -> None:
    found = {name: problem for name, problem in checks.run_and_save().items() if problem}
    for notify in (ping, email):
        try:
            notify(found)
        except Exception as error:  # such as OSError, SMTP and HTTP errors
            logger.error("the monitor could not %s: %s", notify.__name__, type(error).__name__)


def ping(problems: dict[str, checks.Problem]) -> None:
    """Ping PING_URL, or its /fail endpoint with the problems."""
    if settings.PING_URL:
        url = settings.PING_URL.rstrip("/") + ("/fail" if problems else "")
        text = "\n".join(f"{name}: {problem}" for name, problem in problems.items())
        with urlopen(Request(url, data=text.encode()), timeout=TIMEOUT_SECONDS):  # noqa: S310 (an operator's setting)
            pass


def email(problems: dict[str, checks.Problem]) -> None:
    """Email problems that weren't there in the previous run."""
    results = CheckResult.objects.in_bulk(problems)
    new = [problems[name] for name, result in results.items() if result.since == result.checked_at]
    if settings.ALERT_EMAIL and new:
        text = "\n\n".join(f"{problem}\n{problem.solution}" for problem in new)
        send_mail(_("Problems with %(url)s") % {"url": settings.BASE_URL}, text, None, [settings.ALERT_EMAIL])

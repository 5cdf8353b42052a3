"""Every five minutes: run the site checks, and tell about problems by each route that is set.

The routes don't depend on each other: an email server that's down shows at PING_URL, and a dead worker, which
can't run this, is noticed there because nothing is heard any more.
"""

import logging
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from clinic.models.operations import CheckResult
from clinic.operations import checks

logger = logging.getLogger(__name__)
TIMEOUT = 10  # seconds


def run() -> None:
    found = {name: problem for name, problem in checks.run_and_remember().items() if problem}
    for tell in (ping, email):
        try:
            tell(found)
        except OSError as error:  # SMTP errors are OSErrors too, and so is no answer in time
            logger.error("the monitor could not %s: %s", tell.__name__, type(error).__name__)


def ping(problems: dict[str, checks.Problem]) -> None:
    """Ping PING_URL, or its /fail with the problems."""
    if settings.PING_URL:
        url = settings.PING_URL.rstrip("/") + ("/fail" if problems else "")
        text = "\n".join(f"{name}: {problem}" for name, problem in problems.items())
        with urlopen(Request(url, data=text.encode()), timeout=TIMEOUT):  # noqa: S310 (an operator's setting)
            pass


def email(problems: dict[str, checks.Problem]) -> None:
    """Email the problems that are new in this run."""
    results = CheckResult.objects.in_bulk(problems)
    new = [problems[name] for name, result in results.items() if result.since == result.checked_at]
    if settings.ALERT_EMAIL and new:
        text = "\n\n".join(f"{problem}\n{problem.solution}" for problem in new)
        send_mail(_("Problems with %(url)s") % {"url": settings.BASE_URL}, text, None, [settings.ALERT_EMAIL])

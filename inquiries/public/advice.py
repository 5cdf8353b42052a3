"""The advice that comes first in any answer to an urgent message: 911, Poison Help or 988.

Also where the message is not stored: with fields to correct, over a limit, or while the database is away.
"""

from contextlib import suppress
from typing import NamedTuple

from django.db import Error
from django.utils.translation import gettext_lazy as _

from clinic.security.encryption import readable
from inquiries.choices import Advice
from inquiries.models import Inquiry, WarningPhrase
from inquiries.models.warning_phrase import Rules, rules_in_use
from inquiries.triage import starter_phrases, urgency
from inquiries.triage.language import is_spanish

LONGEST = 4_000  # characters; only the beginning and the end of a longer text are read

# Screen readers say the window's title first.
TITLES = {
    Advice.EMERGENCY: (_("Call 911 now"), "Llame al 911 ahora"),
    Advice.POISON: (_("Call 911 now"), "Llame al 911 ahora"),
    Advice.CRISIS: (_("Call or text 988 now"), "Llame al 988 ahora"),
}

STARTER = [WarningPhrase(**phrase._asdict()) for phrase in starter_phrases.PHRASES]
last_known = [Rules(STARTER, urgency.DEFAULT_THRESHOLDS)]


class HelpNow(NamedTuple):
    """The advice as templates show it; in Spanish too where the message is in Spanish."""

    kind: str
    in_spanish: bool

    @property
    def title(self) -> str:
        english, spanish = TITLES[Advice(self.kind)]
        return f"{spanish} – {english}" if self.in_spanish else str(english)


def help_now(text: str) -> HelpNow | None:
    """Return the advice on a message that is not stored, or None."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]}\n{text[-LONGEST // 2 :]}"
    kind = rules_now().judge(text).advice
    return HelpNow(kind, is_spanish(text)) if kind else None


def help_now_of(inquiry: Inquiry) -> HelpNow | None:
    """Return the advice that the sender of this inquiry is given, or None."""
    if not inquiry.advice:
        return None
    return HelpNow(inquiry.advice, is_spanish(readable(lambda: inquiry.message)))


def rules_now() -> Rules:
    """The rules in use; while the database is away, those read last, or a new site's."""
    with suppress(Error):
        last_known[:] = [rules_in_use()]
    return last_known[0]

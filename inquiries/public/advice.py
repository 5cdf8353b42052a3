"""The advice at the top of every response to an urgent message: 911, Poison Help or 988.

It's shown even if the message isn't stored, because of invalid fields, a limit or a database outage.
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

MAX_JUDGED_LENGTH = 4_000  # of a longer text, only the beginning and the end are judged

# The page's title, which screen readers announce first.
TITLES = {
    Advice.EMERGENCY: (_("Call 911 now"), "Llame al 911 ahora"),
    Advice.POISON: (_("Call 911 now"), "Llame al 911 ahora"),
    Advice.CRISIS: (_("Call or text 988 now"), "Llame al 988 ahora"),
}

STARTER_PHRASES = [WarningPhrase(**phrase._asdict()) for phrase in starter_phrases.PHRASES]
cached_rules = [Rules(STARTER_PHRASES, urgency.DEFAULT_THRESHOLDS)]


class ShownAdvice(NamedTuple):
    """The advice for templates, also in Spanish if the message is in Spanish."""

    kind: str
    in_spanish: bool

    @property
    def title(self) -> str:
        english, spanish = TITLES[Advice(self.kind)]
        return f"{spanish} – {english}" if self.in_spanish else str(english)


def advice_for_text(text: str) -> ShownAdvice | None:
    """Return the advice for a message that isn't stored, or None if it isn't urgent."""
    if len(text) > MAX_JUDGED_LENGTH:
        text = f"{text[: MAX_JUDGED_LENGTH // 2]}\n{text[-MAX_JUDGED_LENGTH // 2 :]}"
    kind = current_rules().judge(text).advice
    return ShownAdvice(kind, is_spanish(text)) if kind else None


def advice_for_inquiry(inquiry: Inquiry) -> ShownAdvice | None:
    """Return the advice for the sender of this inquiry, or None if it isn't urgent."""
    if not inquiry.advice:
        return None
    return ShownAdvice(inquiry.advice, is_spanish(readable(lambda: inquiry.message)))


def current_rules() -> Rules:
    """Return the rules in use; during a database outage, the last ones read or the defaults."""
    with suppress(Error):
        cached_rules[:] = [rules_in_use()]
    return cached_rules[0]

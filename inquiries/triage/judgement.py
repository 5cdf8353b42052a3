"""The judgement of the urgency rules on a message, and its fields on an inquiry."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from inquiries.choices import FIRST_TIER, Advice, Severity, Tier

# An inquiry's severity: 1 to 3 within "look first", 11 to 13 within the first tier, 0 if it isn't urgent.
FIRST_TIER_FROM = 10
MARKED_SEVERITY = FIRST_TIER_FROM + Severity.MEDIUM  # of inquiries that staff marked as urgent


@dataclass(frozen=True)
class Judgement:
    """The tier, the advice to the patient (911, 988, poison or none), and codes and labels of the reasons."""

    tier: Tier = Tier.NONE
    severity: int = 0
    advice: Advice | str = ""
    reasons: tuple[str, ...] = ()
    labels: tuple[str | Promise, ...] = ()

    def __bool__(self) -> bool:
        return self.tier != Tier.NONE

    @classmethod
    def of(cls, evidence) -> "Judgement":
        """Combine evidence: objects with an advice ("" for "look first"), a severity, a code and a label."""
        evidence = list(evidence)
        advice = {reason.advice for reason in evidence} - {""}
        if not evidence:
            return cls()
        tier = Tier.LOOK_FIRST
        if advice:
            tier = Tier.CRISIS if Advice.CRISIS in advice else Tier.EMERGENCY
        base = FIRST_TIER_FROM if tier in FIRST_TIER else 0
        return cls(
            tier,
            base + max(reason.severity for reason in evidence if reason.advice or not advice),
            # An overdose needs 911 first, even if it was a suicide attempt; its advice ends with 988.
            next((a for a in (Advice.POISON, Advice.CRISIS, Advice.EMERGENCY) if a in advice), ""),
            tuple(reason.code for reason in evidence),
            tuple(reason.label for reason in evidence),
        )

    def fields(self) -> dict[str, Any]:
        """Return the values of an inquiry's fields, with labels in the desk's language, not the sender's."""
        with translation.override(settings.LANGUAGE_CODE):
            because = "\n".join(str(label) for label in self.labels)
        return {
            "urgent": bool(self),
            "tier": self.tier,
            "severity": self.severity,
            "advice": self.advice,
            "urgency_reasons": list(self.reasons),
            "urgent_because": because,
        }

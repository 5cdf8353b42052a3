"""Finds text that says by itself that a clinician reviewed a page: only the page's own review line may."""

import json
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

CHECKED = r"(?:reviewed|approved|checked|verified|fact[ -]?checked)"
CLAIMS = [
    rf"\b(?:medically|clinically|scientifically)[ -]{CHECKED}\b",
    rf"\b{CHECKED} by:? (?:dr|doctor|prof|professor)\b",
    rf"\b{CHECKED} by:? (?:[\w.'’-]+ ){{1,4}}(?:m\.?d|d\.?o|ph\.?d|r\.?n|n\.?p|fipp)\b",
    rf"\bthis (?:page|article|text|information|content|leaflet) (?:was|is|has been) {CHECKED} by\b",
    r"\b(?:medical|clinical) review(?:er)?(?: by\b|:)",
    r"\b(?:médica|medica|clínica|clinica)mente (?:revisad|aprobad|verificad)[oa]s?\b",
    r"\b(?:revisad|aprobad|verificad)[oa]s? por:? (?:el |la )?(?:dr|dra|doctor|doctora)\b",
]
CLAIM = re.compile("|".join(CLAIMS), re.IGNORECASE)
INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
BETWEEN_WORDS = re.compile("[,\u2010-\u2015\u2212]")  # commas, hyphens and dashes


def claim_in(text: str) -> str:
    """The first words that claim a review, or none."""
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    found = CLAIM.search(" ".join(BETWEEN_WORDS.sub(" ", plain).split()))
    return found[0] if found else ""


def refuse_review_claims(instance: Model) -> None:
    """ValidationError if a text of a setting, which pages show, claims a review."""
    for field in instance._meta.concrete_fields:
        text = getattr(instance, field.attname)
        if isinstance(field, StreamField):
            text = json.dumps(list(text.raw_data), ensure_ascii=False, default=str)
        # A field that the form found wrong may have no text yet.
        if isinstance(text, str) and (claim := claim_in(text)):
            message = _("Take out “%(claim)s”. Each page says by itself who reviewed it, and when.")
            raise ValidationError({field.name: message % {"claim": claim}})

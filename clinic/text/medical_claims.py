"""Finds medical claims and instructions in text that no clinician reviews, such as settings.

It recognizes common wordings in English and Spanish, not every one.
"""

import json
import re
from collections.abc import Collection
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

from clinic.text.review_claims import find_review_claim, first_match, read_claims

CLAIMS = read_claims(Path(__file__).with_suffix(".txt"))
DOSE_OR_RATE = re.compile(
    r"\b\d+(?:[.,]\d+)? ?(?:mg|mcg|ml|milligrams?|miligramos?)\b"
    r"|\b\d+ ?(?:%|percent|por ciento) (?!off |discount |de descuento )(?:\w+ ){0,3}"
    r"(?:patients|people|cases|success|effective|less|pacientes|éxito)\b"
    r"|\b(?:helps?|works? for|cures?|ayuda a) \d+ (?:out )?(?:of|in|de cada) (?:every )?\d+\b",
    re.IGNORECASE,
)


def find_medical_claim(text: str) -> str:
    """Return the first medical claim or instruction in a text, or an empty string."""
    figure = DOSE_OR_RATE.search(text)
    return first_match(CLAIMS, text) or (figure[0] if figure else "")


def refuse_claims(instance: Model, public_fields: Collection[str]) -> None:
    """Raise ValidationError if any text claims a review, or one in `public_fields` makes a medical claim."""
    errors = {}
    for field in instance._meta.concrete_fields:
        text = getattr(instance, field.attname)
        if isinstance(field, StreamField):
            text = json.dumps(list(text.raw_data), ensure_ascii=False, default=str)
        if not isinstance(text, str):  # None if the form rejected the field
            continue
        if claim := find_review_claim(text):
            message = _("Take out “%(claim)s”. Each page says by itself who reviewed it, and when.")
        elif field.name in public_fields and (claim := find_medical_claim(text)):
            message = _("“%(claim)s” is a medical claim. Say it on a page that a clinical reviewer approves.")
        else:
            continue
        errors[field.name] = message % {"claim": claim}
    if errors:
        raise ValidationError(errors)

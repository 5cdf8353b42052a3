"""Finds medical claims and instructions where no clinician reviews the words: in settings, on unmarked pages.

It knows the usual wordings in English and Spanish, not every one.
"""

import json
import re
from collections.abc import Collection
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

from clinic.text.review_claims import claim_in, first_match, read_claims

CLAIM = read_claims(Path(__file__).with_suffix(".txt"))
FIGURE = re.compile(
    r"\b\d+(?:[.,]\d+)? ?(?:mg|mcg|ml|milligrams?|miligramos?)\b"
    r"|\b\d+ ?(?:%|percent|por ciento) (?!off |discount |de descuento )(?:\w+ ){0,3}"
    r"(?:patients|people|cases|success|effective|less|pacientes|éxito)\b"
    r"|\b(?:helps?|works? for|cures?|ayuda a) \d+ (?:out )?(?:of|in|de cada) (?:every )?\d+\b",
    re.IGNORECASE,
)


def medical_claim_in(text: str) -> str:
    """The first words that say what a treatment does or what to take, or none."""
    figure = FIGURE.search(text)
    return first_match(CLAIM, text) or (figure[0] if figure else "")


def refuse_claims(instance: Model, shown: Collection[str]) -> None:
    """ValidationError if a setting's text claims a review, or one in the fields `shown` a medical effect."""
    errors = {}
    for field in instance._meta.concrete_fields:
        text = getattr(instance, field.attname)
        if isinstance(field, StreamField):
            text = json.dumps(list(text.raw_data), ensure_ascii=False, default=str)
        if not isinstance(text, str):  # a field that the form found wrong may have no text yet
            continue
        if claim := claim_in(text):
            message = _("Take out “%(claim)s”. Each page says by itself who reviewed it, and when.")
        elif field.name in shown and (claim := medical_claim_in(text)):
            message = _("“%(claim)s” is a medical claim. Say it on a page that a clinical reviewer approves.")
        else:
            continue
        errors[field.name] = message % {"claim": claim}
    if errors:
        raise ValidationError(errors)

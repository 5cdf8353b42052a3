"""Finds text that says by itself that a clinician reviewed a page: only the page's own review line may."""

import json
import re
import unicodedata
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

CHECKED = r"(?:reviewed|approved|checked|verified|vetted|validated|endorsed|fact[ -]?checked)"
REVISADO = r"(?:revisad|aprobad|verificad|avalad)[oa]s?"
CLINICIANS = r"(?:team|staff|board|(?:doctor|physician|clinician|expert|nurse|specialist)s?)"
BEGINS = r"(?:^|[.!?:] )"  # a sentence: inside of one, something else may be what was reviewed
CLAIMS = [
    rf"\b(?:medically|clinically|scientifically)[ -]{CHECKED}\b",
    rf"\b{CHECKED} by:? (?:dr|doctor|prof|professor)\b",
    rf"\b{CHECKED} by:? (?:[\w.'’-]+ ){{1,4}}(?:m\.?d|d\.?o|ph\.?d|r\.?n|n\.?p|pa c|dnp|aprn|crna|fipp)\b",
    rf"{BEGINS}{CHECKED} by:? (?:\w+ ){{0,3}}{CLINICIANS}\b",
    rf"{BEGINS}(?:doctor|physician|clinician|nurse|expert) {CHECKED}\b",
    rf"\bthis (?:page|article|text|information|content|leaflet) (?:was|is|has been) {CHECKED} by\b",
    r"\b(?:medical|clinical) review(?:er)?(?: by\b|:)",
    rf"\b(?:medica|clinica)mente {REVISADO}\b",
    rf"\b{REVISADO} (?:medica|clinica)mente\b",
    rf"\b{REVISADO} por:? (?:el |la )?(?:dr|dra|doctor|doctora)\b",
    rf"{BEGINS}{REVISADO} por:? (?:\w+ ){{0,3}}(?:medic[oa]|especialista|expert[oa])s?\b",
    r"\brevision (?:medica|clinica)(?: por\b|:)",
]
# "l" looks like "I": both are "i" here, and in what `looks_like` makes of a text.
CLAIM = re.compile("|".join(CLAIMS).replace("l", "i"), re.IGNORECASE)
UNSEEN = {"Mn", "Me", "Cf", "Cc"}  # kinds of characters: accents, and those without width
BETWEEN_WORDS = re.compile(r"[^\w\s.:'’]|_")
# In Unicode's names.
LATIN = re.compile(
    r"(?:LATIN|SYMBOL) (?:SMALL |CAPITAL )?LETTER (?:SMALL CAPITAL |DOTLESS |SCRIPT )?([A-Z])(?: WITH .*)?$"
)
LOOK_ALIKES = str.maketrans(
    "L10АаВЕеЅѕІіӀӏЈјКкМмНОоРрСсТтУуХхҮүԁһԛԝѵгпьΑαΒΕεΖΗηΙικΚΜΝνΟοΡρΤτΥυΧχωγςօսհոց",
    "IIOAaBEeSsIiIiJjKkMmHOoPpCcTtYyXxYydhqwvrnbAaBEeZHnIikKMNvOoPpTtYuXxwycouhng",
)


@lru_cache(maxsize=10_000)
def looks_like(letter: str) -> str:
    """The one Latin letter that a letter of another alphabet, or a fancy one, looks like."""
    found = LATIN.search(unicodedata.name(letter, ""))
    return (found[1] if found else letter).translate(LOOK_ALIKES)


def claim_in(text: str) -> str:
    """The first words that claim a review, or none."""
    letters = unicodedata.normalize("NFKD", text)
    seen = "".join(c for c in letters if unicodedata.category(c) not in UNSEEN or c.isspace())
    plain = " ".join(BETWEEN_WORDS.sub(" ", seen).split())
    found = CLAIM.search("".join(map(looks_like, plain)))
    return plain[found.start() : found.end()] if found else ""


def refuse_review_claims(instance: Model) -> None:
    """ValidationError if a text of a setting, which pages show, claims a review."""
    errors = {}
    for field in instance._meta.concrete_fields:
        text = getattr(instance, field.attname)
        if isinstance(field, StreamField):
            text = json.dumps(list(text.raw_data), ensure_ascii=False, default=str)
        # A field that the form found wrong may have no text yet.
        if isinstance(text, str) and (claim := claim_in(text)):
            message = _("Take out “%(claim)s”. Each page says by itself who reviewed it, and when.")
            errors[field.name] = message % {"claim": claim}
    if errors:
        raise ValidationError(errors)

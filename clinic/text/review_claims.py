"""Finds text that says by itself that a clinician reviewed a page: only the page's own review line may."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

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


def compiled(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern for `first_match`. "l" looks like "I": both are "i" in it, and in what's made of a text."""
    return re.compile("|".join(patterns).replace("l", "i"), re.IGNORECASE)


CLAIM = compiled(CLAIMS)


@lru_cache(maxsize=10_000)
def looks_like(letter: str) -> str:
    """The one Latin letter that a letter of another alphabet, or a fancy one, looks like."""
    found = LATIN.search(unicodedata.name(letter, ""))
    return (found[1] if found else letter).translate(LOOK_ALIKES)


def claim_in(text: str) -> str:
    """The first words that claim a review, or none."""
    return first_match(CLAIM, text)


def first_match(claims: re.Pattern[str], text: str) -> str:
    """The first words that match a `compiled` pattern, in whatever letters they're written, or none."""
    letters = unicodedata.normalize("NFKD", text)
    seen = "".join(c for c in letters if unicodedata.category(c) not in UNSEEN or c.isspace())
    plain = " ".join(BETWEEN_WORDS.sub(" ", seen).split())
    found = claims.search("".join(map(looks_like, plain)))
    return plain[found.start() : found.end()] if found else ""

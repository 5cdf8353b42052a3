"""Words that claim a clinician's review, where none is on record: only the record says so on a page."""

import re
import unicodedata

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
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def claim_in(text: str) -> str:
    """The first words that claim a review, or none."""
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).replace(",", " ")
    found = CLAIM.search(" ".join(plain.split()))
    return found[0] if found else ""

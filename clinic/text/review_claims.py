"""Finds text that says by itself that a clinician reviewed a page: only the page's own review line may."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from clinic.text.lists import read_lists

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


def read_claims(file: Path) -> re.Pattern[str]:
    """A pattern for `first_match` from a file of [claims]; a <name> there stands for any line of its list."""
    lists = read_lists(file)
    expression = "|".join(lists.pop("claims"))
    for name, words in lists.items():
        expression = expression.replace(f"<{name}>", f"(?:{'|'.join(words)})")
    if unknown := re.search(r"<[\w ]+>", expression):
        raise ValueError(f"{file} has no list {unknown[0]}.")
    # "l" looks like "I": both are "i" here, and in what `looks_like` makes of a text.
    return re.compile(expression.replace("l", "i"), re.IGNORECASE)


CLAIM = read_claims(Path(__file__).with_suffix(".txt"))


@lru_cache(maxsize=10_000)
def looks_like(letter: str) -> str:
    """The one Latin letter that a letter of another alphabet, or a fancy one, looks like."""
    found = LATIN.search(unicodedata.name(letter, ""))
    return (found[1] if found else letter).translate(LOOK_ALIKES)


def claim_in(text: str) -> str:
    """The first words that claim a review, or none."""
    return first_match(CLAIM, text)


def first_match(claims: re.Pattern[str], text: str) -> str:
    """The first words that match a pattern of `read_claims`, in whatever letters they're written, or none."""
    letters = unicodedata.normalize("NFKD", text)
    seen = "".join(c for c in letters if unicodedata.category(c) not in UNSEEN or c.isspace())
    plain = " ".join(BETWEEN_WORDS.sub(" ", seen).split())
    found = claims.search("".join(map(looks_like, plain)))
    return plain[found.start() : found.end()] if found else ""

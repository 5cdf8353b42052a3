"""Finds text that claims a clinical review, which only a page's generated review line may state."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from clinic.text.lists import read_lists

IGNORED_CATEGORIES = {"Mn", "Me", "Cf", "Cc"}  # accents and invisible characters
BETWEEN_WORDS = re.compile(r"[^\w\s.:'’]|_")
LATIN_NAME = re.compile(
    r"(?:LATIN|SYMBOL) (?:SMALL |CAPITAL )?LETTER (?:SMALL CAPITAL |DOTLESS |SCRIPT )?([A-Z])(?: WITH .*)?$"
)
LOOK_ALIKES = str.maketrans(
    "L10АаВЕеЅѕІіӀӏЈјКкМмНОоРрСсТтУуХхҮүԁһԛԝѵгпьΑαΒΕεΖΗηΙικΚΜΝνΟοΡρΤτΥυΧχωγςօսհոց",
    "IIOAaBEeSsIiIiJjKkMmHOoPpCcTtYyXxYydhqwvrnbAaBEeZHnIikKMNvOoPpTtYuXxwycouhng",
)


def read_claims(file: Path) -> re.Pattern[str]:
    """Return the pattern of a file's [claims], in which <name> matches any line of the list [name]."""
    lists = read_lists(file)
    expression = "|".join(lists.pop("claims"))
    for name, words in lists.items():
        expression = expression.replace(f"<{name}>", f"(?:{'|'.join(words)})")
    if unknown := re.search(r"<[\w ]+>", expression):
        raise ValueError(f"{file} has no list {unknown[0]}.")
    # "l" looks like "I", so both are "i", here and in the result of `latin_lookalike`.
    return re.compile(expression.replace("l", "i"), re.IGNORECASE)


CLAIMS = read_claims(Path(__file__).with_suffix(".txt"))


@lru_cache(maxsize=10_000)
def latin_lookalike(letter: str) -> str:
    """Return the plain Latin letter that a letter resembles, such as a Cyrillic or decorative one."""
    found = LATIN_NAME.search(unicodedata.name(letter, ""))
    return (found[1] if found else letter).translate(LOOK_ALIKES)


def find_review_claim(text: str) -> str:
    """Return the first words that claim a review, or an empty string."""
    return first_match(CLAIMS, text)


def first_match(claims: re.Pattern[str], text: str) -> str:
    """Return the first match of a pattern from `read_claims`, in any alphabet, or an empty string."""
    letters = unicodedata.normalize("NFKD", text)
    visible = "".join(c for c in letters if unicodedata.category(c) not in IGNORED_CATEGORIES or c.isspace())
    plain = " ".join(BETWEEN_WORDS.sub(" ", visible).split())
    found = claims.search("".join(map(latin_lookalike, plain)))
    return plain[found.start() : found.end()] if found else ""

"""Detect a message's language, as far as advice and reports need it."""

import re
from pathlib import Path

from clinic.text.lists import read_lists, words_in
from inquiries.choices import Language
from inquiries.lookup.search import RUN, normalized

LISTS = read_lists(Path(__file__).with_name("common_words.txt"))
SPANISH, ENGLISH = (re.compile("|".join(words_in(LISTS[name]))) for name in ("Spanish", "English"))


def is_spanish(text: str) -> bool:
    """Say whether at least a third of the text's common words are Spanish: many people write both at once."""
    return language_of(text) == Language.SPANISH


def language_of(text: str) -> Language:
    """Tell the language by the common words of a text; unknown where there are none."""
    words = RUN.findall(normalized(text))
    spanish, english = (sum(bool(known.fullmatch(word)) for word in words) for known in (SPANISH, ENGLISH))
    if 2 * spanish > english:
        return Language.SPANISH
    return Language.ENGLISH if english else Language.UNKNOWN

"""Detection of a message's language, for advice and reports."""

import re
from pathlib import Path

from clinic.text.lists import read_lists, split_words
from inquiries.choices import Language
from inquiries.lookup.search import WORD, normalized

LISTS = read_lists(Path(__file__).with_name("common_words.txt"))
SPANISH, ENGLISH = (re.compile("|".join(split_words(LISTS[name]))) for name in ("Spanish", "English"))


def is_spanish(text: str) -> bool:
    """Return whether over a third of the text's common words are Spanish: patients often mix languages."""
    return language_of(text) == Language.SPANISH


def language_of(text: str) -> Language:
    """Detect the language by the text's common words; UNKNOWN if there are none."""
    words = WORD.findall(normalized(text))
    spanish, english = (sum(bool(common.fullmatch(word)) for word in words) for common in (SPANISH, ENGLISH))
    if 2 * spanish > english:
        return Language.SPANISH
    return Language.ENGLISH if english else Language.UNKNOWN

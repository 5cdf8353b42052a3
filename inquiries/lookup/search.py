"""Search keys, which find people by email, phone, or parts of the name in any order and without accents.

A key is a single text, so one trigram index serves every search. Sound codes are uppercase, so a typed word,
which is lowercase, never matches one by chance.
"""

import re
import unicodedata
from contextlib import suppress
from difflib import get_close_matches
from itertools import groupby

from clinic.text import phones

WORD = re.compile(r"[^\W_]+")
# The spaces put one before every word.
SEPARATOR = " \n "
# The trigram index finds three letters anywhere in a word, and fewer only at its start.
MIN_TERM_LENGTH = 3
# In difflib's terms: matches "Jon" and "John", "Smith" and "Smyth", but not "Jane" and "John".
MIN_SIMILARITY = 0.75
# Letters that Unicode doesn't decompose, and the many apostrophes that people type in O'Brien.
LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "þ": "th", "æ": "ae", "œ": "oe"}
    | dict.fromkeys("'’‘`´ʼ", "")
)
# The consonant classes of Soundex (US National Archives), without its initial letter and length limit.
CONSONANT_CLASSES = str.maketrans("bfpvcgjkqsxzdtlmnr", "BBBBKKKKKKKKTTLMMR", "aeiouyhw")


def normalized(text):
    """Casefold, remove accents, collapse spaces, and separate characters of scripts without spaces."""
    text = text.casefold().translate(LETTERS)
    if text.isascii():  # the common case: the steps below wouldn't change anything
        return " ".join(text.split())
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = "".join(f" {c} " if unicodedata.east_asian_width(c) == "W" else c for c in text)
    # NFC recomposes Hangul.
    return " ".join(unicodedata.normalize("NFC", text).split())


def sound_code(word):
    """Return the classes of the word's consonants, which nearly all spellings of a name share."""
    return "".join(letter for letter, _run in groupby(word.translate(CONSONANT_CLASSES)))


def sound_term(term):
    """Return the part of a search key for words that sound like `term`, or `term` if it's too short."""
    code = sound_code(term.strip())
    return f" {code} " if len(code) > 1 else term


def name_forms(name):
    """Return the normalized name, and its other searchable forms: without hyphens, and sound codes."""
    name = normalized(name)
    others = {sound_code(word) for word in WORD.findall(name)} | {name.replace("-", "")} - {name, ""}
    return name, " ".join(sorted(others))


def key(name, email, phone, name_forms=name_forms):
    name, others = name_forms(name)
    return SEPARATOR.join(["", name, email.casefold(), phone, others, ""])


def is_one_typo(typed: str, word: str) -> bool:
    """Return whether `typed` has one letter of `word` wrong, missing, extra, or swapped with the next."""
    if typed == word or abs(len(typed) - len(word)) > 1:
        return False
    shorter = min(len(typed), len(word))
    start = next((i for i in range(shorter) if typed[i] != word[i]), shorter)
    a, b = typed[start:], word[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[1::-1] == b[:2] and a[2:] == b[2:])


def is_similar_name(name, other):
    """Return whether each word of the shorter name is in the longer one, in any order or close spelling."""
    shorter, longer = sorted((WORD.findall(normalized(name)), WORD.findall(normalized(other))), key=len)
    return all(get_close_matches(word, longer, 1, MIN_SIMILARITY) for word in shorter)


def phone_digits(text):
    """Return the alternatives to look for in stored numbers: E.164, or digits without leading zeros too."""
    with suppress(ValueError):
        return [phones.parse(text).e164]
    if any(c.isalpha() for c in text):
        return []
    digits = "".join(str(unicodedata.digit(c)) for c in text if c.isdecimal())
    return sorted({part for part in (digits, digits.lstrip("0")) if len(part) >= 3})


def search_terms(text):
    """Return at most six terms that a search key must contain, each with a letter or digit for the index."""
    words = [text.casefold().strip()] if "@" in text else WORD.findall(normalized(text))
    return [word if len(word) >= MIN_TERM_LENGTH else f" {word}" for word in words if WORD.search(word)][:6]

"""Search keys: find people by parts of the name in any order, with or without accents, email or phone.

It's all one text, so that one trigram index serves every search. The sounds of a name are in capitals, where
no typed word matches them by chance.
"""

import re
import unicodedata
from contextlib import suppress
from difflib import get_close_matches
from itertools import groupby

from clinic.text import phones

RUN = re.compile(r"[^\W_]+")
# With spaces, so that every word has one in front.
SEPARATOR = " \n "
# The index finds three letters anywhere in a word; fewer only at its beginning.
SHORT = 3
# difflib's similarity of two words: "Jon" and "John", "Smith" and "Smyth", but not "Jane" and "John".
NEARLY = 0.75
# Letters that Unicode doesn't decompose, and the many apostrophes that people type in O'Brien.
LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "þ": "th", "æ": "ae", "œ": "oe"}
    | dict.fromkeys("'’‘`´ʼ", "")
)
# Soundex's classes of consonants (US National Archives), without its first letter and its cut after four.
SOUNDS = str.maketrans("bfpvcgjkqsxzdtlmnr", "BBBBKKKKKKKKTTLMMR", "aeiouyhw")


def normalized(text):
    """Casefold, without accents, with single spaces; each character of a script without spaces is a word."""
    text = text.casefold().translate(LETTERS)
    if text.isascii():  # most texts; the rest would change nothing
        return " ".join(text.split())
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = "".join(f" {c} " if unicodedata.east_asian_width(c) == "W" else c for c in text)
    # NFC, because NFKD decomposes Hangul.
    return " ".join(unicodedata.normalize("NFC", text).split())


def sound(word):
    """The classes of the word's consonants, which are the same for nearly all spellings of a name."""
    return "".join(letter for letter, _run in groupby(word.translate(SOUNDS)))


def sounds_like(term):
    """The part of a search key for words that sound like `term`; one consonant alone says too little."""
    consonants = sound(term.strip())
    return f" {consonants} " if len(consonants) > 1 else term


def forms_of(name):
    """The normalized name, and what else finds it: without its hyphens, and by its sound."""
    name = normalized(name)
    others = {sound(word) for word in RUN.findall(name)} | {name.replace("-", "")} - {name, ""}
    return name, " ".join(sorted(others))


def key(name, email, phone, forms_of=forms_of):
    name, others = forms_of(name)
    return SEPARATOR.join(["", name, email.casefold(), phone, others, ""])


def is_one_typo(typed: str, word: str) -> bool:
    """Whether one letter of `word` is wrong, missing, too many, or swapped with its neighbor."""
    if typed == word or abs(len(typed) - len(word)) > 1:
        return False
    shorter = min(len(typed), len(word))
    start = next((i for i in range(shorter) if typed[i] != word[i]), shorter)
    a, b = typed[start:], word[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[1::-1] == b[:2] and a[2:] == b[2:])


def is_nearly_the_same(name, other):
    """Whether each word of the shorter name is in the longer one, in any order and (nearly) so spelled."""
    shorter, longer = sorted((RUN.findall(normalized(name)), RUN.findall(normalized(other))), key=len)
    return all(get_close_matches(word, longer, 1, NEARLY) for word in shorter)


def digits_of(text):
    """What a stored number must contain: the typed one, or its digits, with or without leading zeros."""
    with suppress(ValueError):
        return [phones.parse(text).e164]  # however it's written
    if any(c.isalpha() for c in text):
        return []
    digits = "".join(str(unicodedata.digit(c)) for c in text if c.isdecimal())
    return sorted({part for part in (digits, digits.lstrip("0")) if len(part) >= 3})


def terms_of(text):
    """The words that a name or an address must contain, six at most.

    Those without a letter or digit are left out: the index can't look for them.
    """
    words = [text.casefold().strip()] if "@" in text else RUN.findall(normalized(text))
    return [word if len(word) >= SHORT else f" {word}" for word in words if RUN.search(word)][:6]

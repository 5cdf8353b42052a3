"""Search keys: find people by parts of the name in any order, with or without accents, email or phone.

All of it stands in one text, so that one trigram index serves every search. What a name sounds like stands
there in capitals, where no typed word meets it by chance.
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
# The index knows runs of three letters; with fewer it knows only how words begin.
SHORT = 3
# Of two words, as difflib counts: "Jon" and "John", "Smith" and "Smyth", but not "Jane" and "John".
NEARLY = 0.75
# Letters that Unicode does not take apart, and the marks in O'Brien that nobody types twice the same way.
LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "þ": "th", "æ": "ae", "œ": "oe"}
    | dict.fromkeys("'’‘`´ʼ", "")
)
# Soundex's classes of consonants (US National Archives), without its first letter and its cut after four.
SOUNDS = str.maketrans("bfpvcgjkqsxzdtlmnr", "BBBBKKKKKKKKTTLMMR", "aeiouyhw")


def normalized(text):
    """Casefolded, without accents, single spaces; characters of scripts without spaces stand apart."""
    text = text.casefold().translate(LETTERS)
    if text.isascii():  # most; nothing of what follows would change it
        return " ".join(text.split())
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = "".join(f" {c} " if unicodedata.east_asian_width(c) == "W" else c for c in text)
    # NFC again: NFKD has taken Hangul apart.
    return " ".join(unicodedata.normalize("NFC", text).split())


def sound(word):
    """The word's consonants: nearly all spellings of a name, and letters that have changed places, agree."""
    return "".join(letter for letter, _run in groupby(word.translate(SOUNDS)))


def sounds_like(term):
    """What a search key contains that has a word which sounds like this one: one consonant is no sound."""
    consonants = sound(term.strip())
    return f" {consonants} " if len(consonants) > 1 else term


def forms_of(name):
    """The name as it is compared, and what else it may be found by: in one word, and by its sound."""
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
    """Whether each word of the shorter name stands in the longer one, in any order, spelled (nearly) so."""
    shorter, longer = sorted((RUN.findall(normalized(name)), RUN.findall(normalized(other))), key=len)
    return all(get_close_matches(word, longer, 1, NEARLY) for word in shorter)


def digits_of(text):
    """What of a stored number a typed one can be: all of it, or its digits, also without zeros in front."""
    with suppress(ValueError):
        return [phones.parse(text).e164]  # with an extension, a foreign prefix, in any way of writing
    if any(c.isalpha() for c in text):
        return []
    digits = "".join(str(unicodedata.digit(c)) for c in text if c.isdecimal())
    return sorted({part for part in (digits, digits.lstrip("0")) if len(part) >= 3})


def terms_of(text):
    """What a name or an address must contain; at most six words, for more say no more.

    What has no letter and no digit is passed over: the index does not know it, and would be read whole.
    """
    words = [text.casefold().strip()] if "@" in text else RUN.findall(normalized(text))
    return [word if len(word) >= SHORT else f" {word}" for word in words if RUN.search(word)][:6]

"""References that a patient can read out on the phone, such as "K7Q4-M9XP".

Eight characters drawn at random, so none can be guessed from another. The alphabet leaves out what
looks alike (0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V) and the vowels, so a reference never spells a word.
"""

import secrets

ALPHABET = "CDFGHJKMNPQRTWXY34679"
LENGTH = 8
HALF = 4


def new():
    characters = [secrets.choice(ALPHABET) for _ in range(LENGTH)]
    return written(characters)


def written(characters):
    return "".join(characters[:HALF]) + "-" + "".join(characters[HALF:])


def normalize(text):
    """The reference as it's stored, however it was typed ("k7q4 m9xp"); "" if `text` isn't one."""
    characters = characters_in(text)
    return written(characters) if len(characters) == LENGTH else ""


def beginning(text):
    """The beginning of a reference, if `text` is at least half of one but not all; else ""."""
    characters = characters_in(text)
    return written(characters) if HALF <= len(characters) < LENGTH else ""


def characters_in(text):
    """The letters and digits of `text`; none if a reference can't have one of them."""
    characters = [c for c in text.upper() if c.isalnum()]
    return characters if set(characters) <= set(ALPHABET) else []

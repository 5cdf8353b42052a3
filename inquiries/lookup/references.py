"""References that a patient can read out on the phone, such as "K7Q4-M9XP".

Eight random characters, so none can be guessed from another. The alphabet leaves out characters that look
alike (0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V) and vowels, so a reference never spells a word.
"""

import secrets

ALPHABET = "CDFGHJKMNPQRTWXY34679"
LENGTH = 8
GROUP_LENGTH = 4


def new():
    return formatted([secrets.choice(ALPHABET) for _ in range(LENGTH)])


def formatted(characters):
    return "".join(characters[:GROUP_LENGTH]) + "-" + "".join(characters[GROUP_LENGTH:])


def normalize(text):
    """Return the reference in its stored format, or "" if `text`, such as "k7q4 m9xp", isn't one."""
    characters = characters_in(text)
    return formatted(characters) if len(characters) == LENGTH else ""


def prefix(text):
    """Return the start of a reference if `text` is at least half of one but not all, otherwise ""."""
    characters = characters_in(text)
    return formatted(characters) if GROUP_LENGTH <= len(characters) < LENGTH else ""


def characters_in(text):
    """Return the letters and digits of `text`, or none if one of them isn't in the alphabet."""
    characters = [c for c in text.upper() if c.isalnum()]
    return characters if set(characters) <= set(ALPHABET) else []

"""References: what a patient reads out on the phone, "K7Q4-M9XP".

Eight characters drawn at random, so none can be guessed from another. The alphabet leaves out what
looks alike (0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V) and the vowels, so that no word comes about.
"""

import secrets

ALPHABET = "CDFGHJKMNPQRTWXY34679"
LENGTH = 8


def new():
    characters = [secrets.choice(ALPHABET) for _ in range(LENGTH)]
    return "".join(characters[:4]) + "-" + "".join(characters[4:])


def normalise(text):
    """The reference in `text` as it is stored, however it was typed ("k7q4 m9xp"); "" if it is none."""
    characters = [c for c in text.upper() if c.isalnum()]
    if len(characters) != LENGTH or not set(characters) <= set(ALPHABET):
        return ""
    return "".join(characters[:4]) + "-" + "".join(characters[4:])

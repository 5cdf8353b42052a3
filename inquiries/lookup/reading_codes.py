"""Reading codes, which open a reply together with its link or reference. Only their hash is stored."""

import secrets
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from inquiries.lookup.references import ALPHABET

LENGTH = 6  # from 21 characters: 26 random bits; NIST SP 800-63B-4 requires 20 and a limit on attempts


def new() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def first(uuid: UUID) -> str:
    """Return a new inquiry's code, derived from its uuid, so the confirmation can be reloaded.

    It's keyed with SECRET_KEY, so the database alone doesn't reveal it.
    """
    number = int.from_bytes(
        salted_hmac("inquiries.first_code", str(uuid), algorithm="sha256").digest(), "big"
    )
    characters = []
    for _ in range(LENGTH):
        number, index = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[index])
    return "".join(characters)


def formatted(code: str) -> str:
    """Return the code in two groups, which are easy to read out and write down: "K7Q 4M9"."""
    return f"{code[:3]} {code[3:]}"


def hash_of(code: str, uuid: UUID) -> str:
    """Return a hash keyed with SECRET_KEY, so codes in a stolen dump can't be found by brute force."""
    characters = "".join(c for c in code.upper() if c.isalnum())
    return salted_hmac("inquiries.reading_code", f"{uuid}|{characters}", algorithm="sha256").hexdigest()


def matches(code: str, uuid: UUID, stored: str) -> bool:
    return bool(stored) and constant_time_compare(hash_of(code, uuid), stored)


def formatted_if_first(uuid: UUID, stored: str) -> str:
    """Return the first code for the confirmation, or "" once the front desk has issued another."""
    code = first(uuid)
    return formatted(code) if matches(code, uuid, stored) else ""

"""Reading codes: with a link or a reference, they open our answer. Shown once, stored as a hash."""

import secrets
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from inquiries.lookup.references import ALPHABET

LENGTH = 6  # of 21 characters: 26 random bits; NIST SP 800-63B-4 asks for 20 and a limit on attempts


def new() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def first(uuid: UUID) -> str:
    """The code of a new inquiry: always the same for its uuid, so the confirmation can be loaded again.

    Made with SECRET_KEY, so nobody can work it out from the database.
    """
    number = int.from_bytes(
        salted_hmac("inquiries.first_code", str(uuid), algorithm="sha256").digest(), "big"
    )
    characters = []
    for _ in range(LENGTH):
        number, index = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[index])
    return "".join(characters)


def shown(code: str) -> str:
    """In two groups, to read out and to write down: "K7Q 4M9"."""
    return f"{code[:3]} {code[3:]}"


def hash_of(code: str, uuid: UUID) -> str:
    """Keyed with SECRET_KEY, so that nobody finds the code of a row in a stolen dump by trying all."""
    characters = "".join(c for c in code.upper() if c.isalnum())
    return salted_hmac("inquiries.reading_code", f"{uuid}|{characters}", algorithm="sha256").hexdigest()


def is_right(code: str, uuid: UUID, stored: str) -> bool:
    return bool(stored) and constant_time_compare(hash_of(code, uuid), stored)


def for_sender(uuid: UUID, stored: str) -> str:
    """The first code as it's shown, for the confirmation; "" once the desk has given out another."""
    code = first(uuid)
    return shown(code) if is_right(code, uuid, stored) else ""

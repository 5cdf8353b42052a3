"""Text encrypted at rest with AES-256-GCM, so that a stolen disk, dump or replica holds no patient's words.

Each text is bound to its place: the table, row and column, and what its model names in `sealed_with` (whose
message it is). Moved elsewhere, beside other values, or under another key, it is an error and never text.
Older texts were bound to table, `uuid` and column alone: they can be read, and `manage.py rotate_field_keys`
binds them like the others. Keys are in settings.FIELD_KEYS, apart from SECRET_KEY; that command renews them.
"""

import json
import logging
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext

logger = logging.getLogger(__name__)

BOUND_TO_ROW = ".2"  # the form of a field's texts; before, they had none
NONCE_LENGTH = 12  # bytes, as NIST SP 800-38D recommends; random, so good for 2**32 texts a key


class UnreadableText(Exception):
    """The text was moved, changed, or sealed with a key that is not among settings.FIELD_KEYS."""


def seal(text: str, context: str, form: str = "") -> bytes:
    """Encrypt `text` for the place that `context` names: key id and form, ":", nonce, ciphertext and tag."""
    return seal_with(next(iter(settings.FIELD_KEYS)), text, context, form)


def seal_with(key_id: str, text: str, context: str, form: str = "") -> bytes:
    head, nonce = f"{key_id}{form}", os.urandom(NONCE_LENGTH)
    sealed = _cipher(key_id).encrypt(nonce, text.encode(), _bound_to(head, context))
    return head.encode() + b":" + nonce + sealed


def unseal(data: bytes, context: str) -> str:
    """The text that `seal` was given; UnreadableText if anything about it is not as it was."""
    head, _, rest = bytes(data).partition(b":")
    try:
        name = head.decode()
        cipher = _cipher(name.partition(".")[0])  # names of keys have no dots
        text = cipher.decrypt(rest[:NONCE_LENGTH], rest[NONCE_LENGTH:], _bound_to(name, context))
    except (InvalidTag, KeyError, UnicodeDecodeError, ValueError) as error:
        raise UnreadableText(f"the text at {context} cannot be read") from error
    return text.decode()


def readable(read):
    """`read()`, or a sentence: one damaged text must not hide a whole list from the people who work on it."""
    try:
        return read()
    except UnreadableText as error:
        logger.error("%s", error)
        return gettext(
            "This text can't be read: it was changed, or the server doesn't have its key."
            " Please tell your IT person."
        )


def _cipher(key_id):
    return _cipher_of(settings.FIELD_KEYS[key_id])


@lru_cache(maxsize=16)
def _cipher_of(key):
    return AESGCM(key)


def _bound_to(head: str, context: str) -> bytes:
    return f"{head}|{context}".encode()


class Sealed(bytes):
    """An encrypted text as stored. Its repr and str never show the bytes."""

    def __repr__(self):
        return "<sealed>"

    __str__ = __repr__


class EncryptedAttribute(DeferredAttribute):
    """Reads as text: unseals on first use, for only the instance knows what it is bound to."""

    def __get__(self, instance, cls=None):
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = self.field.unseal(value, instance)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.Field):
    """A text column of a model with a `uuid`, and in `sealed_with` the names of what else a text is bound to.

    It cannot be filtered by, nor updated past `save()`.
    Where it may be NULL, an empty text is.
    """

    descriptor_class = EncryptedAttribute

    def get_internal_type(self):
        return "BinaryField"

    def contribute_to_class(self, cls, name, **options):
        """Adds `get_<name>_display()`, as Django does for choices: what a person is shown."""
        super().contribute_to_class(cls, name, **options)
        setattr(cls, f"get_{name}_display", lambda row: readable(lambda: getattr(row, name) or ""))

    def seal(self, text: str, row: Any) -> Sealed:
        """Encrypt `text` for `row`: an instance, or anything with its `uuid` and what `sealed_with` names."""
        return Sealed(seal(text, self.context(row), BOUND_TO_ROW))

    def unseal(self, data: bytes, row: Any) -> str:
        is_bound = bytes(data).partition(b":")[0].endswith(BOUND_TO_ROW.encode())
        try:
            return unseal(data, self.context(row) if is_bound else self.former_context(row))
        except UnreadableText as error:  # ends in logs, where no contact may stand
            raise UnreadableText(
                f"the text at {self.former_context(row)} cannot be read"
            ) from error.__cause__

    def context(self, row: Any) -> str:
        values = [getattr(row, name) for name in getattr(self.model, "sealed_with")]  # noqa: B009 (mypy)
        return f"{self.former_context(row)}|{json.dumps([*map(str, values)])}"

    def former_context(self, row: Any) -> str:
        return f"{self.model._meta.db_table}|{row.uuid}|{self.column}"

    def display(self, value: bytes | None, row: Any) -> str:
        """What a person is shown of what `values_list` gave; `row` as for `seal`."""
        return "" if value is None else readable(lambda: self.unseal(value, row))

    def from_db_value(self, value, expression, connection):
        return None if value is None else Sealed(value)

    def pre_save(self, instance, add):
        text = getattr(instance, self.attname)
        is_null = text is None or (self.null and not text)
        return None if is_null else self.seal(text, instance)

    def get_prep_value(self, value):
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(
                f"{self.name} is encrypted: it is written by save(), and nothing can look for it."
            )
        return value

    def get_db_prep_value(self, value, connection, prepared=False):
        value = self.get_prep_value(value)
        return None if value is None else bytes(value)

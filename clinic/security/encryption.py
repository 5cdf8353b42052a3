"""Encryption at rest with AES-256-GCM, so a stolen disk, dump or replica doesn't expose patients' texts.

Each text is bound to its context: table, row, column, and the fields in the model's `sealed_with` (which say
whose message it is). A text that was moved to another context, or whose key is unknown, can't be decrypted.
Older texts are bound to table, `uuid` and column only: they can be read, and `manage.py rotate_field_keys`,
which also rotates the keys (settings.FIELD_KEYS), binds them to the full context.
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

BOUND_TO_ROW = ".2"  # format suffix of texts with the full context; older ones have none
NONCE_LENGTH = 12  # bytes, recommended by NIST SP 800-38D; random ones are safe for 2**32 texts per key


class UnreadableText(Exception):
    """The text was moved, changed, or encrypted with a key that isn't in settings.FIELD_KEYS."""


def seal(text: str, context: str, form: str = "") -> bytes:
    """Encrypt `text` for `context`. Returns the key's name and form, ":", nonce, ciphertext and tag."""
    return seal_with(next(iter(settings.FIELD_KEYS)), text, context, form)


def seal_with(key_name: str, text: str, context: str, form: str = "") -> bytes:
    header, nonce = f"{key_name}{form}", os.urandom(NONCE_LENGTH)
    ciphertext = _cipher(key_name).encrypt(nonce, text.encode(), _associated_data(header, context))
    return header.encode() + b":" + nonce + ciphertext


def unseal(data: bytes, context: str) -> str:
    """Decrypt data from `seal`; raise UnreadableText if the data, context or keys have changed."""
    prefix, _, rest = bytes(data).partition(b":")
    try:
        header = prefix.decode()
        cipher = _cipher(header.partition(".")[0])  # key names have no dots
        text = cipher.decrypt(rest[:NONCE_LENGTH], rest[NONCE_LENGTH:], _associated_data(header, context))
    except (InvalidTag, KeyError, UnicodeDecodeError, ValueError) as error:
        raise UnreadableText(f"the text at {context} cannot be read") from error
    return text.decode()


def readable(read):
    """Return `read()`, or an explanation if the text is unreadable, so it doesn't break a whole list."""
    try:
        return read()
    except UnreadableText as error:
        logger.error("%s", error)
        return gettext(
            "This text can't be read: it was changed, or the server doesn't have its key."
            " Please tell your IT person."
        )


def _cipher(key_name):
    return _cipher_for_key(settings.FIELD_KEYS[key_name])


@lru_cache(maxsize=16)
def _cipher_for_key(key):
    return AESGCM(key)


def _associated_data(header: str, context: str) -> bytes:
    return f"{header}|{context}".encode()


class Sealed(bytes):
    """An encrypted text as stored; repr() and str() don't show the bytes."""

    def __repr__(self):
        return "<sealed>"

    __str__ = __repr__


class EncryptedAttribute(DeferredAttribute):
    """Decrypts the text on first access, since the context is only known from the instance."""

    def __get__(self, instance, cls=None):
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = self.field.unseal(value, instance)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.Field):
    """An encrypted text field of a model with a `uuid`; `sealed_with` names other fields it's bound to.

    It doesn't support filters, or updates other than by `save()`. A nullable field stores "" as NULL.
    """

    descriptor_class = EncryptedAttribute

    def get_internal_type(self):
        return "BinaryField"

    def contribute_to_class(self, cls, name, **options):
        """Add `get_<name>_display()`, which returns an explanation if the text is unreadable."""
        super().contribute_to_class(cls, name, **options)
        setattr(cls, f"get_{name}_display", lambda row: readable(lambda: getattr(row, name) or ""))

    def seal(self, text: str, row: Any) -> Sealed:
        """Encrypt `text` for `row`: an instance, or an object with `uuid` and `sealed_with` attributes."""
        return Sealed(seal(text, self.context(row), BOUND_TO_ROW))

    def unseal(self, data: bytes, row: Any) -> str:
        is_bound = bytes(data).partition(b":")[0].endswith(BOUND_TO_ROW.encode())
        try:
            return unseal(data, self.context(row) if is_bound else self.former_context(row))
        except UnreadableText as error:  # this is logged, and the full context can contain contact details
            raise UnreadableText(
                f"the text at {self.former_context(row)} cannot be read"
            ) from error.__cause__

    def context(self, row: Any) -> str:
        values = [getattr(row, name) for name in getattr(self.model, "sealed_with")]  # noqa: B009 (mypy)
        return f"{self.former_context(row)}|{json.dumps([*map(str, values)])}"

    def former_context(self, row: Any) -> str:
        return f"{self.model._meta.db_table}|{row.uuid}|{self.column}"

    def display(self, value: bytes | None, row: Any) -> str:
        """Return the text of a value from `values_list`, or an explanation; `row` as for `seal`."""
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
                f"{self.name} is encrypted: only save() can write it, and queries can't filter by it."
            )
        return value

    def get_db_prep_value(self, value, connection, prepared=False):
        value = self.get_prep_value(value)
        return None if value is None else bytes(value)

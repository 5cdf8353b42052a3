"""Text encrypted at rest with AES-256-GCM, so that a stolen disk, dump or replica holds no patient's words.

Each text is bound to its place (table, row, column): moved elsewhere, or under another key, it is an error
and never text. Keys are in settings.FIELD_KEYS, apart from SECRET_KEY; `manage.py rotate_field_keys` renews
them.
"""

import logging
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext

logger = logging.getLogger(__name__)

NONCE_LENGTH = 12  # bytes, as NIST SP 800-38D recommends; random, so good for 2**32 texts a key


class UnreadableText(Exception):
    """The text was moved, changed, or sealed with a key that is not among settings.FIELD_KEYS."""


def seal(text, context):
    """Encrypt `text` for the place that `context` names: key id, ":", nonce, ciphertext and tag, as bytes."""
    key_id = next(iter(settings.FIELD_KEYS))
    nonce = os.urandom(NONCE_LENGTH)
    sealed = _cipher(key_id).encrypt(nonce, text.encode(), _bound_to(key_id, context))
    return key_id.encode() + b":" + nonce + sealed


def unseal(data, context):
    """The text that `seal` was given; UnreadableText where anything about it is not as it was."""
    key_id, _, rest = bytes(data).partition(b":")
    try:
        name = key_id.decode()
        text = _cipher(name).decrypt(rest[:NONCE_LENGTH], rest[NONCE_LENGTH:], _bound_to(name, context))
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
            "This text cannot be read: it was changed, or the server lacks its key."
            " Please tell whoever looks after the server."
        )


def _cipher(key_id):
    return _cipher_of(settings.FIELD_KEYS[key_id])


@lru_cache(maxsize=16)
def _cipher_of(key):
    return AESGCM(key)


def _bound_to(key_id, context):
    return f"{key_id}|{context}".encode()


class Sealed(bytes):
    """A text as the database holds it. It shows itself to nobody."""

    def __repr__(self):
        return "<sealed>"

    __str__ = __repr__


class EncryptedAttribute(DeferredAttribute):
    """Reads as text: unseals on first use, for only the instance knows the row's uuid."""

    def __get__(self, instance, cls=None):
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = unseal(value, self.field.context(instance))
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.Field):
    """A text column of a model that has a `uuid`. It cannot be filtered by, nor updated past `save()`.

    Where it may be NULL, an empty text is.
    """

    descriptor_class = EncryptedAttribute

    def get_internal_type(self):
        return "BinaryField"

    def contribute_to_class(self, cls, name, **options):
        """Adds `get_<name>_display()`, as Django does for choices: what a person is shown."""
        super().contribute_to_class(cls, name, **options)
        setattr(cls, f"get_{name}_display", lambda row: readable(lambda: getattr(row, name) or ""))

    def context(self, instance):
        return self.place(instance.uuid)

    def place(self, uuid):
        return f"{self.model._meta.db_table}|{uuid}|{self.column}"

    def display(self, value, uuid):
        """What a person is shown of what `values_list` gave, for it knows no row."""
        return "" if value is None else readable(lambda: unseal(value, self.place(uuid)))

    def from_db_value(self, value, expression, connection):
        return None if value is None else Sealed(value)

    def pre_save(self, instance, add):
        text = getattr(instance, self.attname)
        is_null = text is None or (self.null and not text)
        return None if is_null else Sealed(seal(text, self.context(instance)))

    def get_prep_value(self, value):
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(
                f"{self.name} is encrypted: it is written by save(), and nothing can look for it."
            )
        return value

    def get_db_prep_value(self, value, connection, prepared=False):
        value = self.get_prep_value(value)
        return None if value is None else bytes(value)

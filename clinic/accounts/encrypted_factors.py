"""Encrypt the secrets of second factors with FIELD_KEYS, each bound to its account.

Moved to another account's row, a secret can't be read. allauth encrypts before it knows the row and decrypts
without naming one, so each secret that was loaded from a row carries the row's account.
"""

import base64

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models.signals import post_init, pre_save
from django.dispatch import receiver

from clinic.security.encryption import UnreadableText, seal, unseal

SECRETS = ["secret", "seed"]  # of the authenticator app, of the recovery codes
NO_ROW_YET = "mfa_authenticator|no row yet"


class BoundSecret(str):
    """An encrypted secret loaded from the row of one account."""

    def __new__(cls, sealed, user_id):
        text = super().__new__(cls, sealed)
        text.place = f"mfa_authenticator|{user_id}|data"
        return text


def encrypt(text, place=NO_ROW_YET):
    return base64.b64encode(seal(text, place)).decode()


def decrypt(sealed):
    return unseal(base64.b64decode(sealed), getattr(sealed, "place", NO_ROW_YET))


@receiver(post_init, sender=Authenticator)
def bind_loaded_secrets(instance, **kwargs):
    if instance.pk and "data" in instance.__dict__:
        for name in SECRETS:
            if name in instance.data:
                instance.data[name] = BoundSecret(instance.data[name], instance.user_id)


@receiver(pre_save, sender=Authenticator)
def bind(instance, **kwargs):
    for name in SECRETS:
        if name in instance.data and not isinstance(instance.data[name], BoundSecret):
            place = BoundSecret("", instance.user_id).place
            sealed = encrypt(decrypt(instance.data[name]), place)
            instance.data[name] = BoundSecret(sealed, instance.user_id)


@transaction.atomic
def reseal():
    """Encrypt all secrets again with the first of FIELD_KEYS; return (number, errors of unreadable ones)."""
    unreadable = []
    rows = Authenticator.objects.filter(data__has_any_keys=SECRETS).select_for_update()
    for row in rows:
        try:
            row.data |= {name: encrypt(decrypt(row.data[name])) for name in SECRETS if name in row.data}
        except UnreadableText as error:
            unreadable.append(str(error))
        else:
            row.save(update_fields=["data"])
    return len(rows) - len(unreadable), unreadable

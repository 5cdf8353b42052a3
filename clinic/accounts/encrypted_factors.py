"""What second factors keep as secrets, sealed with the keys that seal what patients write.

Each is bound to the account whose row it stands in: moved to another account's, it is an error. allauth
seals before it knows a row and unseals without naming one, so what a row holds carries the row's account.
"""

import base64

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models.signals import post_init, pre_save
from django.dispatch import receiver

from clinic.security.encryption import UnreadableText, seal, unseal

SECRETS = ["secret", "seed"]  # of the authenticator app, of the recovery codes
NO_ROW_YET = "mfa_authenticator|no row yet"


class OfAccount(str):
    """A sealed secret as the row of one account holds it."""

    def __new__(cls, sealed, user_id):
        text = super().__new__(cls, sealed)
        text.place = f"mfa_authenticator|{user_id}|data"
        return text


def encrypt(text, place=NO_ROW_YET):
    return base64.b64encode(seal(text, place)).decode()


def decrypt(sealed):
    return unseal(base64.b64decode(sealed), getattr(sealed, "place", NO_ROW_YET))


@receiver(post_init, sender=Authenticator)
def say_whose(instance, **kwargs):
    if instance.pk and "data" in instance.__dict__:
        for name in SECRETS:
            if name in instance.data:
                instance.data[name] = OfAccount(instance.data[name], instance.user_id)


@receiver(pre_save, sender=Authenticator)
def bind(instance, **kwargs):
    for name in SECRETS:
        if name in instance.data and not isinstance(instance.data[name], OfAccount):
            place = OfAccount("", instance.user_id).place
            sealed = encrypt(decrypt(instance.data[name]), place)
            instance.data[name] = OfAccount(sealed, instance.user_id)


@transaction.atomic
def seal_anew():
    """With the first of FIELD_KEYS: how many, and sentences about those that cannot be read."""
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

"""Second factors: their secrets are encrypted with FIELD_KEYS, and a session is kept in step with them.

Moved to another account's row, a secret can't be read. allauth encrypts before it knows the row and decrypts
without naming one, so each secret that was loaded from a row carries the row's account.
"""

import base64

from allauth.account.internal.flows.login import clear_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.signals import post_init, pre_save
from django.dispatch import receiver

from clinic.accounts.middleware import FACTORS
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


def reset_account(user: User) -> None:
    """Remove password and second factors: open sessions end, and only a new invitation opens the account."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()


@receiver(authenticator_added)
def record_new_factor(request, user, authenticator, **kwargs):
    """Setting up a factor counts as using it. The session gains rights, so it gets a new key."""
    if authenticator.type in FACTORS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=str(authenticator.type))
        request.session.cycle_key()


@receiver(authenticator_removed)
def forget_factors(request, user, **kwargs):
    """After the last factor is removed, the session opens nothing until another is set up."""
    if not is_mfa_enabled(user, FACTORS):
        clear_authentication_records(request)

"""Second factors: encryption of their secrets with FIELD_KEYS, and their effect on sessions.

A secret copied to another account's row can't be decrypted. Since allauth's hooks for encryption don't get
the row, secrets loaded from the database carry the account they're bound to.
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
UNSAVED_CONTEXT = "mfa_authenticator|no row yet"


class BoundSecret(str):
    """An encrypted secret that is bound to one account."""

    def __new__(cls, sealed, user_id):
        text = super().__new__(cls, sealed)
        text.context = f"mfa_authenticator|{user_id}|data"
        return text


def encrypt(text, context=UNSAVED_CONTEXT):
    return base64.b64encode(seal(text, context)).decode()


def decrypt(sealed):
    return unseal(base64.b64decode(sealed), getattr(sealed, "context", UNSAVED_CONTEXT))


@receiver(post_init, sender=Authenticator)
def bind_loaded_secrets(instance, **kwargs):
    if instance.pk and "data" in instance.__dict__:
        for name in SECRETS:
            if name in instance.data:
                instance.data[name] = BoundSecret(instance.data[name], instance.user_id)


@receiver(pre_save, sender=Authenticator)
def bind_new_secrets(instance, **kwargs):
    for name in SECRETS:
        if name in instance.data and not isinstance(instance.data[name], BoundSecret):
            context = BoundSecret("", instance.user_id).context
            sealed = encrypt(decrypt(instance.data[name]), context)
            instance.data[name] = BoundSecret(sealed, instance.user_id)


@transaction.atomic
def reseal():
    """Re-encrypt all secrets with the first of FIELD_KEYS; return (number of rows, error messages)."""
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
    """Remove the password and second factors. This ends all sessions; the user needs a new invitation."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()


@receiver(authenticator_added)
def record_new_factor(request, user, authenticator, **kwargs):
    """Count setting up a factor as using it, and cycle the session key, since the session gains rights."""
    if authenticator.type in FACTORS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=str(authenticator.type))
        request.session.cycle_key()


@receiver(authenticator_removed)
def revoke_sign_in_without_factors(request, user, **kwargs):
    """Require a new factor after the last one was removed."""
    if not is_mfa_enabled(user, FACTORS):
        clear_authentication_records(request)

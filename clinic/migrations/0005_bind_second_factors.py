"""Bind the secret of each second factor to its account.

`seal` and `unseal` are a frozen copy of clinic/security/encryption.py as of November 2026.
"""

import base64
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import migrations

NONCE_LENGTH = 12  # bytes

SECRETS = ["secret", "seed"]


def seal(text, context):
    key_id, key = next(iter(settings.FIELD_KEYS.items()))
    nonce = os.urandom(NONCE_LENGTH)
    return (
        f"{key_id}:".encode()
        + nonce
        + AESGCM(key).encrypt(nonce, text.encode(), f"{key_id}|{context}".encode())
    )


def unseal(data, context):
    key_id, _, rest = data.partition(b":")
    name = key_id.decode()
    nonce, sealed = rest[:NONCE_LENGTH], rest[NONCE_LENGTH:]
    return AESGCM(settings.FIELD_KEYS[name]).decrypt(nonce, sealed, f"{name}|{context}".encode()).decode()


def anywhere(user_id):
    return "mfa_authenticator|data"


def of_account(user_id):
    return f"mfa_authenticator|{user_id}|data"


def move(apps, before, after):
    rows = apps.get_model("mfa", "Authenticator").objects
    for pk, user_id, data in rows.filter(data__has_any_keys=SECRETS).values_list("pk", "user_id", "data"):
        for name in set(SECRETS) & set(data):
            text = unseal(base64.b64decode(data[name]), before(user_id))
            data[name] = base64.b64encode(seal(text, after(user_id))).decode()
        rows.filter(pk=pk).update(data=data)


def bind(apps, schema_editor):
    move(apps, anywhere, of_account)


def unbind(apps, schema_editor):
    move(apps, of_account, anywhere)


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0004_cache_table"),
        ("mfa", "0003_authenticator_type_uniq"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(bind, unbind)]

"""Secrets of second factors were sealed for no account in particular; from now on each is bound to its own."""

import base64

from django.conf import settings
from django.db import migrations

from clinic.security.encryption import seal, unseal

SECRETS = ["secret", "seed"]


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

"""What second factors keep as secrets, sealed with the keys that seal what patients write."""

import base64

from allauth.mfa.models import Authenticator
from django.db import transaction

from clinic.encryption import seal, unseal

PLACE = "mfa_authenticator|data"
SECRETS = ["secret", "seed"]


def encrypt(text):
    return base64.b64encode(seal(text, PLACE)).decode()


def decrypt(sealed):
    return unseal(base64.b64decode(sealed), PLACE)


@transaction.atomic
def seal_anew():
    """With the first of FIELD_KEYS. How many there were."""
    rows = Authenticator.objects.filter(data__has_any_keys=SECRETS).select_for_update()
    for row in rows:
        row.data |= {name: encrypt(decrypt(row.data[name])) for name in SECRETS if name in row.data}
        row.save(update_fields=["data"])
    return len(rows)

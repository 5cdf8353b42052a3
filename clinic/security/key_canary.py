"""Samples encrypted with each key of settings.FIELD_KEYS, stored in the database and decrypted at start-up.

If a key is mistyped, mixed up or missing, the process exits with an explanation, before patients' messages
are encrypted with it or shown as unreadable.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, models, transaction
from django.db.backends.signals import connection_created

from clinic.errors import DATABASE_UNAVAILABLE
from clinic.security.encryption import UnreadableText, seal_with, unseal

TEXT = "This key fits."


class KeyCanary(models.Model):
    """A sample for each key that was ever used with this database."""

    name = models.CharField(max_length=100, primary_key=True)
    sealed = models.BinaryField()

    class Meta:
        app_label = "clinic"
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    def verify(self) -> None:
        if self.name not in settings.FIELD_KEYS:
            raise ImproperlyConfigured(
                f"FIELD_KEYS lacks the key “{self.name}”, which was used to encrypt texts in this database."
                " Add it again after the current key. To get rid of it, run `manage.py rotate_field_keys`."
            )
        try:
            unseal(bytes(self.sealed), context(self.name))
        except UnreadableText:
            raise ImproperlyConfigured(
                f"The key “{self.name}” in FIELD_KEYS is not the one that was used with this database under"
                " that name, so patients' messages can't be decrypted. Set the key that was used before."
            ) from None


def context(name: str) -> str:
    return f"clinic_keycanary|{name}"


def check() -> None:
    """Create canaries for new keys; raise ImproperlyConfigured if a key is missing or was replaced."""
    try:
        with transaction.atomic():
            known = set(KeyCanary.objects.values_list("name", flat=True))
    except ProgrammingError:  # not migrated yet
        return
    KeyCanary.objects.bulk_create(
        [
            KeyCanary(name=name, sealed=seal_with(name, TEXT, context(name)))
            for name in settings.FIELD_KEYS
            if name not in known
        ],
        ignore_conflicts=True,  # other processes can be starting at the same time
    )
    for canary in KeyCanary.objects.all():
        canary.verify()


def check_at_start() -> None:
    """Exit with an explanation if the keys are wrong. If the database is down, check once it's available."""
    try:
        check()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from None
    except DATABASE_UNAVAILABLE:
        connection_created.connect(check_when_connected)


def check_when_connected(connection: Any, **kwargs: Any) -> None:
    """Close the connection if the keys are wrong."""
    try:
        check()
    except ImproperlyConfigured:
        connection.close()
        raise
    connection_created.disconnect(check_when_connected)


def delete_former_canaries() -> None:
    """Delete the canaries of former keys after all texts were encrypted with the current key."""
    KeyCanary.objects.exclude(name=next(iter(settings.FIELD_KEYS))).delete()

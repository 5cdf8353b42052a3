"""The database holds a text sealed with each key of settings.FIELD_KEYS, which is opened at start-up.

So a key that was mistyped, mixed up or left out stops the start with a sentence, before patients' messages
are sealed with it or shown as unreadable.
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
    """One row a key that has sealed anything in this database."""

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
                f"FIELD_KEYS lacks the key “{self.name}”, which has sealed texts in this database. Put it"
                " back, behind the current one: `manage.py rotate_field_keys` makes it dispensable."
            )
        try:
            unseal(bytes(self.sealed), context(self.name))
        except UnreadableText:
            raise ImproperlyConfigured(
                f"The key “{self.name}” in FIELD_KEYS is not the one that this database knows by that name:"
                " what patients wrote could not be read. Set the key that was used before."
            ) from None


def context(name: str) -> str:
    return f"clinic_keycanary|{name}"


def check() -> None:
    """ImproperlyConfigured if a key is missing or another one than before; new keys get a canary."""
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
        ignore_conflicts=True,  # another process that starts at this moment
    )
    for canary in KeyCanary.objects.all():
        canary.verify()


def check_at_start() -> None:
    """Stop with one sentence where the keys are wrong; without the database, check once it's there."""
    try:
        check()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from None
    except DATABASE_UNAVAILABLE:
        connection_created.connect(check_when_connected)


def check_when_connected(connection: Any, **kwargs: Any) -> None:
    """Refuse a connection until the keys are known to fit."""
    try:
        check()
    except ImproperlyConfigured:
        connection.close()
        raise
    connection_created.disconnect(check_when_connected)


def delete_former_canaries() -> None:
    """Every text is sealed with the current key now: the others may be taken away."""
    KeyCanary.objects.exclude(name=next(iter(settings.FIELD_KEYS))).delete()

"""Restores backups into an empty database; refuses those that don't fit this installation."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from clinic.operations.backups import BackupError, archive, erasures, postgresql
from clinic.operations.expand_contract import known_migrations
from clinic.security import key_canary


def restore(path: Path) -> dict[str, Any]:
    """Restore an archive; return its manifest, with the numbers of `media` files and rows `erased_again`."""
    if not path.is_file():
        raise BackupError(f"There is no file {path}.")
    if not postgresql.is_empty():
        raise BackupError(
            "The database is not empty, and a restore never overwrites."
            " Create a new database, and name it in DATABASE_URL."
        )
    with _unpacked(path) as (folder, manifest, erased):
        load(folder / archive.DUMP, manifest)
        _verify_keys()
        manifest["media"] = _restore_media(folder / archive.MEDIA)
    call_command("migrate", interactive=False, verbosity=0)  # the archive can be of an older version
    Session.objects.all().delete()  # users who signed out since the backup stay signed out
    manifest["erased_again"] = erasures.replay(erased)
    return manifest


def _verify_keys() -> None:
    """Raise BackupError if a key of FIELD_KEYS has the right name but a typing error."""
    try:
        key_canary.check()
    except ImproperlyConfigured as error:
        raise BackupError(str(error)) from None


def check(path: Path) -> dict[str, Any]:
    """Return an archive's manifest; raise BackupError if this version can't restore it."""
    with _unpacked(path) as (_folder, manifest, _erased):
        return manifest


@contextmanager
def _unpacked(path: Path) -> Iterator[tuple[Path, dict[str, Any], dict[str, set[str]]]]:
    """Yield an archive's files, its manifest and all erasures; raise BackupError if it doesn't fit."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        manifest = archive.unpack(path, Path(folder))
        refuse_mismatch(manifest)
        yield Path(folder), manifest, erasures.read_all()


def refuse_mismatch(manifest: dict[str, Any]) -> None:
    if missing := set(manifest["keys"]) - settings.FIELD_KEYS.keys():
        raise BackupError(
            f"FIELD_KEYS lacks {', '.join(sorted(missing))}: what patients wrote could not be decrypted."
            " Add the keys that were in use when the backup was created."
        )
    if unknown := set(manifest["migrations"]) - known_migrations(MigrationLoader(None)):
        raise BackupError(
            f"The backup is of a newer version, {manifest['version']}; this one, {settings.VERSION}, has no"
            f" {min(unknown)}. Install that version first."
        )
    if postgresql.major_version() < manifest["postgresql"]:
        raise BackupError(
            f"The backup is of PostgreSQL {manifest['postgresql']}; this server is older"
            f" ({postgresql.major_version()})."
        )


def load(dump: Path, manifest: dict[str, Any]) -> None:
    """Load a dump into the connected, empty database; raise BackupError if row counts differ."""
    postgresql.load(dump)
    counts = postgresql.count_rows()
    if counts != manifest["counts"]:
        table = min(dict(counts.items() ^ manifest["counts"].items()))
        raise BackupError(
            f"{table} has {counts.get(table, 'no')} rows, and had {manifest['counts'].get(table, 'no')}"
            " when it was backed up."
        )


def _restore_media(folder: Path) -> int:
    files = [file for file in folder.rglob("*") if file.is_file()]
    for file in files:
        name = str(file.relative_to(folder))
        if default_storage.exists(name):
            default_storage.delete(name)
        with file.open("rb") as source:
            default_storage.save(name, File(source))
    return len(files)

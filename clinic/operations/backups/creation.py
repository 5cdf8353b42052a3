"""Make a backup, and prove it."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.storage import Storage, default_storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from clinic.models.operations import Backup
from clinic.operations.backups import BackupError, archive, postgresql, restoring, storage

# What a restored database has to stand, beside having the same numbers of rows; other apps register theirs.
# Each raises an exception with a sentence.
proofs: list[Callable[[], None]] = []


def make() -> Backup:
    """Write an archive of the database, as of one moment, and of the media files."""
    archive.key()  # refuses before anything is written
    folder = Path(settings.BACKUP_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    made_at = timezone.now().replace(microsecond=0)
    path = folder / archive.name_at(made_at)
    with tempfile.TemporaryFile(dir=folder) as dump:  # unnamed, so it's deleted in any case
        counts = _dump(dump)
        with archive.writing(path) as writer:
            size = dump.tell()
            dump.seek(0)
            writer.add(archive.DUMP, dump, size)
            _add_media(writer)
            writer.finish(_manifest(made_at, counts))
    return Backup.objects.create(archive=path.name, made_at=made_at, size=path.stat().st_size, counts=counts)


def _dump(target) -> dict[str, int]:
    """Dump the database, and count its rows in the same snapshot."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            [snapshot] = cursor.fetchone()
        counts = postgresql.count_rows()
        postgresql.run("pg_dump", "--format=custom", f"--snapshot={snapshot}", stdout=target)
    target.seek(0, 2)
    return counts


def _add_media(writer: archive.Writer) -> None:
    for name in media_files(default_storage):
        with default_storage.open(name) as file:
            writer.add(f"{archive.MEDIA}{name}", file, default_storage.size(name))


def media_files(storage: Storage, folder: str = "") -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}/{name}".lstrip("/")
    for name in sorted(folders):
        yield from media_files(storage, f"{folder}/{name}".lstrip("/"))


def _manifest(made_at, counts: dict[str, int]) -> dict:
    migrations = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
    return {
        "made_at": made_at.isoformat(),
        "version": settings.VERSION,
        "postgresql": postgresql.major_version(),
        "migrations": migrations,
        "counts": counts,
        "keys": list(settings.FIELD_KEYS),  # their names
    }


@contextmanager
def _problem_noted(backup: Backup, what: str) -> Iterator[None]:
    """Store a problem with the backup, for the site checks; raise it."""
    try:
        yield
    except Exception as error:  # whatever a second place's library raises, too
        backup.problem = f"{backup.archive} {what}: {error}"
        backup.save()
        raise BackupError(backup.problem) from error


def copy(backup: Backup) -> None:
    """Copy a backup to the second place, if there is one."""
    with _problem_noted(backup, "could not be copied to BACKUP_COPY_TO"):
        storage.copy(backup.archive)


def prove(backup: Backup) -> None:
    """Restore a backup into a scratch database, and compare."""
    began = time.monotonic()
    with _problem_noted(backup, "is not proven"):
        path = Path(settings.BACKUP_DIR) / backup.archive
        with tempfile.TemporaryDirectory(dir=settings.BACKUP_DIR) as folder:
            manifest = archive.unpack(path, Path(folder))
            with postgresql.scratch_database("proof"):
                restoring.load(Path(folder) / archive.DUMP, manifest)
                for proof in proofs:
                    proof()
    backup.proven_at, backup.proof_seconds = timezone.now(), time.monotonic() - began
    backup.problem = ""
    backup.save()


def forget_removed() -> None:
    """Delete the records of removed archives."""
    Backup.objects.exclude(archive__in=storage.archives(storage.first())).delete()

"""Creates backups and proves that they can be restored."""

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

# Further checks of a restored database, registered by other apps. Each raises an exception on failure.
proofs: list[Callable[[], None]] = []


def create() -> Backup:
    """Archive a consistent snapshot of the database, and the media files."""
    archive.key()  # fail early if it isn't set
    folder = Path(settings.BACKUP_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    made_at = timezone.now().replace(microsecond=0)
    path = folder / archive.name_for(made_at)
    with tempfile.TemporaryFile(dir=folder) as dump:  # has no name, so a crash leaves nothing behind
        counts = _dump(dump)
        with archive.create(path) as writer:
            size = dump.tell()
            dump.seek(0)
            writer.add(archive.DUMP, dump, size)
            _add_media(writer)
            writer.finish(_manifest(made_at, counts))
    return Backup.objects.create(archive=path.name, made_at=made_at, size=path.stat().st_size, counts=counts)


def _dump(target) -> dict[str, int]:
    """Dump the database and return the number of rows in each table, both from the same snapshot."""
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
        "keys": list(settings.FIELD_KEYS),  # names only
    }


@contextmanager
def _recorded_problem(backup: Backup, failure: str) -> Iterator[None]:
    """Save any error on the backup, for the site checks, and raise it as BackupError."""
    try:
        yield
    except Exception as error:  # storage libraries raise their own types
        backup.problem = f"{backup.archive} {failure}: {error}"
        backup.save()
        raise BackupError(backup.problem) from error


def copy(backup: Backup) -> None:
    """Copy a backup to BACKUP_COPY_TO, if it's set."""
    with _recorded_problem(backup, "could not be copied to BACKUP_COPY_TO"):
        storage.copy_to_secondary(backup.archive)


def remove_old_copies(backup: Backup) -> None:
    with _recorded_problem(backup, "was copied, but older copies could not be removed"):
        if copies := storage.secondary():
            storage.remove_old(copies)


def prove(backup: Backup) -> None:
    """Restore a backup into a scratch database and verify it."""
    started = time.monotonic()
    with _recorded_problem(backup, "is not proven"):
        path = Path(settings.BACKUP_DIR) / backup.archive
        with tempfile.TemporaryDirectory(dir=settings.BACKUP_DIR) as folder:
            manifest = archive.unpack(path, Path(folder))
            with postgresql.scratch_database("proof"):
                restoring.load(Path(folder) / archive.DUMP, manifest)
                for proof in proofs:
                    proof()
    backup.proven_at, backup.proof_seconds = timezone.now(), time.monotonic() - started
    backup.save()


def delete_stale_records() -> None:
    """Delete the records of removed archives."""
    Backup.objects.exclude(archive__in=storage.archives(storage.primary())).delete()

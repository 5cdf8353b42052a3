"""Storage of backups: BACKUP_DIR and, for copies, BACKUP_COPY_TO (a folder or s3://bucket/prefix)."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage
from django.utils.module_loading import import_string

from clinic.operations.backups import BackupError, archive

# Keep all recent archives: one from before an upgrade mustn't replace the proven one of the night.
KEEP_ALL_FOR = timedelta(days=2)
# Keep the newest archive of each of the last 7 days, 4 weeks and 12 months.
RETENTION: list[tuple[int, Callable[[datetime], tuple[int, ...]]]] = [
    (7, lambda time: (time.year, time.month, time.day)),
    (4, lambda time: tuple(time.isocalendar())[:2]),
    (12, lambda time: (time.year, time.month)),
]


def primary() -> Storage:
    return FileSystemStorage(location=settings.BACKUP_DIR, file_permissions_mode=0o600)


def secondary() -> Storage | None:
    target = settings.BACKUP_COPY_TO
    if not target:
        return None
    if not target.startswith("s3://"):
        if Path(target).resolve() == Path(settings.BACKUP_DIR).resolve():
            raise BackupError("BACKUP_COPY_TO is BACKUP_DIR itself: that copy would be no backup.")
        return FileSystemStorage(location=target, file_permissions_mode=0o600)
    url = urlsplit(target)
    storage_class = import_string("storages.backends.s3.S3Storage")
    return storage_class(
        bucket_name=url.netloc, location=url.path.strip("/"), default_acl=None, file_overwrite=True
    )


def copy_to_secondary(name: str) -> None:
    copies = secondary()
    if copies is None:
        return
    with primary().open(name) as file:
        copies.save(name, File(file))
    if copies.size(name) != primary().size(name):
        raise BackupError(f"The copy of {name} is incomplete.")


def archives(location: Storage) -> list[str]:
    """Return the names of a storage's archives, oldest first."""
    try:
        _folders, files = location.listdir("")
    except FileNotFoundError:
        return []
    return sorted(name for name in files if archive.parse_timestamp(name))


def archives_to_keep(names: Iterable[str]) -> set[str]:
    """Return the archives that the retention policy keeps."""
    newest_first = sorted(names, reverse=True)
    timestamps = {name: archive.parse_timestamp(name) for name in newest_first}
    newest = max(filter(None, timestamps.values()), default=None)
    kept = {name for name, at in timestamps.items() if at and newest and newest - at < KEEP_ALL_FOR}
    for number, period_of in RETENTION:
        newest_of: dict[tuple[int, ...], str] = {}
        for name in newest_first:
            newest_of.setdefault(period_of(timestamps[name]), name)  # type: ignore[arg-type]
        kept.update(list(newest_of.values())[:number])
    return kept


def remove_old(location: Storage) -> list[str]:
    names = archives(location)
    removed = sorted(set(names) - archives_to_keep(names))
    for name in removed:
        location.delete(name)
    return removed

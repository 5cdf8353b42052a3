"""Where backups lie: BACKUP_DIR, and a second place, BACKUP_COPY_TO (a folder, or s3://bucket/prefix)."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage
from django.utils.module_loading import import_string

from clinic.operations.backups import BackupError, archive

# All of the last days: one that an upgrade makes in a hurry mustn't push out the proven one of the night.
ALL_OF = timedelta(days=2)
# How many days, weeks and months keep their newest archive.
KEPT: list[tuple[int, Callable[[datetime], tuple[int, ...]]]] = [
    (7, lambda moment: (moment.year, moment.month, moment.day)),
    (4, lambda moment: tuple(moment.isocalendar())[:2]),
    (12, lambda moment: (moment.year, moment.month)),
]


def first() -> Storage:
    return FileSystemStorage(location=settings.BACKUP_DIR, file_permissions_mode=0o600)


def second() -> Storage | None:
    address = settings.BACKUP_COPY_TO
    if not address:
        return None
    if not address.startswith("s3://"):
        if Path(address).resolve() == Path(settings.BACKUP_DIR).resolve():
            raise BackupError("BACKUP_COPY_TO is BACKUP_DIR itself: a copy beside the original is none.")
        return FileSystemStorage(location=address, file_permissions_mode=0o600)
    url = urlsplit(address)
    storage = import_string("storages.backends.s3.S3Storage")
    return storage(
        bucket_name=url.netloc, location=url.path.strip("/"), default_acl=None, file_overwrite=True
    )


def all_places() -> list[Storage]:
    copies = second()
    return [first(), *([copies] if copies else [])]


def copy(name: str) -> None:
    place = second()
    if place is None:
        return
    with first().open(name) as file:
        place.save(name, File(file))
    if place.size(name) != first().size(name):
        raise BackupError(f"The copy of {name} in the second place is not whole.")


def archives(place: Storage) -> list[str]:
    """Their names, oldest first."""
    try:
        _folders, files = place.listdir("")
    except FileNotFoundError:
        return []
    return sorted(name for name in files if archive.moment_of(name))


def to_keep(names: Iterable[str]) -> set[str]:
    """All archives of the last two days, and the newest of each of the last days, weeks and months."""
    newest_first = sorted(names, reverse=True)
    moments = {name: archive.moment_of(name) for name in newest_first}
    newest = max(filter(None, moments.values()), default=None)
    kept = {name for name, moment in moments.items() if moment and newest and newest - moment < ALL_OF}
    for number, period_of in KEPT:
        newest_of: dict[tuple[int, ...], str] = {}
        for name in newest_first:
            newest_of.setdefault(period_of(moments[name]), name)  # type: ignore[arg-type]
        kept.update(list(newest_of.values())[:number])
    return kept


def remove_old() -> list[str]:
    removed = []
    for place in all_places():
        names = archives(place)
        for name in set(names) - to_keep(names):
            place.delete(name)
            removed.append(name)
    return removed

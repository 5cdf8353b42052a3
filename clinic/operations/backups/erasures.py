"""A journal of erasures, stored with the backups, so that a restore can repeat them.

Each storage has one small file per erasure, which contains only the IDs of rows.
"""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils import timezone

from clinic.operations.backups import BackupError, storage

logger = logging.getLogger(__name__)
FOLDER = "erasures"

# Functions that erase these UUIDs again and return the number of rows, by kind; other apps register theirs.
replays: dict[str, Callable[[list[str]], int]] = {}


def record(kind: str, uuids: list[str]) -> None:
    """Record an erasure. A failure is only logged, as it mustn't stop the erasure itself."""
    now = timezone.now()
    entry = json.dumps({"kind": kind, "at": now.isoformat(), "uuids": uuids})
    name = f"{FOLDER}/{now:%Y%m%dT%H%M%S}-{uuid4().hex[:8]}.json"
    for find in (storage.primary, storage.secondary):
        try:
            if location := find():
                location.save(name, ContentFile(entry))
        except Exception as error:  # storage libraries raise their own types
            logger.error("an erasure was not recorded with the backups: %s", type(error).__name__)


def read_all() -> dict[str, set[str]]:
    """Return the UUIDs that were ever erased by kind, from the journals of all storages.

    Raise BackupError if one can't be read: a restore without it would bring back what was erased.
    """
    found: dict[str, set[str]] = {}
    with _explained("BACKUP_DIR"):
        _read(storage.primary(), found)
    with _explained("BACKUP_COPY_TO"):
        if copies := storage.secondary():
            if not any(copies.listdir("")):
                raise BackupError("it's empty. Is it mounted?")
            _read(copies, found)
    return found


def _read(location: Storage, found: dict[str, set[str]]) -> None:
    try:
        _folders, names = location.listdir(FOLDER)
    except FileNotFoundError:
        return
    for name in names:
        with location.open(f"{FOLDER}/{name}") as file:
            try:
                entry = json.load(file)
            except ValueError as error:
                raise BackupError(f"{name} is damaged ({error})") from None
        found.setdefault(entry["kind"], set()).update(entry["uuids"])


@contextmanager
def _explained(place: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # storage libraries raise their own types
        raise BackupError(
            f"Inquiries that were erased since the backup would come back, because the journal of erasures in"
            f" {place} can't be read: {error}"
        ) from error


def replay(erased: dict[str, set[str]]) -> int:
    """Repeat the erasures that `read_all` returned, and return the number of rows."""
    return sum(replays[kind](sorted(uuids)) for kind, uuids in erased.items() if kind in replays)

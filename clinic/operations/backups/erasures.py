"""A journal of erasures, stored with the backups, so that a restore can repeat them.

Each storage has one small file per erasure, which contains only the IDs of rows.
"""

import json
import logging
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils import timezone

from clinic.operations.backups import storage

logger = logging.getLogger(__name__)
FOLDER = "erasures"

# Functions that erase these UUIDs again and return the number of rows, by kind; other apps register theirs.
replays: dict[str, Callable[[list[str]], int]] = {}


def record(kind: str, uuids: list[str]) -> None:
    """Record an erasure. A failure is only logged, as it mustn't stop the erasure itself."""
    now = timezone.now()
    entry = json.dumps({"kind": kind, "at": now.isoformat(), "uuids": uuids})
    name = f"{FOLDER}/{now:%Y%m%dT%H%M%S}-{uuid4().hex[:8]}.json"
    try:
        for location in storage.all_locations():
            location.save(name, ContentFile(entry))
    except Exception as error:  # storage libraries raise their own types
        logger.error("an erasure was not recorded with the backups: %s", type(error).__name__)


def since(moment: datetime) -> dict[str, set[str]]:
    """Return the UUIDs erased since `moment` by kind, from the journals of all storages."""
    found: dict[str, set[str]] = {}
    for location in storage.all_locations():
        for name in _names(location):
            with location.open(f"{FOLDER}/{name}") as file:
                entry = json.load(file)
            if datetime.fromisoformat(entry["at"]) >= moment:
                found.setdefault(entry["kind"], set()).update(entry["uuids"])
    return found


def _names(location: Storage) -> list[str]:
    try:
        return location.listdir(FOLDER)[1]
    except FileNotFoundError:
        return []


def replay(moment: datetime) -> int:
    """Repeat the erasures made since `moment`, and return the number of rows."""
    return sum(replays[kind](sorted(uuids)) for kind, uuids in since(moment).items() if kind in replays)

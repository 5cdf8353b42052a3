"""A journal of erasures, kept with the backups: a restore mustn't bring back what was erased.

One small file an erasure, with the ids of rows and nothing else, in each of the places where backups lie.
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

# kind → what erases these uuids again; other apps register theirs.
replays: dict[str, Callable[[list[str]], int]] = {}


def note(kind: str, uuids: list[str]) -> None:
    """Write down that these were erased. It mustn't keep anything from being erased."""
    now = timezone.now()
    entry = json.dumps({"kind": kind, "at": now.isoformat(), "uuids": uuids})
    name = f"{FOLDER}/{now:%Y%m%dT%H%M%S}-{uuid4().hex[:8]}.json"
    try:
        for place in storage.all_places():
            place.save(name, ContentFile(entry))
    except Exception as error:  # whatever a second place's library raises
        logger.error("an erasure was not noted with the backups: %s", type(error).__name__)


def since(moment: datetime) -> dict[str, set[str]]:
    """kind → uuids of everything erased since then, from the journals of all places."""
    found: dict[str, set[str]] = {}
    for place in storage.all_places():
        for name in _names(place):
            with place.open(f"{FOLDER}/{name}") as file:
                entry = json.load(file)
            if datetime.fromisoformat(entry["at"]) >= moment:
                found.setdefault(entry["kind"], set()).update(entry["uuids"])
    return found


def _names(place: Storage) -> list[str]:
    try:
        return place.listdir(FOLDER)[1]
    except FileNotFoundError:
        return []


def replay(moment: datetime) -> int:
    """Erase again what was erased since `moment`; how many rows that were."""
    return sum(replays[kind](sorted(uuids)) for kind, uuids in since(moment).items() if kind in replays)

"""The clinic's facts as this process last read them, for error pages while the database is unavailable.

They're also stored in a file, for processes that start during an outage.
"""

import os
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core import serializers
from django.db import Error, connections
from django.http import HttpRequest
from wagtail.blocks import StreamValue
from wagtail.models import Site

from clinic.models import ClinicSettings

known: dict[str, Any] = {}


def clinic() -> ClinicSettings | None:
    """Return the last known facts, or None."""
    return known.get("clinic")


def for_request(request: HttpRequest) -> ClinicSettings | None:
    """Return the clinic of the request's site, or the last known one if the database is unavailable."""
    with suppress(Error):
        remember(ClinicSettings.for_request(request))
    return clinic()


def recent() -> ClinicSettings | None:
    """Return the default site's clinic, cached for a second, or the last known one without the database."""
    with suppress(Error):
        remember(ClinicSettings.recent())
    return clinic()


def remember(clinic: ClinicSettings) -> None:
    """Cache the facts, and write them to the file if they have changed."""
    facts = comparable_facts(clinic)
    if facts != known.get("facts"):
        known["facts"] = facts
        # A full disk shouldn't break the page.
        with suppress(OSError):
            _write(serializers.serialize("json", [clinic]))
    known["clinic"] = clinic


def comparable_facts(clinic: ClinicSettings) -> list[Any]:
    """Return the field values. Serialization would give blocks without an id a new one each time."""
    values = [getattr(clinic, field.attname) for field in clinic._meta.concrete_fields]
    return [str([*value.raw_data]) if isinstance(value, StreamValue) else value for value in values]


def load() -> None:
    """Load the facts at process start, from the database or, if that's unavailable, from the file."""
    try:
        remember(ClinicSettings.current())
    except (Error, Site.DoesNotExist):
        with suppress(OSError, ValueError, serializers.base.DeserializationError):
            text = settings.CLINIC_FILE.read_text(encoding="utf-8")
            [read] = serializers.deserialize("json", text, ignorenonexistent=True)
            known["clinic"] = read.object
    connections.close_all()


def _write(text: str) -> None:
    temporary = settings.CLINIC_FILE.with_suffix(f".{os.getpid()}")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(settings.CLINIC_FILE)

"""The clinic's facts as this process last read them: error pages show them while the database is away.

A file keeps them for a process that starts meanwhile.
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
    """The facts last read; None if nothing is known."""
    return known.get("clinic")


def for_request(request: HttpRequest) -> ClinicSettings | None:
    """Return the clinic of the request's site; the last known one while the database is away, or None."""
    with suppress(Error):
        remember(ClinicSettings.for_request(request))
    return clinic()


def recent() -> ClinicSettings | None:
    """Return the default site's clinic, a second old at most; the last known one without the database."""
    with suppress(Error):
        remember(ClinicSettings.recent())
    return clinic()


def remember(clinic: ClinicSettings) -> None:
    """Keep the facts for later, and write them to the file where they have changed."""
    facts = facts_of(clinic)
    if facts != known.get("facts"):
        known["facts"] = facts
        # A full disk must not take the page with it.
        with suppress(OSError):
            _write(serializers.serialize("json", [clinic]))
    known["clinic"] = clinic


def facts_of(clinic: ClinicSettings) -> list[Any]:
    """The facts in a form that compares. Serialized, a block without an id would get a new one each time."""
    values = [getattr(clinic, field.attname) for field in clinic._meta.concrete_fields]
    return [str([*value.raw_data]) if isinstance(value, StreamValue) else value for value in values]


def load() -> None:
    """Read the facts when a process starts: from the database, or else from the file."""
    try:
        remember(ClinicSettings.current())
    except (Error, Site.DoesNotExist):
        with suppress(OSError, ValueError, serializers.base.DeserializationError):
            text = settings.CLINIC_FILE.read_text(encoding="utf-8")
            [read] = serializers.deserialize("json", text, ignorenonexistent=True)
            known["clinic"] = read.object
    connections.close_all()


def _write(text: str) -> None:
    """Write a new file and move it into place, so that nobody reads half of one."""
    unfinished = settings.CLINIC_FILE.with_suffix(f".{os.getpid()}")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(settings.CLINIC_FILE)

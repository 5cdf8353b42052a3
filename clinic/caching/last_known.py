"""The clinic as this process last read it, so that a page that says "something broke" still has the phone.

It stands in a file too, for a process that is started while the database is away.
"""

import os
from contextlib import suppress

from django.conf import settings
from django.core import serializers
from django.db import Error, connections
from wagtail.blocks import StreamValue
from wagtail.models import Site

from clinic.models import ClinicSettings

known = {}


def clinic():
    return known.get("clinic")


def remember(clinic):
    facts = facts_of(clinic)
    if facts != known.get("facts"):
        known["facts"] = facts
        # A full disk must not take the page with it.
        with suppress(OSError):
            _write(serializers.serialize("json", [clinic]))
    known["clinic"] = clinic


def facts_of(clinic):
    """To compare by, on each page. Written out, a block without an id would get another one each time."""
    values = [getattr(clinic, field.attname) for field in clinic._meta.concrete_fields]
    return [str([*value.raw_data]) if isinstance(value, StreamValue) else value for value in values]


def at_start():
    """From the database, or else as the file has it."""
    try:
        remember(ClinicSettings.current())
    except (Error, Site.DoesNotExist):
        with suppress(OSError, ValueError, serializers.base.DeserializationError):
            text = settings.CLINIC_FILE.read_text(encoding="utf-8")
            [read] = serializers.deserialize("json", text, ignorenonexistent=True)
            known["clinic"] = read.object
    connections.close_all()


def _write(text):
    """All of it or nothing, whoever reads or is killed meanwhile."""
    unfinished = settings.CLINIC_FILE.with_suffix(f".{os.getpid()}")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(settings.CLINIC_FILE)

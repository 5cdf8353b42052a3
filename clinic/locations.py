"""The clinic's offices, for apps that can't import the one that defines them (settings.LOCATIONS)."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from clinic.caching.per_second import cached_per_second
from clinic.models import ClinicSettings


def live() -> list[Any]:
    """Return the published pages of the offices, in order. Each has a `title` and a `place`."""
    return import_string(settings.LOCATIONS)()


@cached_per_second
def recent() -> list[Any]:
    """Return `live()`, cached for a second. Not for public pages, which are cached for longer."""
    return live()


@cached_per_second
def office_addresses() -> list[str]:
    """Return each office's title and address, as for a calendar; without offices, the clinic's address."""
    offices = [f"{page.title}, {page.place.address_line}" for page in recent()]
    return offices or [ClinicSettings.recent().address_line]

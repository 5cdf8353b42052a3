"""The clinic's offices, for apps that don't know the one that keeps them (settings.LOCATIONS)."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from clinic.caching.per_second import cached_per_second
from clinic.models import ClinicSettings


def live() -> list[Any]:
    """The public pages of the offices, in order: each a page with a `title` and a `place`."""
    return import_string(settings.LOCATIONS)()


@cached_per_second
def recent() -> list[Any]:
    """As `live`, at most a second old: for the front desk, and for what was sent."""
    return live()


@cached_per_second
def office_addresses() -> list[str]:
    """Each office with its address, as a calendar says it; without offices, the clinic's address."""
    offices = [f"{page.title}, {page.place.address_line}" for page in recent()]
    return offices or [ClinicSettings.recent().address_line]

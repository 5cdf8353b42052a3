"""The clinic's offices, for apps that don't know the one that keeps them (settings.LOCATIONS)."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


def offered() -> list[Any]:
    """The public pages of the offices, in order: each a page with a `title` and a `place`."""
    return import_string(settings.LOCATIONS)()

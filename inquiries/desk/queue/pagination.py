"""Keyset pagination for older inquiries: a list continues after a given inquiry, at the same cost anywhere.

Counting and turning pages would cost more the more inquiries there are.
"""

from contextlib import suppress
from datetime import datetime

from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.paginator import WagtailPaginator

from clinic.text.numbers import number_in

MAX_LISTED = 1000  # nobody turns pages further
PARAMETER = "before"


class CappedPaginator(WagtailPaginator):
    """Counts to MAX_LISTED at most."""

    @cached_property
    def count(self):
        return self.object_list.order_by()[:MAX_LISTED].count()

    @property
    def items_count_label(self) -> str:
        label = super().items_count_label
        return label.replace(str(self.count), f"{self.count:,}+") if self.count >= MAX_LISTED else label


def place_of(inquiry):
    """Its place in the archive's order, for an address."""
    return f"{inquiry.received_at.isoformat()}_{inquiry.pk}"


def read(place):
    """(received_at, pk); None for any other text."""
    received_at, _, pk = place.partition("_")
    if (number := number_in(pk)) is not None:
        # OverflowError: the first and last days of the calendar don't exist in every time zone.
        with suppress(ValueError, OverflowError):
            return timezone.localtime(datetime.fromisoformat(received_at)), number
    return None


def older(inquiries, place):
    """Inquiries after that place in the order; all of them for any other text."""
    if found := read(place):
        moment, pk = found
        return inquiries.filter(received_at__lte=moment).exclude(received_at=moment, pk__gte=pk)
    return inquiries

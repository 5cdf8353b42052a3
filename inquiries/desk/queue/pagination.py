"""Keyset pagination for older inquiries, which takes the same time at any depth."""

from contextlib import suppress
from datetime import datetime

from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.paginator import WagtailPaginator

from clinic.text.numbers import parse_number

MAX_LISTED = 1000
PARAMETER = "before"


class CappedPaginator(WagtailPaginator):
    """Paginator that counts at most MAX_LISTED items."""

    @cached_property
    def count(self):
        return self.object_list.order_by()[:MAX_LISTED].count()

    @property
    def items_count_label(self) -> str:
        label = super().items_count_label
        return label.replace(str(self.count), f"{self.count:,}+") if self.count >= MAX_LISTED else label


def cursor_for(inquiry):
    """Return the inquiry's position in the archive's order, for a URL."""
    return f"{inquiry.received_at.isoformat()}_{inquiry.pk}"


def parse_cursor(cursor):
    """Return (received_at, pk), or None if the cursor is invalid."""
    received_at, _, pk = cursor.partition("_")
    if (number := parse_number(pk)) is not None:
        # OverflowError: the first and last days of the calendar can't be converted to every time zone.
        with suppress(ValueError, OverflowError):
            return timezone.localtime(datetime.fromisoformat(received_at)), number
    return None


def older_than(inquiries, cursor):
    """Return the inquiries after the cursor, or all of them if the cursor is invalid."""
    if position := parse_cursor(cursor):
        moment, pk = position
        return inquiries.filter(received_at__lte=moment).exclude(received_at=moment, pk__gte=pk)
    return inquiries

"""Address, phone and opening hours, shared by the clinic and its locations."""

from datetime import timedelta
from functools import cached_property
from typing import Any
from urllib.parse import quote_plus
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.db.models.expressions import DatabaseDefault
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext, gettext_lazy as _
from wagtail import blocks

from clinic.opening_hours import OpeningHours, merge_spans
from clinic.text import phones

UPCOMING_PERIOD = timedelta(weeks=8)


class TimeSpanBlock(blocks.StructBlock):
    """A base for blocks with `opens` and `closes`."""

    def clean(self, value):
        value = super().clean(value)
        if value["opens"] >= value["closes"]:
            raise blocks.StructBlockValidationError(
                {"closes": ValidationError(_("Enter a closing time that is later than the opening time."))}
            )
        return value


class HoursBlock(TimeSpanBlock):
    """The same hours on one or more days of the week."""

    days = blocks.MultipleChoiceBlock(
        label=_("Days"),
        choices=[(str(day), name) for day, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    opens = blocks.TimeBlock(label=_("Opens"))
    closes = blocks.TimeBlock(label=_("Closes"))

    class Meta:
        icon = "time"
        label = _("Opening hours")


class ClosedDayBlock(blocks.StructBlock):
    date = blocks.DateBlock(label=_("Date"))
    name = blocks.CharBlock(label=_("Reason"), help_text=_("For example: Thanksgiving"), max_length=100)

    class Meta:
        icon = "date"
        label = _("Closed day")


class SpecialHoursBlock(TimeSpanBlock):
    """Special hours on one day, which can have several of these, for example around a lunch break."""

    date = blocks.DateBlock(label=_("Date"))
    name = blocks.CharBlock(label=_("Reason"), help_text=_("For example: open late"), max_length=100)
    opens = blocks.TimeBlock(label=_("Opens"))
    closes = blocks.TimeBlock(label=_("Closes"))

    class Meta:
        icon = "time"
        label = _("Special hours on one day")


WEEKLY_HOURS = [("hours", HoursBlock())]
SPECIAL_DAYS = [("closed", ClosedDayBlock()), ("hours", SpecialHoursBlock())]


def format_spans(spans) -> str:
    return ", ".join(
        f"{time_format(opens, 'g:i A')} – {time_format(closes, 'g:i A')}" for opens, closes in spans
    )


def clean_phone(instance: Model, name: str, *, optional: bool = False) -> None:
    """Raise ValidationError unless the field `name` has a valid phone number, or is optional and empty."""
    text = getattr(instance, name)
    if optional and (not text or isinstance(text, DatabaseDefault)):
        return
    try:
        phones.clean(text)
    except ValidationError as error:
        raise ValidationError({name: error}) from None


class Place:
    """A mixin for models with `phone`, address fields, `opening_hours`, `closed_days` and `time_zone`."""

    opening_hours: Any
    closed_days: Any
    time_zone: Any

    @cached_property
    def phone_display(self):
        return phones.display(self.phone)

    @cached_property
    def phone_uri(self):
        return phones.parse(self.phone).uri

    @property
    def address_line(self):
        region = f"{self.state} {self.postal_code}".strip()
        return ", ".join(part for part in (self.street_address, self.city, region) if part)

    @property
    def map_url(self):
        return f"https://www.openstreetmap.org/search?query={quote_plus(self.address_line)}"

    @property
    def special_days(self) -> list[Any]:
        """The blocks of `closed_days` that apply to this place."""
        return list(self.closed_days)

    @cached_property
    def hours(self) -> OpeningHours:
        """The opening hours as an OpeningHours object."""
        weekly, special, closed = {}, {}, set()
        for block in self.opening_hours:
            for day in block.value["days"]:
                weekly.setdefault(int(day), []).append((block.value["opens"], block.value["closes"]))
        for block in self.special_days:
            if block.block_type == "closed":
                closed.add(block.value["date"])
            else:
                span = (block.value["opens"], block.value["closes"])
                special.setdefault(block.value["date"], []).append(span)
        return OpeningHours(
            ZoneInfo(self.time_zone),
            # `merge_spans` merges overlapping hours.
            {day: merge_spans(spans) for day, spans in weekly.items()},
            frozenset(closed),
            {day: merge_spans(spans) for day, spans in special.items()},
        )

    def next_special_days(self) -> list[tuple]:
        """Return (date, name, hours) of the special days within UPCOMING_PERIOD."""
        today = self.hours.today
        names = {}
        for block in self.special_days:
            names.setdefault(block.value["date"], block.value["name"])
        return [
            (day, name, format_spans(self.hours.spans_on(day)) or _("Closed"))
            for day, name in sorted(names.items())
            if today <= day <= today + UPCOMING_PERIOD
        ]

    def hours_today(self) -> dict[str, str]:
        """Return {"day": "Monday", "hours": "8:00 AM – 5:00 PM"}; the day keeps cached pages correct."""
        today = self.hours.today
        hours = format_spans(self.hours.spans_on(today))
        return {"day": date_format(today, "l"), "hours": hours or gettext("closed")}

    @property
    def weekly_hours(self):
        """(days, hours) in the active language; consecutive days with the same hours share a line."""
        if not self.hours.weekly:  # hours not entered, which doesn't mean closed
            return []
        lines = []
        for day, name in WEEKDAYS.items():
            text = format_spans(self.hours.weekly.get(day, []))
            if lines and lines[-1][2] == text:
                lines[-1][1] = name
            else:
                lines.append([name, name, text])
        return [
            (first if first == last else f"{first} – {last}", text or _("Closed"))
            for first, last, text in lines
        ]

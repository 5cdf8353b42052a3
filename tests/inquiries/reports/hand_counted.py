"""Helpers that create dated inquiries, to compare figures with hand-counted numbers."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from clinic.models import ClinicSettings
from inquiries.models import DailyFigure, Inquiry
from tests.inquiries.desk.helpers import overwrite, receive, seen

MONDAY = date(2026, 3, 2)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a time in the clinic's time zone."""
    zone = ZoneInfo(ClinicSettings.current().time_zone)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)


def arrive(when: datetime, *, read_after=None, answered_after=None, **fields) -> Inquiry:
    """Return an inquiry received at `when`, and opened and answered by a call these minutes later."""
    answers = {name: fields.pop(name) for name in ["message", "topic"] if name in fields}
    count = Inquiry.objects.count()
    inquiry = receive(**{"message": f"Please call me about the visit {count}"} | answers)
    inquiry.events.update(at=when)
    fields = {"received_at": when, "due_at": when + timedelta(days=1)} | fields
    if read_after is not None:
        fields["opened_at"] = when + timedelta(minutes=read_after)
    if answered_after is not None:
        fields["call_attempts"] = 1
        later = when + timedelta(minutes=answered_after)
        inquiry.events.create(kind="call", detail="spoke", at=later)
    return overwrite(inquiry, **fields)


def close(inquiry: Inquiry, by, outcome="answered", was_urgent=None) -> None:
    inquiry.change_status("closed", outcome=outcome, was_urgent=was_urgent, by=by, seen=seen(inquiry))


def totals(first: date = MONDAY, last: date = MONDAY) -> dict:
    """Return the totals of these days, without empty measures."""
    measures = DailyFigure.objects.totals(first, last)
    return {str(measure): numbers for measure, numbers in measures.items() if numbers}

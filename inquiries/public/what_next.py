"""Tell the sender what happens next, as it is at this moment."""

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinic.opening_hours import OpeningHours
from inquiries.choices import Status
from inquiries.models import Inquiry
from inquiries.public.call_times import clock

TIME_TO_READ = timedelta(minutes=15)  # of opening hours: what comes just before we close is read the next day


def what_next(inquiry: Inquiry, hours: OpeningHours, now: datetime) -> dict[str, object]:
    """For the confirmation. To its sender, what was taken for spam looks like any other new message."""
    is_dealt_with = inquiry.status in {Status.WAITING, Status.CLOSED}
    return {
        "is_dealt_with": is_dealt_with,
        "is_late": not is_dealt_with and inquiry.due_at is not None and inquiry.due_at < now,
        "is_slowed_down": inquiry.is_slowed_down(),
        "reading": reading(hours, inquiry.received_at, now),
    }


def reading(hours: OpeningHours, received_at: datetime, now: datetime) -> str:
    """When a person reads what came at that moment; "" once that is over. The date holds on paper, too."""
    at = hours.after(received_at, TIME_TO_READ)
    if at is None:
        return ""
    days = (at.date() - now.astimezone(hours.time_zone).date()).days
    if days < 0:
        return ""
    opens, _closes = hours.of_day(at.date())[0]
    sentence = _("A person will read it %(day)s.")
    if opens > received_at:
        sentence = _("A person will read it %(day)s, from %(time)s.")
    day = date_format(at, "l, F j")
    if days < 2:
        day = (_("today, %(day)s") if days == 0 else _("tomorrow, %(day)s")) % {"day": day}
    return sentence % {"day": day, "time": clock(opens.astimezone(hours.time_zone).time())}

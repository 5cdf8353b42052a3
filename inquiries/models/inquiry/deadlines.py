"""The next step of an inquiry as text: "call now", "due in 2 h", "overdue by 1 day", "comes back …"."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext

from inquiries.choices import Status


class Due(NamedTuple):
    state: str  # "now", "overdue", "today", "later", "waiting" or ""
    text: str
    promised: str = ""  # the due time, if the state is "now"


def due(inquiry, now):
    if inquiry.needs_urgent_call:
        text = _("call now") if inquiry.phone else _("answer now")
        return Due("now", text, scheduled(inquiry, now).text)
    return scheduled(inquiry, now)


def scheduled(inquiry, now):
    return comes_back(inquiry, now) if inquiry.status == Status.WAITING else promised(inquiry, now)


def comes_back(inquiry, now):
    text = _("call back %(when)s") if inquiry.call_back else _("comes back %(when)s")
    return Due("waiting", text % {"when": format_time(inquiry.follow_up_at, now)})


def promised(inquiry, now):
    if inquiry.status in {Status.CLOSED, Status.SPAM} or not inquiry.due_at:
        return Due("", "")
    if inquiry.due_at < now:
        return Due("overdue", _("overdue by %(time)s") % {"time": format_duration(now - inquiry.due_at)})
    if timezone.localdate(inquiry.due_at) == timezone.localdate(now):
        return Due("today", _("due in %(time)s") % {"time": format_duration(inquiry.due_at - now)})
    return Due("later", _("due %(when)s") % {"when": format_time(inquiry.due_at, now)})


def format_duration(time):
    """Return a duration, rounded down to minutes, hours or days: "5 min", "2 h", "3 days"."""
    minutes = int(time.total_seconds() // 60)
    if minutes < 60:
        return _("%(number)s min") % {"number": max(minutes, 1)}
    if minutes < 24 * 60:
        return _("%(number)s h") % {"number": minutes // 60}
    days = minutes // (24 * 60)
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}


def format_time(when: datetime, now: datetime | None = None) -> str:
    """Return a time in the clinic's time zone: "3:40 PM", "tomorrow 8:00 AM", "Mon 8:00 AM"."""
    when, today = timezone.localtime(when), timezone.localdate(now)
    clock = date_format(when, "g:i A")
    days = when.date() - today
    if not days:
        return clock
    if days == timedelta(days=1):
        return _("tomorrow %(time)s") % {"time": clock}
    if timedelta(0) < days < timedelta(days=7):
        return f"{date_format(when, 'D')} {clock}"
    return f"{date_format(when, 'M j' if when.year == today.year else 'M j, Y')}, {clock}"

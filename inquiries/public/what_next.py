"""What the sender of a message is told to expect: no more than what holds at the moment of looking."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from inquiries.choices import Status

TIME_TO_READ = timedelta(minutes=15)  # of opening hours: what comes just before we close is read the next day


def what_next(inquiry, hours, now):
    """For the confirmation. To its sender, what was taken for spam looks like any other new message."""
    is_dealt_with = inquiry.status in {Status.WAITING, Status.CLOSED}
    return {
        "is_dealt_with": is_dealt_with,
        "is_late": not is_dealt_with and inquiry.due_at is not None and inquiry.due_at < now,
        "reading": reading(hours, inquiry.received_at, now),
    }


def reading(hours, received_at, now):
    """On which day we read what came at that moment; "" once it is over. The date holds on paper, too."""
    at = hours.after(received_at, TIME_TO_READ)
    if at is None:
        return ""
    days = (at.date() - now.astimezone(hours.time_zone).date()).days
    if days < 0:
        return ""
    sentences = [_("We read your message today, %(day)s."), _("We read your message tomorrow, %(day)s.")]
    sentence = sentences[days] if days < 2 else _("We read your message on %(day)s.")
    return sentence % {"day": date_format(at, "l, F j")}

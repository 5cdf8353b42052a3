"""The queue's tabs, and their counts in a single query."""

from collections.abc import Callable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic.database.sql import row
from inquiries.choices import Status
from inquiries.models import Inquiry

MAX_COUNTED = 1000


class Tab(NamedTuple):
    name: str
    label: str | Promise
    empty_text: str | Promise
    filter: Callable  # takes a queryset and a user


TABS = {
    tab.name: tab
    for tab in [
        Tab(
            "to-do",
            _("To do"),
            _("Nothing to do. Every patient has an answer or a follow-up date."),
            lambda q, _u: q.to_do(),
        ),
        Tab(
            "mine",
            _("Mine"),
            _("Nothing is assigned to you."),
            lambda q, user: q.to_do().filter(assignee=user),
        ),
        Tab("new", _("New"), _("No new messages."), lambda q, _u: q.filter(status=Status.NEW)),
        Tab("urgent", _("Urgent"), _("Nothing urgent."), lambda q, _u: q.open().filter(urgent=True)),
        Tab("due-today", _("Due today"), _("Nothing more is due today."), lambda q, _u: q.due_today()),
        Tab("overdue", _("Overdue"), _("Nothing is overdue."), lambda q, _u: q.overdue()),
        Tab("waiting", _("Waiting"), _("No inquiries are waiting for a patient."), lambda q, _u: q.waiting()),
        Tab("open", _("All open"), _("Nothing is open."), lambda q, _u: q.open()),
        Tab("closed", _("Closed"), _("Nothing is closed yet."), lambda q, _u: q.filter(status=Status.CLOSED)),
        Tab(
            "probably-spam",
            _("Probably spam"),
            _("Nothing looks like spam."),
            lambda q, _u: q.probably_spam(),
        ),
        Tab("spam", _("Spam"), _("No spam."), lambda q, _u: q.filter(status=Status.SPAM)),
        Tab("all", _("Everything"), _("No inquiries yet."), lambda q, _u: q),
    ]
}
DEFAULT = "to-do"
# These grow with time; the others contain only open inquiries.
ARCHIVE = {"closed", "spam", "all"}


def inquiries_in(name, user):
    """Return the tab's inquiries, most pressing first; archives are newest first."""
    found = TABS[name].filter(Inquiry.objects.order_by(), user)
    if name == DEFAULT:
        found = found.filter(probably_spam=False)  # shown in a group below the list
    if name == "waiting":
        return found.order_by("follow_up_at", "pk")
    if name in ARCHIVE:
        return found.newest_first()
    return found.in_queue_order()


def probable_spam():
    """Return probable spam, which the first tab counts and shows in a collapsed group below its list."""
    return Inquiry.objects.probably_spam().in_queue_order()


def count_each(querysets):
    """Count each of `querysets` (a dict) in one query, up to MAX_COUNTED + 1."""
    columns, values = [], []
    for queryset in querysets.values():
        limited = queryset.order_by().values("pk")[: MAX_COUNTED + 1]
        sql, params = limited.query.sql_with_params()
        columns.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608 Django wrote the SQL
        values += params
    return dict(zip(querysets, row(f"SELECT {', '.join(columns)}", values), strict=True))


def tab_counts(user):
    """Return the count of each tab as text, e.g. "7" or "1,000+"."""
    everything = Inquiry.objects.order_by()
    counted = {name: tab.filter(everything, user) for name, tab in TABS.items() if name != "all"}
    return {name: format_count(number) for name, number in count_each(counted).items()}


def format_count(number):
    return f"{MAX_COUNTED:,}+" if number > MAX_COUNTED else str(number)

"""The views of the queue, and how many inquiries each holds: all numbers in one query."""

from collections.abc import Callable
from typing import NamedTuple

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from inquiries.choices import TO_DO, Status
from inquiries.models import Inquiry

# Counting further would cost more than anyone learns from it.
MOST_COUNTED = 1000
# So many inquiries may be on their way into the database at one moment, and none of them is overlooked.
MOST_AT_ONCE = 100


class View(NamedTuple):
    name: str
    label: str
    waits_for: str  # what an empty view says, kindly
    of: Callable  # the inquiries in it, of all and for a user


VIEWS = {
    view.name: view
    for view in [
        View(
            "to-do",
            _("To do"),
            _("Nothing to do. Every patient has an answer or a date."),
            lambda q, _u: q.to_do(),
        ),
        View(
            "mine",
            _("Mine"),
            _("Nothing is assigned to you."),
            lambda q, user: q.to_do().filter(assignee=user),
        ),
        View("new", _("New"), _("No new messages."), lambda q, _u: q.filter(status=Status.NEW)),
        View("urgent", _("Urgent"), _("Nothing urgent."), lambda q, _u: q.open().filter(urgent=True)),
        View("due-today", _("Due today"), _("Nothing more is due today."), lambda q, _u: q.due_today()),
        View("overdue", _("Overdue"), _("Nothing is overdue. Well done."), lambda q, _u: q.overdue()),
        View("waiting", _("Waiting"), _("No inquiry waits for a patient."), lambda q, _u: q.waiting()),
        View("open", _("All open"), _("Nothing is open."), lambda q, _u: q.open()),
        View(
            "closed", _("Closed"), _("Nothing is closed yet."), lambda q, _u: q.filter(status=Status.CLOSED)
        ),
        View("spam", _("Spam"), _("No spam."), lambda q, _u: q.filter(status=Status.SPAM)),
        View("all", _("Everything"), _("No inquiry has come in yet."), lambda q, _u: q),
    ]
}
DEFAULT = "to-do"
# They hold all that was ever written; the others hold what is open.
ARCHIVE = {"closed", "spam", "all"}


def inquiries_in(name, user):
    """The inquiries of a view, in the order in which they are worked off."""
    found = VIEWS[name].of(Inquiry.objects.order_by(), user)
    if name == "waiting":
        return found.order_by("follow_up_at", "pk")
    if name in ARCHIVE:
        return found.newest_first()
    return found.in_order_of_work()


def count(querysets):
    """How many rows each of `querysets` (a dict) has, at most one more than MOST_COUNTED, in one query."""
    columns, values = [], []
    for queryset in querysets.values():
        limited = queryset.order_by().values("pk")[: MOST_COUNTED + 1]
        sql, params = limited.query.sql_with_params()
        columns.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608 Django wrote the SQL
        values += params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)}", values)
        return dict(zip(querysets, cursor.fetchone(), strict=True))


def view_counts(user):
    """The number of each view, as text: "7", or "1,000+"."""
    everything = Inquiry.objects.order_by()
    counted = {name: view.of(everything, user) for name, view in VIEWS.items() if name != "all"}
    return {name: shown(number) for name, number in count(counted).items()}


def shown(number):
    return f"{MOST_COUNTED:,}+" if number > MOST_COUNTED else str(number)


def alarms():
    """The two numbers that everybody at the front desk should know of."""
    numbers = count({"unassigned": Inquiry.objects.unassigned(), "overdue": Inquiry.objects.overdue()})
    return {name: shown(number) for name, number in numbers.items()}


def alarms_text(numbers):
    """The two numbers as the menu shows them; empty where all is well."""
    words = {"unassigned": _("%(number)s unassigned"), "overdue": _("%(number)s overdue")}
    said = [words[name] % {"number": number} for name, number in numbers.items() if number != "0"]
    return ", ".join(text.replace(" ", "\u00a0") for text in said)  # a number stays with its word


def newest():
    """The newest inquiry's id and the ids that are missing among those just before it.

    An inquiry gets its id before it is committed: a missing one may still be on its way.
    """
    there = list(Inquiry.objects.order_by("-pk").values_list("pk", flat=True)[:MOST_AT_ONCE]) or [0]
    just_before = range(max(1, there[0] - MOST_AT_ONCE + 1), there[0])
    return [there[0], *sorted(set(just_before) - set(there))]


def news_since(pk, missing):
    """What a list says of what has come in since: with higher ids than `pk`, or with one of the missing.

    `title` begins the tab's title.
    """
    urgent, others = newer_than(pk, missing)
    told = newer_text(urgent, others)
    if not urgent:
        return {"newer": told, "urgent": "", "title": ""}
    title = _("(%(number)s urgent)") % {"number": shown(urgent)}
    return {"newer": "", "urgent": told, "title": f"{title} "}


def newer_text(urgent, others):
    if not urgent + others:
        return ""
    new = ngettext("%(number)s new inquiry", "%(number)s new inquiries", others)
    if urgent:
        new = ngettext("%(number)s new URGENT inquiry", "%(number)s new URGENT inquiries", urgent)
    told = new % {"number": shown(urgent or others)}
    if urgent and others:
        also = ngettext("%(news)s and %(number)s other", "%(news)s and %(number)s others", others)
        told = also % {"news": told, "number": shown(others)}
    return ngettext("%(news)s. Show it", "%(news)s. Show them", urgent + others) % {"news": told}


def newer_than(pk, missing):
    """How many messages have come in since the one with this id: urgent and nobody's yet, and others."""
    newer = Inquiry.objects.filter(Q(pk__gt=pk) | Q(pk__in=missing)).exclude(status=Status.SPAM)
    urgent = Q(urgent=True, status__in=TO_DO, assignee=None)
    return count({"urgent": newer.filter(urgent), "others": newer.exclude(urgent)}).values()

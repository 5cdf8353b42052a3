"""Alerts for the front desk: unassigned, overdue and new inquiries."""

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _, ngettext

from clinic.text.numbers import number_in
from inquiries.choices import TO_DO, EventKind, Status
from inquiries.desk.queue import tabs
from inquiries.models import Inquiry, InquiryEvent

MAX_AT_ONCE = 100  # rows that may be about to be committed at one moment


def alarms():
    """The numbers that everybody at the front desk should know."""
    numbers = tabs.count(
        {
            "urgent": Inquiry.objects.needing_urgent_call(),
            "unassigned": Inquiry.objects.unassigned(),
            "overdue": Inquiry.objects.overdue(),
            "unread_spam": Inquiry.objects.unread_spam(),
        }
    )
    return {name: tabs.shown(number) for name, number in numbers.items()}


def alarms_text(numbers):
    """The numbers as the menu shows them; empty if all is well."""
    words = {
        "urgent": _("%(number)s urgent"),
        "unassigned": _("%(number)s unassigned"),
        "overdue": _("%(number)s overdue"),
        "unread_spam": _("%(number)s unread in spam"),
    }
    said = [words[name] % {"number": number} for name, number in numbers.items() if number != "0"]
    return ", ".join(text.replace(" ", "\u00a0") for text in said)  # no line break after a number


def bookmark() -> str:
    """The newest inquiries and timeline entries, to ask later what has come in since."""
    return ";".join(",".join(map(str, newest(model))) for model in (Inquiry, InquiryEvent))


def newest(model: type[Model]) -> list[int]:
    """The newest row's id and the ids that are missing among those just before it.

    A row gets its id before it is committed: a missing one may still be on its way.
    """
    there = list(model._default_manager.order_by("-pk").values_list("pk", flat=True)[:MAX_AT_ONCE]) or [0]
    just_before = range(max(1, there[0] - MAX_AT_ONCE + 1), there[0])
    return [there[0], *sorted(set(just_before) - set(there))]


def news_since(bookmark: str) -> dict[str, str]:
    """A list's announcement of what has come in since its bookmark. `title` begins the tab's title."""
    urgent, others = newer_than(bookmark)
    told = newer_text(urgent, others)
    if not urgent:
        return {"newer": told, "urgent": "", "title": ""}
    title = _("(%(number)s urgent)") % {"number": tabs.shown(urgent)}
    return {"newer": "", "urgent": told, "title": f"{title} "}


def newer_text(urgent, others):
    if not urgent + others:
        return ""
    new = ngettext("%(number)s new inquiry", "%(number)s new inquiries", others)
    if urgent:
        new = ngettext("%(number)s new URGENT message", "%(number)s new URGENT messages", urgent)
    told = new % {"number": tabs.shown(urgent or others)}
    if urgent and others:
        also = ngettext("%(news)s and %(number)s other", "%(news)s and %(number)s others", others)
        told = also % {"news": told, "number": tabs.shown(others)}
    return ngettext("%(news)s. Show it", "%(news)s. Show them", urgent + others) % {"news": told}


def newer_than(bookmark: str) -> tuple[int, int]:
    """How many messages have come in since: urgent ones that nobody has taken, and other inquiries.

    What a patient adds counts if its inquiry needs an urgent call, until somebody opens that.
    """
    inquiries, _separator, events = bookmark.partition(";")
    newer = Inquiry.objects.filter(since(inquiries)).exclude(status=Status.SPAM)
    urgent = Q(urgent=True, status__in=TO_DO, assignee=None)
    to_open = Inquiry.objects.needing_urgent_call().filter(unread_since__isnull=False)
    added = InquiryEvent.objects.filter(since(events), kind=EventKind.WROTE, inquiry__in=to_open)
    queries = {"urgent": newer.filter(urgent), "added": added, "others": newer.exclude(urgent)}
    numbers = tabs.count(queries)
    return numbers["urgent"] + numbers["added"], numbers["others"]


def since(ids: str) -> Q:
    """Rows that weren't there when `newest` returned these ids (as text)."""
    last, *missing = (number_in(part) or 0 for part in ids.split(","))
    return Q(pk__gt=last) | Q(pk__in=missing)

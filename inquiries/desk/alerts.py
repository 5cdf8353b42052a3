"""Alerts for the front desk: unassigned, overdue and new inquiries."""

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _, ngettext

from clinic.text.numbers import parse_number
from inquiries.choices import TO_DO, EventKind, Status
from inquiries.desk.queue import tabs
from inquiries.models import Inquiry, InquiryEvent

MAX_UNCOMMITTED = 100  # concurrent inserts that may not have been committed yet


def alert_counts():
    """Return the counts that the whole front desk needs to see, by name, as text."""
    numbers = tabs.count_each(
        {
            "urgent": Inquiry.objects.needing_urgent_call(),
            "unassigned": Inquiry.objects.unassigned(),
            "overdue": Inquiry.objects.overdue(),
            "unread_spam": Inquiry.objects.unread_spam(),
        }
    )
    return {name: tabs.format_count(number) for name, number in numbers.items()}


def alerts_text(counts):
    """Return the counts that aren't 0 as the menu's badge."""
    labels = {
        "urgent": _("%(number)s urgent"),
        "unassigned": _("%(number)s unassigned"),
        "overdue": _("%(number)s overdue"),
        "unread_spam": _("%(number)s unread in spam"),
    }
    texts = [labels[name] % {"number": number} for name, number in counts.items() if number != "0"]
    return ", ".join(text.replace(" ", "\u00a0") for text in texts)  # no line break after a number


def bookmark() -> str:
    """Return a marker of the newest inquiries and timeline entries, for updates_since()."""
    return ";".join(",".join(map(str, newest_ids(model))) for model in (Inquiry, InquiryEvent))


def newest_ids(model: type[Model]) -> list[int]:
    """Return the newest row's id, then the ids missing just before it.

    A row gets its id before it's committed, so a missing one may still appear.
    """
    found = list(model._default_manager.order_by("-pk").values_list("pk", flat=True)[:MAX_UNCOMMITTED]) or [0]
    preceding = range(max(1, found[0] - MAX_UNCOMMITTED + 1), found[0])
    return [found[0], *sorted(set(preceding) - set(found))]


def updates_since(bookmark: str) -> dict[str, str]:
    """Return the announcement of what arrived since `bookmark`. `title` is a prefix for the page title."""
    urgent, others = count_newer(bookmark)
    text = announcement(urgent, others)
    if not urgent:
        return {"newer": text, "urgent": "", "title": ""}
    title = _("(%(number)s urgent)") % {"number": tabs.format_count(urgent)}
    return {"newer": "", "urgent": text, "title": f"{title} "}


def announcement(urgent, others):
    if not urgent + others:
        return ""
    new = ngettext("%(number)s new inquiry", "%(number)s new inquiries", others)
    if urgent:
        new = ngettext("%(number)s new URGENT message", "%(number)s new URGENT messages", urgent)
    text = new % {"number": tabs.format_count(urgent or others)}
    if urgent and others:
        both = ngettext("%(news)s and %(number)s other", "%(news)s and %(number)s others", others)
        text = both % {"news": text, "number": tabs.format_count(others)}
    return ngettext("%(news)s. Show it", "%(news)s. Show them", urgent + others) % {"news": text}


def count_newer(bookmark: str) -> tuple[int, int]:
    """Return the numbers of new unassigned urgent messages and of other new inquiries.

    A patient's addition counts as urgent if the inquiry needs an urgent call and hasn't been opened since.
    """
    inquiries, _separator, events = bookmark.partition(";")
    newer = Inquiry.objects.filter(added_since(inquiries)).exclude(status=Status.SPAM)
    urgent = Q(urgent=True, status__in=TO_DO, assignee=None)
    unopened = Inquiry.objects.needing_urgent_call().filter(unread_since__isnull=False)
    added = InquiryEvent.objects.filter(added_since(events), kind=EventKind.WROTE, inquiry__in=unopened)
    queries = {"urgent": newer.filter(urgent), "added": added, "others": newer.exclude(urgent)}
    numbers = tabs.count_each(queries)
    return numbers["urgent"] + numbers["added"], numbers["others"]


def added_since(ids: str) -> Q:
    """Match rows committed since newest_ids() returned `ids` (joined by commas)."""
    newest, *missing = (parse_number(part) or 0 for part in ids.split(","))
    return Q(pk__gt=newest) | Q(pk__in=missing)

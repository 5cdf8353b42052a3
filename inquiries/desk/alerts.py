"""Alerts for the front desk: unassigned, overdue and new inquiries."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from inquiries.choices import TO_DO, Status
from inquiries.desk.queue import tabs
from inquiries.models import Inquiry

# So many inquiries may be on their way into the database at one moment, and none of them is overlooked.
MAX_AT_ONCE = 100


def alarms():
    """The numbers that everybody at the front desk should know of."""
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
    return ", ".join(text.replace(" ", "\u00a0") for text in said)  # a number stays with its word


def newest():
    """The newest inquiry's id and the ids that are missing among those just before it.

    An inquiry gets its id before it is committed: a missing one may still be on its way.
    """
    there = list(Inquiry.objects.order_by("-pk").values_list("pk", flat=True)[:MAX_AT_ONCE]) or [0]
    just_before = range(max(1, there[0] - MAX_AT_ONCE + 1), there[0])
    return [there[0], *sorted(set(just_before) - set(there))]


def news_since(pk, missing):
    """What a list says of what has come in since: with higher ids than `pk`, or with one of the missing.

    `title` begins the tab's title.
    """
    urgent, others = newer_than(pk, missing)
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
        new = ngettext("%(number)s new URGENT inquiry", "%(number)s new URGENT inquiries", urgent)
    told = new % {"number": tabs.shown(urgent or others)}
    if urgent and others:
        also = ngettext("%(news)s and %(number)s other", "%(news)s and %(number)s others", others)
        told = also % {"news": told, "number": tabs.shown(others)}
    return ngettext("%(news)s. Show it", "%(news)s. Show them", urgent + others) % {"news": told}


def newer_than(pk, missing):
    """How many messages have come in since the one with this id: urgent and nobody's yet, and others."""
    newer = Inquiry.objects.filter(Q(pk__gt=pk) | Q(pk__in=missing)).exclude(status=Status.SPAM)
    urgent = Q(urgent=True, status__in=TO_DO, assignee=None)
    return tabs.count({"urgent": newer.filter(urgent), "others": newer.exclude(urgent)}).values()

"""Escalation: tell more and more people about an inquiry that nobody has opened.

First everyone who works on inquiries, then the managers, then the on-call contact, by email, text or webhook.
For an urgent one the steps count from its arrival, for others from the time its answer was due; both in
opening hours. An addition to an opened inquiry counts like a new inquiry, from when it came.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from clinic.accounts.roles import MANAGERS
from clinic.models import ClinicSettings
from inquiries.choices import EventKind, Status
from inquiries.models import Inquiry
from inquiries.models.event import Detail
from inquiries.permissions import colleagues

# How to reach the on-call contact, besides an email address. No job holds the phone number.
TEXT, WEBHOOK = "text", "webhook"


class Step(NamedTuple):
    to: str
    urgent_after: timedelta  # of opening hours
    after: timedelta


STEPS = [
    Step("desk", timedelta(minutes=10), timedelta(0)),
    Step("managers", timedelta(minutes=20), timedelta(hours=1)),
    Step("on call", timedelta(minutes=30), timedelta(hours=2)),
]


def due(now: datetime) -> Iterable[tuple[Inquiry, Step]]:
    """The inquiries whose next step has come, each with that step."""
    hours = ClinicSettings.recent().hours.for_deadlines
    if not hours.is_open(now):
        return
    waiting = Inquiry.objects.open().not_opened().filter(escalated__lt=len(STEPS))
    for inquiry in waiting.filter(Q(urgent=True) | Q(due_at__lt=now)).order_by("received_at"):
        step, added_at = STEPS[inquiry.escalated], inquiry.unread_since
        if inquiry.urgent:
            start, pause = added_at or inquiry.received_at, step.urgent_after
        else:
            start, pause = max(inquiry.due_at, added_at or inquiry.due_at), step.after
        if (step_at := hours.after(start, pause)) and step_at <= now:
            yield inquiry, step


@transaction.atomic
def take_unread_spam() -> tuple[int, list[str]]:
    """Escalate unread messages in Spam to managers; return how many, and whom to tell in one email.

    Messages that are only labeled as likely spam are escalated like any other.
    """
    told = addresses(STEPS[1])
    unread = Inquiry.objects.unread_spam().filter(status=Status.SPAM, escalated=0)
    found = list(unread.select_for_update(skip_locked=True, of=("self",), no_key=True))
    for inquiry in found:
        detail = STEPS[1].to if told else Detail.NOBODY
        inquiry.events.create(kind=EventKind.ESCALATED, detail=detail, text="\n".join(told))
    Inquiry.objects.filter(pk__in=[inquiry.pk for inquiry in found]).update(escalated=1)
    return len(found), told


@transaction.atomic
def take(inquiry: Inquiry, step: Step) -> list[str]:
    """Put the step on the timeline; return whom to tell: nobody if it has been taken meanwhile."""
    taken = Inquiry.objects.not_opened().filter(pk=inquiry.pk, escalated=STEPS.index(step))
    if not taken.update(escalated=STEPS.index(step) + 1):
        return []
    told = addresses(step)
    detail = step.to if told else Detail.NOBODY
    inquiry.events.create(kind=EventKind.ESCALATED, at=timezone.now(), detail=detail, text="\n".join(told))
    return told


def addresses(step: Step) -> list[str]:
    if step.to == "on call":
        clinic = ClinicSettings.recent()
        text = TEXT if settings.SMS and clinic.on_call_phone else ""
        return list(filter(None, [clinic.on_call_email, text, settings.ON_CALL_WEBHOOK and WEBHOOK]))
    managers = get_user_model().objects.filter(is_active=True, groups__name=MANAGERS)
    users = managers if step.to == "managers" else colleagues()
    return sorted({user.email for user in users if user.email})

"""Escalation: tell more and more people about an inquiry that nobody has opened.

First to everyone who works on inquiries, then to the managers, then to whoever is on call,
by email, text or webhook. For an urgent one
the steps count from its arrival, for others from the time its answer was due; both in opening hours.
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
from inquiries.choices import EventKind
from inquiries.models import Inquiry
from inquiries.permissions import colleagues


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
    hours = ClinicSettings.recent().hours
    waiting = Inquiry.objects.open().filter(opened_at=None, escalated__lt=len(STEPS))
    for inquiry in waiting.filter(Q(urgent=True) | Q(due_at__lt=now)).order_by("received_at"):
        step = STEPS[inquiry.escalated]
        start, pause = (
            (inquiry.received_at, step.urgent_after) if inquiry.urgent else (inquiry.due_at, step.after)
        )
        at = hours.after(start, pause) if start else None
        if at and at <= now and hours.is_open(now):
            yield inquiry, step


# Ways to whoever is on call, beside an email address. The phone number stands in no job.
TEXT, WEBHOOK = "text", "webhook"


@transaction.atomic
def take(inquiry: Inquiry, step: Step) -> list[str]:
    """Put the step on the timeline; return whom to tell, nobody if it was taken meanwhile."""
    taken = Inquiry.objects.filter(pk=inquiry.pk, opened_at=None, escalated=STEPS.index(step))
    if not taken.update(escalated=STEPS.index(step) + 1):
        return []
    inquiry.events.create(kind=EventKind.ESCALATED, at=timezone.now(), detail=step.to)
    return addresses(step)


def addresses(step: Step) -> list[str]:
    if step.to == "on call":
        clinic = ClinicSettings.recent()
        text = TEXT if settings.SMS and clinic.on_call_phone else ""
        return list(filter(None, [clinic.on_call_email, text, settings.ON_CALL_WEBHOOK and WEBHOOK]))
    managers = get_user_model().objects.filter(is_active=True, groups__name=MANAGERS)
    users = managers if step.to == "managers" else colleagues()
    return sorted({user.email for user in users if user.email})

"""Escalation: email more and more people about an inquiry that nobody has opened.

First to everyone who works on inquiries, then to the managers, then to an on-call address. For an urgent one
the steps count from its arrival, for others from the time its answer was due; both in opening hours.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

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


@transaction.atomic
def take(inquiry: Inquiry, step: Step) -> list[str]:
    """Put the step on the timeline; return the addresses to tell, none if it was taken meanwhile."""
    taken = Inquiry.objects.filter(pk=inquiry.pk, opened_at=None, escalated=STEPS.index(step))
    if not taken.update(escalated=STEPS.index(step) + 1):
        return []
    inquiry.events.create(kind=EventKind.ESCALATED, at=timezone.now(), detail=step.to)
    return addresses(step)


def addresses(step: Step) -> list[str]:
    if step.to == "on call":
        return list(filter(None, [ClinicSettings.recent().on_call_email]))
    managers = get_user_model().objects.filter(is_active=True, groups__name=MANAGERS)
    users = managers if step.to == "managers" else colleagues()
    return sorted({user.email for user in users if user.email})

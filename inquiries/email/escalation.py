"""Escalation of inquiries that no one has opened.

The steps notify everyone who works on inquiries, then the managers, then the on-call contact (by email, text
or webhook). Their delays count opening hours: from arrival if urgent, otherwise from when the answer was due.
An unread addition to an opened inquiry escalates like a new inquiry, from when it arrived.
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
from inquiries.permissions import VIEW, colleagues

# Stand for the on-call phone and webhook among email addresses, so that no job contains the phone number.
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


def due_steps(now: datetime) -> Iterable[tuple[Inquiry, Step]]:
    """Yield the inquiries whose next step is due, each with that step."""
    hours = ClinicSettings.recent().hours.for_deadlines
    if not hours.is_open(now):
        return
    waiting = Inquiry.objects.open().not_opened().filter(escalated__lt=len(STEPS))
    for inquiry in waiting.filter(Q(urgent=True) | Q(due_at__lt=now)).order_by("received_at"):
        step, added_at = STEPS[inquiry.escalated], inquiry.unread_since
        if inquiry.urgent:
            start, delay = added_at or inquiry.received_at, step.urgent_after
        else:
            start, delay = max(inquiry.due_at, added_at or inquiry.due_at), step.after
        if (step_at := hours.after(start, delay)) and step_at <= now:
            yield inquiry, step


@transaction.atomic
def claim_unread_spam() -> tuple[int, list[str]]:
    """Mark unread messages in Spam as escalated; return their number and the managers to email.

    Messages that are only labeled as likely spam are escalated like any other.
    """
    managers = recipients(STEPS[1])
    detail = STEPS[1].to if managers else Detail.NO_RECIPIENT
    unread = Inquiry.objects.unread_spam().filter(status=Status.SPAM, escalated=0)
    found = list(unread.select_for_update(skip_locked=True, of=("self",), no_key=True))
    for inquiry in found:
        inquiry.events.create(kind=EventKind.ESCALATED, detail=detail, text="\n".join(managers))
    Inquiry.objects.filter(pk__in=[inquiry.pk for inquiry in found]).update(escalated=1)
    return len(found), managers


@transaction.atomic
def claim_step(inquiry: Inquiry, step: Step) -> list[str]:
    """Add the step to the timeline and return its recipients; none if another process was faster."""
    pending = Inquiry.objects.not_opened().filter(pk=inquiry.pk, escalated=STEPS.index(step))
    if not pending.update(escalated=STEPS.index(step) + 1):
        return []
    notified = recipients(step)
    detail, text = step.to if notified else Detail.NO_RECIPIENT, "\n".join(notified)
    inquiry.events.create(kind=EventKind.ESCALATED, at=timezone.now(), detail=detail, text=text)
    return notified


def recipients(step: Step) -> list[str]:
    """Return email addresses, TEXT and WEBHOOK."""
    if step.to == "on call":
        clinic = ClinicSettings.recent()
        text = TEXT if settings.SMS and clinic.on_call_phone else ""
        return list(filter(None, [clinic.on_call_email, text, settings.ON_CALL_WEBHOOK and WEBHOOK]))
    managers = get_user_model().objects.filter(is_active=True, groups__name=MANAGERS)
    users = managers if step.to == "managers" else colleagues()
    return sorted({user.email for user in users if user.email})


def is_current(address: str) -> bool:
    """Return False if the address belongs only to accounts that can't see inquiries anymore."""
    owners = get_user_model().objects.filter(email__iexact=address)
    is_on_call = address == ClinicSettings.recent().on_call_email
    return is_on_call or not owners or any(user.has_perm(VIEW) for user in owners)

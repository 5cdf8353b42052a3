"""Erasure of expired inquiries with their timelines and emails, except unopened ones and legal holds."""

from collections import Counter
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.database.sql import row
from clinic.operations.backups import erasures
from inquiries.choices import HOLD_EVENTS
from inquiries.models import AccessEntry, AccessKind, DailyFigure, Inquiry, InquiryEvent, RetentionSettings

BATCH_SIZE = 200

# A larger difference means that one clock is wrong and might erase too early.
MAX_CLOCK_DIFFERENCE = timedelta(minutes=5)
# Exceeding both in one night suggests a wrong clock or setting.
MAX_UNCHECKED_NUMBER, MAX_UNCHECKED_SHARE = 20, 0.1


class ErasureRefused(Exception):
    """Nothing was erased, because the clock or the number of expired inquiries looks wrong."""


class Erased(Counter):
    def __str__(self):
        return (
            f"erased {self['inquiries']} inquiries, {self['events']} timeline entries,"
            f" {self['emails']} emails; {self['on_hold']} stay on legal hold,"
            f" {self['unopened']} stay because nobody has opened them"
        )


def expired():
    """Return expired inquiries, including those on hold, with the time of their last event as `since`."""
    events = InquiryEvent.objects.filter(inquiry=OuterRef("pk")).exclude(kind__in=HOLD_EVENTS)
    is_expired = Q(pk__in=[])
    for inquiries, cutoff in RetentionSettings.load().cutoffs(database_time()):
        no_appointment = Q(appointment_at=None) | Q(appointment_at__lte=cutoff)
        not_just_opened = Q(opened_at=None) | Q(opened_at__lte=cutoff)
        in_time = Q(received_at__lte=cutoff, since__lte=cutoff)
        is_expired |= inquiries & no_appointment & not_just_opened & in_time
    # A subquery reads one event per inquiry; a comparison with newer events would read all.
    newest = Subquery(events.order_by("-at").values("at")[:1])
    return Inquiry.objects.annotate(since=newest).filter(is_expired).order_by("pk")


def database_time() -> datetime:
    return row("SELECT now()")[0]


def refuse_if_unusual() -> None:
    """Raise ErasureRefused if the clocks differ, or unusually many inquiries have expired."""
    if abs(database_time() - timezone.now()) > MAX_CLOCK_DIFFERENCE:
        raise ErasureRefused("The clocks of this server and of the database differ by more than 5 minutes.")
    number, stored = expired().filter(on_hold=False).count(), Inquiry.objects.count()
    if number > MAX_UNCHECKED_NUMBER and number > stored * MAX_UNCHECKED_SHARE:
        raise ErasureRefused(
            f"{number} of {stored} inquiries would be erased, which is unusually many. Check the clock and"
            " the settings; if it is right, run `manage.py erase_expired --many` once."
        )


def expiry_reasons():
    """Yield (reference, reason) of all expired inquiries, including those that can't be erased."""
    for inquiry in expired().iterator(chunk_size=1000):
        why = (
            f"{inquiry.get_outcome_display() or inquiry.get_status_display()}, since {inquiry.since:%Y-%m-%d}"
        )
        if inquiry.on_hold:
            why += "; stays, on legal hold"
        elif not inquiry.is_opened:
            why += "; stays, nobody has opened it"
        yield inquiry.reference, why


def erasable():
    """Return expired inquiries that are fully opened and not on hold; the database rejects others."""
    return expired().filter(on_hold=False, opened_at__isnull=False, unread_since=None)


def erase_expired(*, many: bool = False) -> Erased:
    """Erase in batches, which keeps locks short, and skip inquiries that are locked until the next night.

    Raise ErasureRefused if the clock or the number looks wrong; `many` allows any number.
    """
    if not many:
        refuse_if_unusual()
    erased, last = Erased(), 0
    while True:
        with transaction.atomic():
            unlocked = erasable().filter(pk__gt=last).select_for_update(skip_locked=True)
            locked = list(unlocked.values_list("pk", flat=True)[:BATCH_SIZE])
            if not locked:
                break
            # Check again under the lock: a note may have been added just before.
            due = erasable().filter(pk__in=locked)
            erased += erase(list(due.values_list("pk", flat=True)), by=None, why="expired")
        last = locked[-1]
    erased["emails"] += _delete(_emails().exclude(Exists(Inquiry.objects.filter(pk=OuterRef("inquiry_id")))))
    erased["on_hold"] = expired().filter(on_hold=True).count()
    erased["unopened"] = expired().filter(on_hold=False).not_opened().count()
    return erased


def erase(ids, *, by, why):
    """Erase inquiries that the caller has locked. The access log keeps ids, and daily figures counts."""
    uuids = [str(uuid) for uuid in Inquiry.objects.filter(pk__in=ids).values_list("uuid", flat=True)]
    transaction.on_commit(partial(erasures.record, "inquiry", uuids))
    DailyFigure.objects.preserve(ids)
    emails = _delete(_emails().filter(inquiry_id__in=ids))
    _, rows = Inquiry.objects.filter(pk__in=ids).delete()
    AccessEntry.objects.record(AccessKind.ERASED, by, ids, detail=why)
    return Erased(
        inquiries=rows.get("inquiries.Inquiry", 0),
        events=rows.get("inquiries.InquiryEvent", 0),
        emails=emails,
    )


def _emails() -> QuerySet[ProcrastinateJob]:
    """Return the jobs of sent and unsent emails about inquiries."""
    pk = Cast(KeyTextTransform("inquiry_id", "args"), BigIntegerField())
    return ProcrastinateJob.objects.filter(args__has_key="inquiry_id").annotate(inquiry_id=pk)


def _delete(emails: QuerySet[ProcrastinateJob]) -> int:
    """Delete jobs and return their number, except running ones, which won't find the inquiry."""
    with transaction.atomic():
        # Locked, so that no worker starts one in between.
        idle = emails.exclude(status="doing").select_for_update(skip_locked=True, of=["self"])
        ids = list(idle.values_list("pk", flat=True))
        _, rows = ProcrastinateJob.objects.filter(pk__in=ids).delete()
    return rows.get(ProcrastinateJob._meta.label, 0)

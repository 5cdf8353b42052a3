"""Erase expired inquiries, with timelines and emails. Never what is on hold or nobody has opened."""

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

BATCH = 200

# If the server's clock and the database's differ by more, one is wrong, and might erase too early.
CLOCKS_MAY_DIFFER = timedelta(minutes=5)
# More than this in one night points to a wrong clock or setting.
USUAL_NUMBER, USUAL_SHARE = 20, 0.1


class ErasureRefused(Exception):
    """Nothing was erased: what would go, or what time it is, looks wrong."""


class Erased(Counter):
    """The numbers of what was erased."""

    def __str__(self):
        return (
            f"erased {self['inquiries']} inquiries, {self['events']} timeline entries,"
            f" {self['emails']} emails; {self['on_hold']} stay on legal hold,"
            f" {self['unopened']} stay because nobody has opened them"
        )


def expired():
    """Expired inquiries, including those on hold; `since` is when the last thing happened to each."""
    events = InquiryEvent.objects.filter(inquiry=OuterRef("pk")).exclude(kind__in=HOLD_EVENTS)
    found = Q(pk__in=[])
    for these, moment in RetentionSettings.load().cutoffs(database_time()):
        is_over = Q(appointment_at=None) | Q(appointment_at__lte=moment)
        found |= these & is_over & Q(received_at__lte=moment, since__lte=moment)
    # Reads one event an inquiry; comparing with all newer events would read them all.
    newest = Subquery(events.order_by("-at").values("at")[:1])
    return Inquiry.objects.annotate(since=newest).filter(found).order_by("pk")


def database_time() -> datetime:
    """The database's clock, which all processes share."""
    return row("SELECT now()")[0]


def refuse_if_unusual() -> None:
    """ErasureRefused if the clocks differ, or if more than an unusual share of all would go."""
    if abs(database_time() - timezone.now()) > CLOCKS_MAY_DIFFER:
        raise ErasureRefused("The clocks of this server and of the database differ by more than 5 minutes.")
    doomed, stored = expired().filter(on_hold=False).count(), Inquiry.objects.count()
    if doomed > USUAL_NUMBER and doomed > stored * USUAL_SHARE:
        raise ErasureRefused(
            f"{doomed} of {stored} inquiries would be erased, which is unusually many. Check the clock and"
            " the settings; if it is right, run `manage.py erase_expired --many` once."
        )


def reasons():
    """(reference, why) of all that `erase_expired` would erase, or leave for a hold."""
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
    """Expired, opened with what was added, not on hold. The database keeps what's unopened or on hold."""
    return expired().filter(on_hold=False, opened_at__isnull=False, unread_since=None)


def erase_expired(*, many: bool = False) -> Erased:
    """Erase in batches, so that nobody waits long. Inquiries in use just then are left for the next night.

    ErasureRefused if something looks wrong, unless a person has checked it and passes `many`.
    """
    if not many:
        refuse_if_unusual()
    erased, last = Erased(), 0
    while True:
        with transaction.atomic():
            free = erasable().filter(pk__gt=last).select_for_update(skip_locked=True)
            locked = list(free.values_list("pk", flat=True)[:BATCH])
            if not locked:
                break
            # Check again under the lock: somebody may have added a note just before.
            due = erasable().filter(pk__in=locked)
            erased += erase(list(due.values_list("pk", flat=True)), by=None, why="expired")
        last = locked[-1]
    erased["emails"] += _delete(_emails().exclude(Exists(Inquiry.objects.filter(pk=OuterRef("inquiry_id")))))
    erased["on_hold"] = expired().filter(on_hold=True).count()
    erased["unopened"] = expired().filter(on_hold=False).not_opened().count()
    return erased


def erase(ids, *, by, why):
    """Erase these inquiries for good; the caller has locked them.

    The access log keeps their ids, and the daily figures keep counts.
    """
    uuids = [str(uuid) for uuid in Inquiry.objects.filter(pk__in=ids).values_list("uuid", flat=True)]
    transaction.on_commit(partial(erasures.note, "inquiry", uuids))
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
    """The jobs of emails about inquiries, sent or not; other jobs name no inquiry."""
    pk = Cast(KeyTextTransform("inquiry_id", "args"), BigIntegerField())
    return ProcrastinateJob.objects.filter(args__has_key="inquiry_id").annotate(inquiry_id=pk)


def _delete(emails: QuerySet[ProcrastinateJob]) -> int:
    """Delete jobs, and return how many. A running one is left to its worker, which then sends nothing.

    The lock keeps workers from starting one in between.
    """
    with transaction.atomic():
        waiting = emails.exclude(status="doing").select_for_update(skip_locked=True, of=["self"])
        found = list(waiting.values_list("pk", flat=True))
        _, rows = ProcrastinateJob.objects.filter(pk__in=found).delete()
    return rows.get(ProcrastinateJob._meta.label, 0)

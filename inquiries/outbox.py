"""Letters that have not left: which, since when, and what can be done: send them again, or let them be."""

from collections import defaultdict
from contextlib import contextmanager
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Min, Q
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries.choices import EventKind, Status
from inquiries.jobs import queue_letters, send_letter
from inquiries.models import Inquiry, shown_name
from inquiries.models.event import WITH_LETTERS

PERMISSION = "inquiries.resend_letter"
LATE = timedelta(hours=1)
MOST = 200  # with more than these the mail server is the matter, not the list


class StuckLetter:
    def __init__(self, job):
        self.job_id = job.pk
        self.name = job.args["letter"]
        self.gave_up = job.status == "failed"
        self.queued_at = job.queued_at
        self.tried_at = job.tried_at  # None: no worker has taken it yet


def stuck():
    """[(inquiry, letters)] of inquiries whose letters gave up or have waited too long, oldest first."""
    letters = defaultdict(list)
    for job in _jobs().order_by("pk")[:MOST]:
        letters[job.args["inquiry_id"]].append(StuckLetter(job))
    inquiries = Inquiry.objects.filter(pk__in=letters).exclude(status=Status.SPAM)
    inquiries = inquiries.only("pk", "reference", "received_at").order_by("received_at")
    return [(inquiry, letters[inquiry.pk]) for inquiry in inquiries]


def send_again(inquiry, *, by):
    """Queue the inquiry's stuck letters anew, with all attempts before them; return how many."""
    with _taken_out(inquiry, EventKind.RESENT, by) as letters:
        for args in letters:
            send_letter.defer(**args)
    return len(letters)


def let_be(inquiry, *, by):
    """Give the inquiry's stuck letters up, as when the patient has been reached; return how many."""
    with _taken_out(inquiry, EventKind.UNSENT, by) as letters:
        return len(letters)


@contextmanager
def _taken_out(inquiry, kind, by):
    """The arguments of the stuck letters, which are in the queue no more; on the timeline, and on record."""
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    with transaction.atomic():
        # Whoever presses a button at the same moment waits here, then finds nothing left to do.
        Inquiry.objects.select_for_update().only("pk").get(pk=inquiry.pk)
        jobs = list(_jobs().filter(args__inquiry_id=inquiry.pk).exclude(status="doing"))
        for job in jobs:
            if job.status == "failed":
                app.job_manager.retry_job_by_id(job.pk, retry_at=timezone.now())
            app.job_manager.cancel_job_by_id(job.pk, delete_job=True)
        if jobs:
            inquiry.events.create(kind=kind, by=by, by_name=shown_name(by))
        yield [job.args for job in jobs]


def give_back(inquiry, **how):
    """Put what is no spam among the new ones. What came in as spam gets its letters now, and only once.

    Returns whether there were any. `how` is what `change_status` takes.
    """
    kept_back = bool(inquiry.spam_because) and not inquiry.events.filter(detail=WITH_LETTERS).exists()
    with transaction.atomic():
        inquiry.change_status(Status.NEW, detail=WITH_LETTERS if kept_back else "", **how)
        if kept_back:
            queue_letters(inquiry)
    return kept_back


def _jobs():
    late = Q(status__in=["todo", "doing"], queued_at__lt=timezone.now() - LATE)
    events = "procrastinateevent"
    return (
        ProcrastinateJob.objects.filter(task_name=send_letter.name)
        .filter(status__in=["todo", "doing", "failed"])
        .annotate(
            queued_at=Min(f"{events}__at", filter=Q(**{f"{events}__type": "deferred"})),
            tried_at=Max(f"{events}__at", filter=Q(**{f"{events}__type": "started"})),
        )
        .filter(Q(status="failed") | late)
    )

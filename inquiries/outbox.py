"""Letters that have not left: which, since when, and the way to send them again."""

from collections import defaultdict
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Min, Q
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries.choices import Status
from inquiries.jobs import send_letter
from inquiries.models import Inquiry

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
    """[(inquiry, letters)] of open inquiries whose letters gave up or have waited too long, oldest first."""
    letters = defaultdict(list)
    for job in _jobs().order_by("pk")[:MOST]:
        letters[job.args["inquiry_id"]].append(StuckLetter(job))
    # A closed inquiry has been answered, with its letters or without.
    inquiries = Inquiry.objects.filter(pk__in=letters).exclude(status__in=[Status.CLOSED, Status.SPAM])
    inquiries = inquiries.only("pk", "reference", "received_at").order_by("received_at")
    return [(inquiry, letters[inquiry.pk]) for inquiry in inquiries]


def send_again(inquiry, *, by):
    """Queue the inquiry's stuck letters anew, with all attempts before them; return how many."""
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    with transaction.atomic():
        # Whoever presses the button at the same moment waits here, then finds nothing left to do.
        Inquiry.objects.select_for_update().only("pk").get(pk=inquiry.pk)
        jobs = list(_jobs().filter(args__inquiry_id=inquiry.pk).exclude(status="doing"))
        for job in jobs:
            if job.status == "failed":
                app.job_manager.retry_job_by_id(job.pk, retry_at=timezone.now())
            app.job_manager.cancel_job_by_id(job.pk, delete_job=True)
            send_letter.defer(**job.args)
    return len(jobs)


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

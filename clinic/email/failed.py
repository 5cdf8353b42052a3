"""Emails that weren't sent: jobs that gave up or have waited too long, and how to remove them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.caching.per_second import cached_per_second
from clinic.email.delivery import Priority

QUEUES = ["mail", "accounts"]
# So long may an email wait before people hear of it: several attempts, as a mail server takes to start anew.
LATE = timedelta(minutes=10)
URGENT_LATE = timedelta(minutes=2)


@dataclass(frozen=True)
class Trouble:
    """Emails that should have left by now."""

    number: int
    urgent: int
    since: datetime


@cached_per_second
def trouble() -> Trouble | None:
    """What everybody who waits for emails should know of, or None where all leave in time."""
    now = timezone.now()
    waiting = ProcrastinateJob.objects.filter(queue_name__in=QUEUES, status__in=["todo", "doing"])
    found = _with_times(waiting).aggregate(
        number=Count("pk", filter=_is_late(now)),
        urgent=Count("pk", filter=_is_late(now) & Q(priority__gte=Priority.URGENT)),
        since=Min("queued_at", filter=_is_late(now)),
    )
    return Trouble(**found) if found["number"] else None


def _is_late(now: datetime) -> Q:
    urgent = Q(priority__gte=Priority.URGENT, queued_at__lt=now - URGENT_LATE)
    return Q(queued_at__lt=now - LATE) | urgent


def _with_times(jobs: QuerySet[ProcrastinateJob]) -> QuerySet[ProcrastinateJob]:
    events = "procrastinateevent"
    return jobs.annotate(
        queued_at=Min(f"{events}__at", filter=Q(**{f"{events}__type": "deferred"})),
        tried_at=Max(f"{events}__at", filter=Q(**{f"{events}__type": "started"})),
    )


def jobs_of(task):
    """A task's failed emails, with `gave_up`, `queued_at` and `tried_at` (None: no worker took them yet)."""
    jobs = ProcrastinateJob.objects.filter(task_name__in=[task.name, *task.aliases])
    jobs = _with_times(jobs.filter(status__in=["todo", "doing", "failed"]))
    late = Q(status__in=["todo", "doing"]) & _is_late(timezone.now())
    return jobs.annotate(gave_up=Q(status="failed")).filter(Q(status="failed") | late).order_by("pk")


def take_out(job):
    """Delete the job. To send the email after all, queue a new one."""
    if job.status == "failed":
        app.job_manager.retry_job_by_id(job.pk, retry_at=timezone.now())
    app.job_manager.cancel_job_by_id(job.pk, delete_job=True)

"""Letters that have not left: jobs that gave up, or have waited too long; and how a person takes one out."""

from datetime import timedelta

from django.db.models import Max, Min, Q
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

LATE = timedelta(hours=1)


def jobs_of(task):
    """A task's stuck letters, with `gave_up`, `queued_at` and `tried_at` (None: no worker took them yet)."""
    late = Q(status__in=["todo", "doing"], queued_at__lt=timezone.now() - LATE)
    events = "procrastinateevent"
    return (
        ProcrastinateJob.objects.filter(task_name__in=[task.name, *task.aliases])
        .filter(status__in=["todo", "doing", "failed"])
        .annotate(
            gave_up=Q(status="failed"),
            queued_at=Min(f"{events}__at", filter=Q(**{f"{events}__type": "deferred"})),
            tried_at=Max(f"{events}__at", filter=Q(**{f"{events}__type": "started"})),
        )
        .filter(Q(status="failed") | late)
        .order_by("pk")
    )


def take_out(job):
    """Of the queue, for good: who still wants the letter sent queues another one, with all its attempts."""
    if job.status == "failed":
        app.job_manager.retry_job_by_id(job.pk, retry_at=timezone.now())
    app.job_manager.cancel_job_by_id(job.pk, delete_job=True)

"""Emails that weren't sent: jobs that gave up or have waited too long, and how to remove them."""

from datetime import timedelta

from django.db.models import Max, Min, Q
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

LATE = timedelta(hours=1)


def jobs_of(task):
    """A task's failed emails, with `gave_up`, `queued_at` and `tried_at` (None: no worker took them yet)."""
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
    """Delete the job. To send the email after all, queue a new one."""
    if job.status == "failed":
        app.job_manager.retry_job_by_id(job.pk, retry_at=timezone.now())
    app.job_manager.cancel_job_by_id(job.pk, delete_job=True)

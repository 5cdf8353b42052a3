"""Scheduled jobs, with their history from procrastinate's tables."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from croniter import croniter
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from clinic.database.sql import rows

GRACE_PERIOD = timedelta(minutes=5)  # a job can wait for others before it counts as missed
LAST_RUNS = """
SELECT DISTINCT ON (task_name) task_name, status, (
    SELECT max(at) FROM procrastinate_events WHERE job_id = procrastinate_jobs.id AND type <> 'deferred'
)
FROM procrastinate_jobs
WHERE task_name = ANY(%s) AND status NOT IN ('todo', 'doing')
ORDER BY task_name, id DESC
"""


def scheduled(cron: str, name: str, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Declare a scheduled job, of which at most one waits in the queue.

    `options` are those of `app.task`. The name is explicit, so it stays when the function moves.
    """
    options = {"queue": "clock", "queueing_lock": name.partition(".")[2], **options}
    return lambda function: app.periodic(cron=cron)(app.task(name=name, **options)(function))


@dataclass(frozen=True)
class ScheduledJob:
    task: str
    description: str
    cron: str
    last_run: datetime | None
    result: str
    next_run: datetime
    missed: bool


def jobs() -> list[ScheduledJob]:
    """Return all scheduled jobs, the least frequent first."""
    tasks = list(app.periodic_registry.periodic_tasks.values())
    runs = rows(LAST_RUNS, [[periodic.task.name for periodic in tasks]])
    last_runs = {name: (at, status) for name, status, at in runs}
    jobs = [_job(periodic, *last_runs.get(periodic.task.name, (None, ""))) for periodic in tasks]
    return sorted(jobs, key=lambda job: (job.cron.startswith("*"), job.task))


def _job(periodic, last_run, result) -> ScheduledJob:
    now = timezone.now()
    due = croniter(periodic.cron, now - GRACE_PERIOD).get_prev(datetime).replace(tzinfo=UTC)
    return ScheduledJob(
        task=periodic.task.name,
        description=(periodic.task.func.__doc__ or "").strip().partition("\n")[0],
        cron=periodic.cron,
        last_run=last_run,
        result=result,
        next_run=croniter(periodic.cron, now).get_next(datetime).replace(tzinfo=UTC),
        missed=last_run is not None and last_run < due,
    )


def run_now(name: str) -> bool:
    """Queue a scheduled job now. Return False if it's already queued or doesn't exist."""
    tasks = {periodic.task.name: periodic.task for periodic in app.periodic_registry.periodic_tasks.values()}
    with suppress(KeyError, AlreadyEnqueued), transaction.atomic():
        tasks[name].configure().defer(timestamp=int(timezone.now().timestamp()))
        return True
    return False

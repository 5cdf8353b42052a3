"""Emails that weren't sent: jobs that gave up or have waited too long; what they are, and who may decide."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.tasks import Task

from clinic.caching.per_second import cached_per_second
from clinic.email.delivery import Priority

QUEUES = ["mail", "accounts"]
MANAGERS = "auth.change_user"
MAX_SHOWN = 100  # with more, the mail server is the problem, not the list
# How long an email may wait before people are told: several attempts, enough for a mail server's restart.
LATE = timedelta(minutes=10)
URGENT_LATE = timedelta(minutes=2)


@dataclass(frozen=True)
class Late:
    """Emails that should have left by now."""

    number: int
    urgent: int
    since: datetime


@cached_per_second
def late() -> Late | None:
    """Emails that are late, or None if all leave in time."""
    now = timezone.now()
    waiting = ProcrastinateJob.objects.filter(queue_name__in=QUEUES, status__in=["todo", "doing"])
    found = _with_times(waiting).aggregate(
        number=Count("pk", filter=_is_late(now)),
        urgent=Count("pk", filter=_is_late(now) & Q(priority__gte=Priority.URGENT)),
        since=Min("queued_at", filter=_is_late(now)),
    )
    return Late(**found) if found["number"] else None


def _is_late(now: datetime) -> Q:
    urgent = Q(priority__gte=Priority.URGENT, queued_at__lt=now - URGENT_LATE)
    return Q(queued_at__lt=now - LATE) | urgent


def _with_times(jobs: QuerySet[ProcrastinateJob]) -> QuerySet[ProcrastinateJob]:
    events = "procrastinateevent"
    return jobs.annotate(
        queued_at=Min(f"{events}__at", filter=Q(**{f"{events}__type": "deferred"})),
        tried_at=Max(f"{events}__at", filter=Q(**{f"{events}__type": "started"})),
    )


class Email(NamedTuple):
    """A failed email as people see it: `about` is an inquiry or a person, at `url` where that has a page."""

    job: ProcrastinateJob
    what: str | Promise
    about: str = ""
    url: str = ""


@dataclass(frozen=True)
class Kind:
    """How the emails of one task are shown, who may decide on them, and what a decision does besides.

    `describe` returns an Email for each of the given jobs that the user should still see.
    """

    describe: Callable[[list[ProcrastinateJob], User | AnonymousUser], Iterable[Email]]
    permission: str = MANAGERS
    decided: Callable[..., None] = lambda _args, _by, *, sent: None


kinds: dict[str, Kind] = {}


def register(task: Task, what: str | Promise | Kind) -> None:
    """Have the task's failed emails shown as `what`: a few words, or a Kind."""
    kinds[task.name] = what if isinstance(what, Kind) else Kind(lambda jobs, _to: _shown_as(what, jobs))


def _shown_as(what: str | Promise, jobs: Iterable[ProcrastinateJob]) -> list[Email]:
    return [Email(job, what) for job in jobs]


def _kind(name: str) -> Kind:
    """The kind of a task's emails; those of a later release are shown by the task's name."""
    task = app.tasks.get(name)  # by an alias, too
    return kinds.get(task.name if task else name) or Kind(lambda jobs, _to: _shown_as(name, jobs))


def jobs() -> QuerySet[ProcrastinateJob]:
    """Failed emails, with `gave_up`, `queued_at` and `tried_at` (None: no worker took them yet)."""
    found = ProcrastinateJob.objects.filter(queue_name__in=QUEUES, status__in=["todo", "doing", "failed"])
    waiting = Q(status__in=["todo", "doing"])
    found = _with_times(found).annotate(gave_up=Q(status="failed"))
    return found.filter(Q(status="failed") | waiting & _is_late(timezone.now())).order_by("pk")


def visible_to(user: User | AnonymousUser) -> list[Email]:
    """The failed emails that the user may decide on, oldest first."""
    by_task = defaultdict(list)
    for job in jobs()[:MAX_SHOWN]:
        by_task[job.task_name].append(job)
    found: list[Email] = []
    for name, its_jobs in by_task.items():
        if user.has_perm((kind := _kind(name)).permission):
            found += kind.describe(its_jobs, user)
    return sorted(found, key=lambda email: email.job.pk)


@transaction.atomic
def send_again(pk: int, *, by: User | AnonymousUser) -> bool:
    """Queue the email again, with all attempts; False if it was sent or decided on in the meantime."""
    if job := _take_out(pk, by, sent=True):
        app.configure_task(job.task_name, queue=job.queue_name, priority=job.priority).defer(**job.args)
    return bool(job)


@transaction.atomic
def give_up(pk: int, *, by: User | AnonymousUser) -> bool:
    """Remove the email from the queue; False if it was sent or decided on in the meantime."""
    return bool(_take_out(pk, by, sent=False))


def _take_out(pk: int, by: User | AnonymousUser, *, sent: bool) -> ProcrastinateJob | None:
    # A second press at the same moment waits here, then finds nothing left to do.
    list(ProcrastinateJob.objects.select_for_update().filter(pk=pk).values_list("pk"))
    job = jobs().exclude(status="doing").filter(pk=pk).first()
    kind = _kind(job.task_name if job else "")
    if not by.has_perm(kind.permission):
        raise PermissionDenied
    if job:
        if job.status == "failed":
            app.job_manager.retry_job_by_id(job.pk, retry_at=timezone.now())
        app.job_manager.cancel_job_by_id(job.pk, delete_job=True)
        kind.decided(job.args, by, sent=sent)
    return job

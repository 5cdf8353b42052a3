"""Failed emails: jobs that gave up or are late, their descriptions, and who can send them again."""

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
MANAGER_PERMISSION = "auth.change_user"
MAX_SHOWN = 100
# Long enough for several attempts, and for a restart of the mail server.
LATE_AFTER = timedelta(minutes=10)
URGENT_LATE_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class LateEmails:
    """Number of late emails, and when the oldest was queued."""

    number: int
    urgent: int
    since: datetime


@cached_per_second
def late() -> LateEmails | None:
    """Return the late emails, or None if there are none."""
    now = timezone.now()
    waiting = ProcrastinateJob.objects.filter(queue_name__in=QUEUES, status__in=["todo", "doing"])
    result = _with_times(waiting).aggregate(
        number=Count("pk", filter=_is_late(now)),
        urgent=Count("pk", filter=_is_late(now) & Q(priority__gte=Priority.URGENT)),
        since=Min("queued_at", filter=_is_late(now)),
    )
    return LateEmails(**result) if result["number"] else None


def _is_late(now: datetime) -> Q:
    urgent = Q(priority__gte=Priority.URGENT, queued_at__lt=now - URGENT_LATE_AFTER)
    return Q(queued_at__lt=now - LATE_AFTER) | urgent


def _with_times(jobs: QuerySet[ProcrastinateJob]) -> QuerySet[ProcrastinateJob]:
    events = "procrastinateevent"
    return jobs.annotate(
        queued_at=Min(f"{events}__at", filter=Q(**{f"{events}__type": "deferred"})),
        tried_at=Max(f"{events}__at", filter=Q(**{f"{events}__type": "started"})),
    )


class Email(NamedTuple):
    """A failed email as shown to staff. `about` is an inquiry's reference or a person's name."""

    job: ProcrastinateJob
    description: str | Promise
    about: str = ""
    url: str = ""


@dataclass(frozen=True)
class Kind:
    """Configuration for the failed emails of a task.

    `describe` returns an Email for each job that's still relevant to the user. `permission` is required to
    see the emails and to decide on them. `on_decision` is called after each decision.
    """

    describe: Callable[[list[ProcrastinateJob], User | AnonymousUser], Iterable[Email]]
    permission: str = MANAGER_PERMISSION
    on_decision: Callable[..., None] = lambda _args, _by, *, sent: None


kinds: dict[str, Kind] = {}


def register(task: Task, kind: str | Promise | Kind) -> None:
    """Show the task's failed emails with a Kind, or with the same description for all."""
    kinds[task.name] = kind if isinstance(kind, Kind) else _kind_with_description(kind)


def _kind_with_description(description: str | Promise) -> Kind:
    return Kind(lambda jobs, _viewer: [Email(job, description) for job in jobs])


def _kind(name: str) -> Kind:
    """Return a task's kind; unknown tasks, of a later release, are described by their name."""
    task = app.tasks.get(name)  # `name` can be an alias
    return kinds.get(task.name if task else name) or _kind_with_description(name)


def jobs() -> QuerySet[ProcrastinateJob]:
    """Return jobs of failed emails with `gave_up`, `queued_at` and `tried_at` (None: not tried yet)."""
    found = ProcrastinateJob.objects.filter(queue_name__in=QUEUES, status__in=["todo", "doing", "failed"])
    waiting = Q(status__in=["todo", "doing"])
    found = _with_times(found).annotate(gave_up=Q(status="failed"))
    return found.filter(Q(status="failed") | waiting & _is_late(timezone.now())).order_by("pk")


def visible_to(user: User | AnonymousUser) -> list[Email]:
    """Return the failed emails that the user can decide on, oldest first."""
    by_task = defaultdict(list)
    for job in jobs()[:MAX_SHOWN]:
        by_task[job.task_name].append(job)
    emails: list[Email] = []
    for name, task_jobs in by_task.items():
        if user.has_perm((kind := _kind(name)).permission):
            emails += kind.describe(task_jobs, user)
    return sorted(emails, key=lambda email: email.job.pk)


@transaction.atomic
def send_again(pk: int, *, by: User | AnonymousUser) -> bool:
    """Queue the email again, with all attempts; return False if it was already sent or decided on."""
    if job := _remove(pk, by, sent=True):
        app.configure_task(job.task_name, queue=job.queue_name, priority=job.priority).defer(**job.args)
    return bool(job)


@transaction.atomic
def give_up(pk: int, *, by: User | AnonymousUser) -> bool:
    """Remove the email from the queue; return False if it was already sent or decided on."""
    return bool(_remove(pk, by, sent=False))


def _remove(pk: int, by: User | AnonymousUser, *, sent: bool) -> ProcrastinateJob | None:
    # Lock the row, so that of two concurrent requests, the second one finds no job.
    list(ProcrastinateJob.objects.select_for_update().filter(pk=pk).values_list("pk"))
    job = jobs().exclude(status="doing").filter(pk=pk).first()
    kind = _kind(job.task_name if job else "")
    if not by.has_perm(kind.permission):
        raise PermissionDenied
    if job:
        if job.status == "failed":
            app.job_manager.retry_job_by_id(job.pk, retry_at=timezone.now())
        app.job_manager.cancel_job_by_id(job.pk, delete_job=True)
        kind.on_decision(job.args, by, sent=sent)
    return job

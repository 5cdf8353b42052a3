"""Clinical reviews: who approved the words that readers see.

The record is an approved task of Wagtail's workflow: it names a revision, a person and a time. It counts
where the task asks the clinical reviewers; when somebody else answers in their place, as administrators may,
the task is on record as skipped. An approval of another revision says nothing about the one readers see.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, Q, When
from wagtail.models import TaskState

from clinic.accounts.roles import REVIEWERS

# The revision whose words readers of a page see. An alias shows what its source does, and its own
# `live_revision` stays behind when the source is published anew.
SHOWN_REVISION = Case(
    When(alias_of=None, then=F("live_revision_id")), default=F("alias_of__live_revision_id")
)
ASKS_REVIEWERS = Q(task__groupapprovaltask__groups__name=REVIEWERS)
FINISHED = [TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED]


@dataclass(frozen=True)
class ClinicalApproval:
    reviewer: str
    at: datetime


def approvals(revision_id):
    """The approvals by clinical reviewers that stand for a revision, newest first."""
    return TaskState.objects.filter(
        ASKS_REVIEWERS,
        revision_id=revision_id,
        status=TaskState.STATUS_APPROVED,
        finished_by__isnull=False,
        finished_at__isnull=False,
    ).order_by("-finished_at")


def approval_of(page):
    """Of the words that its readers see now."""
    shown = page.alias_of if page.alias_of_id else page
    return approval_of_revision(shown.live_revision_id)


def approval_of_revision(revision_id):
    reviewer = ["finished_by__first_name", "finished_by__last_name"]
    newest = approvals(revision_id).values_list(*reviewer, "finished_at").first()
    if newest is None:
        return None
    first_name, last_name, at = newest
    # A user name is for signing in: readers see a person's name or none.
    return ClinicalApproval(f"{first_name} {last_name}".strip(), at)


def is_on_record(revision):
    """Whether somebody has decided on these words: no later draft may be written over them."""
    return revision.task_states.filter(status__in=FINISHED).exists()


def skip_if_by_somebody_else(instance, user, **kwargs):
    """Receives `task_approved`: who is no clinical reviewer today has not approved in their name."""
    if not (user and user.groups.filter(name=REVIEWERS).exists()):
        TaskState.objects.filter(ASKS_REVIEWERS, pk=instance.pk).update(status=TaskState.STATUS_SKIPPED)

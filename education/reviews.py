"""Clinical reviews: who approved the words that readers see.

The record is an approved task of Wagtail's workflow: it names a revision, a person and a time. It counts
where the task asks the clinical reviewers and one of them answered; a superuser, who may approve
everything, is none by that. An approval of another revision says nothing about the one that readers see.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, When
from wagtail.models import TaskState

from clinic.roles import REVIEWERS

# The revision whose words readers of a page see. An alias shows what its source does, and its own
# `live_revision` stays behind when the source is published anew.
SHOWN_REVISION = Case(
    When(alias_of=None, then=F("live_revision_id")), default=F("alias_of__live_revision_id")
)
FINISHED = [TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED]


@dataclass(frozen=True)
class ClinicalApproval:
    reviewer: str
    at: datetime


def approvals(revision_id):
    """The approvals by clinical reviewers that stand for a revision, newest first."""
    return TaskState.objects.filter(
        revision_id=revision_id,
        status=TaskState.STATUS_APPROVED,
        finished_at__isnull=False,
        finished_by__groups__name=REVIEWERS,
        task__groupapprovaltask__groups__name=REVIEWERS,
    ).order_by("-finished_at")


def approval_of(page):
    shown = page.alias_of if page.alias_of_id else page
    reviewer = ["finished_by__first_name", "finished_by__last_name"]
    newest = approvals(shown.live_revision_id).values_list(*reviewer, "finished_at").first()
    if newest is None:
        return None
    first_name, last_name, at = newest
    # A user name is for signing in: readers see a person's name or none.
    return ClinicalApproval(f"{first_name} {last_name}".strip(), at)


def is_on_record(revision):
    """Whether somebody has decided on these words: no later draft may be written over them."""
    return revision.task_states.filter(status__in=FINISHED).exists()


def follow(page, revision):
    """A review in progress is of the newest version: that is what approving it publishes."""
    in_progress = TaskState.objects.for_instance(page).filter(status=TaskState.STATUS_IN_PROGRESS)
    in_progress.update(revision=revision)

"""Going live in tests that are about something else than the clinical review."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Workflow

from education.models import ClinicalReview
from education.review.approving import approve_revision
from education.review.models import ReviewCheck
from education.review.unreviewed import publish_starter


def publish(page):
    """Publish `page` as it is, unreviewed, as if it came with the software."""
    publish_starter(page.save_revision(clean=False))  # it is cleaned as it goes live


def publish_reviewed(page, user, reviewer):
    """Publish `page` as `user` left it, with the record of `reviewer`'s approval: no tasks, no emails."""
    revision = page.save_revision(user=user, clean=False)
    approve_revision(revision, reviewer, checked=ReviewCheck.values)
    revision.publish(user=reviewer)


def submit(page, user):
    """`user` submits `page` as it is for review: the task that waits for a reviewer."""
    page.save_revision(user=user, clean=False)
    return Workflow.objects.get(name="Clinical review").start(page, user).current_task_state.specific


def review(revision, name="Dan Hashimoto", **fields):
    """A record of a review, made by nobody."""
    later = timezone.localdate() + timedelta(days=300)
    return ClinicalReview.objects.create(
        revision=revision, reviewer_name=name, **{"valid_until": later, **fields}
    )

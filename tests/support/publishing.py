"""Publishing for tests that aren't about the clinical review."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Workflow

from education.models import ClinicalReview
from education.review.approving import approve_revision
from education.review.models import ReviewCheck
from education.review.unreviewed import publish_starter


def publish(page):
    """Publish a page unreviewed, like the starter site's pages."""
    publish_starter(page.save_revision(clean=False))  # publishing runs full_clean


def publish_reviewed(page, user, reviewer):
    """Publish a page by `user` with the approval of `reviewer`, but without tasks or emails."""
    revision = page.save_revision(user=user, clean=False)
    approve_revision(revision, reviewer, checked=ReviewCheck.values)
    revision.publish(user=reviewer)


def submit(page, user):
    """Submit a page for review as `user`, and return the reviewer's task."""
    page.save_revision(user=user, clean=False)
    return Workflow.objects.get(name="Clinical review").start(page, user).current_task_state.specific


def review(revision, name="Dan Hashimoto", **fields):
    """Create the record of a review, without a user."""
    later = timezone.localdate() + timedelta(days=300)
    return ClinicalReview.objects.create(
        revision=revision, reviewer_name=name, **{"valid_until": later, **fields}
    )

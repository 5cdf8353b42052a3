"""Going live in tests that are about something else than the clinical review."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Workflow

from education.models import ClinicalReview
from education.review.models import Checked
from education.review.unreviewed import publish_starter


def publish(page):
    """Publish `page` as it is, unreviewed, as if it came with the software."""
    publish_starter(page.save_revision())


def publish_reviewed(page, user, reviewer):
    """`user` submits `page` as it is, and `reviewer` approves it, which publishes it."""
    page.save_revision(user=user)
    state = Workflow.objects.get(name="Clinical review").start(page, user)
    state.current_task_state.specific.approve(user=reviewer, checked=Checked.values)


def review(revision, name="Dan Hashimoto", **fields):
    """A record of a review, made by nobody."""
    later = timezone.localdate() + timedelta(days=300)
    return ClinicalReview.objects.create(
        revision=revision, reviewer_name=name, **{"valid_until": later, **fields}
    )

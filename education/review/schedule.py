"""What editors planned for a day: Wagtail's publish_scheduled, a page at a time.

The command stops at the first page that cannot be published (its address may be taken by now), and those
behind it would wait for ever.
"""

from functools import partial

from wagtail.models import Page, Revision, WorkflowState


def due(now):
    """(page's id, what to do with it), in order: first what is to go away."""
    expired = Page.objects.live().filter(expire_at__lt=now).order_by("expire_at")
    for page in expired:
        yield page.pk, partial(page.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled")
    approved = Revision.page_revisions.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for revision in approved:
        yield revision.object_id, partial(publish, revision)


def publish(revision):
    """A review of newer words goes on: Wagtail ends any review where it publishes."""
    page = revision.content_object
    review = page.current_workflow_state
    revision.publish(log_action="wagtail.publish.scheduled")
    if review and review.status == WorkflowState.STATUS_IN_PROGRESS:
        review.workflow.start(revision.content_object, review.requested_by)

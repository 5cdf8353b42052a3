"""What happens to pages at its time: Wagtail's publish_scheduled, and unreviewed words that expire.

The command stops at the first page that cannot be published (its address may be taken by now), and those
behind it would wait for ever.
"""

from functools import partial

from wagtail.models import Page, Revision

from education.review import unreviewed


def due(now):
    """(page's id, what to do with it), in order: first what is to go away."""
    expired = Page.objects.live().filter(expire_at__lt=now).order_by("expire_at")
    for page in expired:
        yield page.pk, partial(page.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled")
    approved = Revision.page_revisions.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for revision in approved:
        yield revision.object_id, partial(revision.publish, log_action="wagtail.publish.scheduled")
    for instance in unreviewed.live_expired():
        yield instance.pk, partial(unreviewed.end_expired, instance)

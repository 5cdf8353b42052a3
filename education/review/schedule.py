"""What happens to pages at its time: Wagtail's publish_scheduled, and unreviewed words that expire.

The command stops at the first page that cannot be published (its address may be taken by now), and those
behind it would wait for ever.
"""

from functools import partial

from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision

from education.review import emails, unreviewed

NOT_AS_PLANNED = "education.not_as_planned"


def due(now):
    """Return (page id, action) pairs that are due, those to unpublish first."""
    expired = Page.objects.live().filter(expire_at__lt=now).order_by("expire_at")
    for page in expired:
        yield page.pk, partial(page.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled")
    approved = Revision.page_revisions.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for revision in approved:
        yield revision.object_id, partial(revision.publish, log_action="wagtail.publish.scheduled")
    for instance in unreviewed.live_expired():
        yield instance.pk, partial(unreviewed.end_expired, instance)


def tell_once(page_id: int) -> bool:
    """Tell the page's editor that it couldn't be done; False if that was said of this draft before."""
    page = Page.objects.get(pk=page_id)
    told = PageLogEntry.objects.filter(page=page_id, action=NOT_AS_PLANNED)
    if page.latest_revision_created_at:
        told = told.filter(timestamp__gte=page.latest_revision_created_at)
    if told.exists():
        return False
    log(instance=page, action=NOT_AS_PLANNED)
    emails.tell_of_failed_plan.defer(page_id=page_id)
    return True

"""Scheduled work: Wagtail's publish_scheduled, and unreviewed versions that expire.

The command stops at the first page that cannot be published (its address may be taken by now), and those
behind it would wait for ever.
"""

from functools import partial

from wagtail.log_actions import log, registry
from wagtail.models import Page, Revision

from education.review import emails, unreviewed

NOT_AS_PLANNED = "education.not_as_planned"


def due(now):
    """Return (page or snippet, action) pairs that are due, those to unpublish first."""
    expired = Page.objects.live().filter(expire_at__lt=now).order_by("expire_at")
    for page in expired:
        yield page, partial(page.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled")
    approved = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for revision in approved:
        yield revision.content_object, partial(revision.publish, log_action="wagtail.publish.scheduled")
    for instance in unreviewed.live_expired():
        yield instance, partial(unreviewed.end_expired, instance)


def tell_once(planned) -> bool:
    """Tell a page's editor that it couldn't be done; False if that was said of this draft before."""
    told = registry.get_logs_for_instance(planned).filter(action=NOT_AS_PLANNED)
    if planned.latest_revision:
        told = told.filter(timestamp__gte=planned.latest_revision.created_at)
    if told.exists():
        return False
    log(instance=planned, action=NOT_AS_PLANNED)
    if isinstance(planned, Page):
        emails.tell_of_failed_plan.defer(page_id=planned.pk)
    return True

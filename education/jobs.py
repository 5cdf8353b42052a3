"""Background jobs of the education pages: renditions, search words, scheduled publishing, link checks."""

import logging
from contextlib import suppress
from functools import partial

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from wagtail.log_actions import log, registry
from wagtail.models import Page, Revision

from clinic.operations.schedule import scheduled
from education.checks.links import weekly
from education.models import FailedSearch
from education.models.base import BasePage
from education.review import emails, unreviewed
from education.search.spelling import update_search_words

logger = logging.getLogger(__name__)

SCHEDULE_FAILED = "education.not_as_planned"


def queue_pictures(instance, **kwargs):
    """Queue the renditions of a published page, in the transaction that publishes it (`page_published`)."""
    if isinstance(instance, BasePage) and any(instance.picture_sizes()):
        make_pictures.defer(page_id=instance.pk)


@app.task(name="education.make_pictures", aliases=["education.jobs.make_pictures"], queue="pictures")
def make_pictures(*, page_id):
    """Create all renditions of a page's images before the first reader requests them."""
    if page := Page.objects.filter(pk=page_id).first():
        for image, sizes in page.specific.picture_sizes():
            image.get_renditions(*sizes)


def queue_word_update(**kwargs):
    """Queue an update of the search words after a publication (`page_published`)."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        learn_words.defer(timestamp=0)


@scheduled("20 3 * * *", "education.learn_words", queue="upkeep", lock="learn_words")
def learn_words(timestamp):
    """Update the words that search corrects typing errors with, and delete expired failed searches."""
    update_search_words()
    FailedSearch.objects.delete_expired()


@scheduled("* * * * *", "education.publish_scheduled", aliases=["education.jobs.publish_scheduled"])
def publish_scheduled(timestamp):
    """Publish and unpublish pages and the emergency message as scheduled.

    Wagtail's own command stops at the first page that can't be published, for example because its slug is
    in use by now, and would never get to the others.
    """
    for instance, action in due_actions(timezone.now()):
        try:
            with transaction.atomic():
                action()
        except Exception as error:  # one failure shouldn't stop the others
            if notify_editor_once(instance):
                name, kind = instance._meta.model_name, type(error).__qualname__
                logger.error("%s %s: not done as planned: %s", name, instance.pk, kind)


def due_actions(now):
    """Yield a (page or snippet, action) pair for each action that is due, those to unpublish first."""
    expired = Page.objects.live().filter(expire_at__lt=now).order_by("expire_at")
    for page in expired:
        yield page, partial(page.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled")
    approved = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for revision in approved:
        yield revision.content_object, partial(revision.publish, log_action="wagtail.publish.scheduled")
    for instance in unreviewed.expired_objects():
        yield instance, partial(unreviewed.end_publication, instance)


def notify_editor_once(instance) -> bool:
    """Log the failure and email a page's editor; return False if that was done for this draft before."""
    entries = registry.get_logs_for_instance(instance).filter(action=SCHEDULE_FAILED)
    if instance.latest_revision:
        entries = entries.filter(timestamp__gte=instance.latest_revision.created_at)
    if entries.exists():
        return False
    log(instance=instance, action=SCHEDULE_FAILED)
    if isinstance(instance, Page):
        emails.send_failed_schedule_notice.defer(page_id=instance.pk)
    return True


@scheduled("23 4 * * 1", "education.check_links", queue="links")
def check_links(timestamp: int) -> None:
    """Check the links of all pages for the report."""
    weekly.check_links()

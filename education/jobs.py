"""Background jobs of the education pages: pictures, search words, links, and what editors planned."""

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

NOT_AS_PLANNED = "education.not_as_planned"


def queue_pictures(instance, **kwargs):
    """Receives Wagtail's `page_published`: queued with the publication, or not at all."""
    if isinstance(instance, BasePage) and any(instance.picture_sizes()):
        make_pictures.defer(page_id=instance.pk)


@app.task(name="education.make_pictures", aliases=["education.jobs.make_pictures"], queue="pictures")
def make_pictures(*, page_id):
    """Make all sizes of a page's pictures, before a reader asks for them."""
    if page := Page.objects.filter(pk=page_id).first():
        for image, sizes in page.specific.picture_sizes():
            image.get_renditions(*sizes)


def queue_learning(**kwargs):
    """Receives Wagtail's `page_published`."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        learn_words.defer(timestamp=0)


@scheduled("20 3 * * *", "education.learn_words", queue="upkeep", lock="learn_words")
def learn_words(timestamp):
    """Learn the words of all pages, so that search knows what a mistyped one was meant to be."""
    update_search_words()
    FailedSearch.objects.delete_expired()


@scheduled("* * * * *", "education.publish_scheduled", aliases=["education.jobs.publish_scheduled"])
def publish_scheduled(timestamp):
    """Publish and unpublish pages, and the emergency message, at the time their editor planned.

    Wagtail's own command stops at the first page that cannot be published (its address may be taken by now),
    and those behind it would wait for ever.
    """
    for planned, act in due(timezone.now()):
        try:
            with transaction.atomic():
                act()
        except Exception as error:  # one that fails must not stop the others
            if tell_once(planned):
                name, kind = planned._meta.model_name, type(error).__qualname__
                logger.error("%s %s: not done as planned: %s", name, planned.pk, kind)


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


@scheduled("23 4 * * 1", "education.check_links", queue="links")
def check_links(timestamp: int) -> None:
    """Look for broken links in all pages, for the report."""
    weekly.check_links()

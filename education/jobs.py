"""Background jobs of the education pages."""

import logging
from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from wagtail.models import Page

from clinic.operations.schedule import scheduled
from education.checks.links import weekly
from education.models import FailedSearch
from education.models.base import SharedPage
from education.review import schedule
from education.search import words

logger = logging.getLogger(__name__)


def queue_pictures(instance, **kwargs):
    """Receives Wagtail's `page_published`: queued with the publication, or not at all."""
    if isinstance(instance, SharedPage) and any(instance.picture_sizes()):
        make_pictures.defer(page_id=instance.pk)


@app.task(name="education.make_pictures", aliases=["education.jobs.make_pictures"], queue="pictures")
def make_pictures(*, page_id):
    """Make all sizes of a page's pictures, so that no reader has to wait for them."""
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
    words.learn()
    FailedSearch.objects.forget()


@scheduled("* * * * *", "education.publish_scheduled", aliases=["education.jobs.publish_scheduled"])
def publish_scheduled(timestamp):
    """Publish and unpublish pages, and the emergency message, at the time their editor planned."""
    for planned, act in schedule.due(timezone.now()):
        try:
            with transaction.atomic():
                act()
        except Exception as error:  # whatever keeps one back keeps back no other
            if schedule.tell_once(planned):
                name, kind = planned._meta.model_name, type(error).__qualname__
                logger.error("%s %s: not done as planned: %s", name, planned.pk, kind)


@scheduled("23 4 * * 1", "education.check_links", queue="links")
def check_links(timestamp: int) -> None:
    """Look for broken links in all pages, for the report."""
    weekly.check_links()

"""Background jobs of the education pages."""

import logging

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from wagtail.images.models import Filter

from education.models import ArticlePage
from education.review import schedule

logger = logging.getLogger(__name__)

SOCIAL_SIZE = "fill-1200x630|format-jpeg"  # templates/education/page_head.html
# templates/education/blocks/image.html
PICTURE_SIZES = Filter.expand_spec("width-{400,800,1200}|format-{avif,webp,jpeg}")


def queue_pictures(instance, **kwargs):
    """Receives Wagtail's `page_published`: queued with the publication, or not at all."""
    if instance.images or instance.social_image_id:
        make_pictures.defer(page_id=instance.pk)


@app.task(name="education.make_pictures", aliases=["education.jobs.make_pictures"], queue="pictures")
def make_pictures(*, page_id):
    """Make all sizes of a page's pictures, so that no reader has to wait for them."""
    page = ArticlePage.objects.filter(pk=page_id).first()
    if not page:
        return
    for image in page.images:
        image.get_renditions(*PICTURE_SIZES)
    if page.social_image:
        page.social_image.get_rendition(SOCIAL_SIZE)


@app.periodic(cron="* * * * *")
@app.task(
    name="education.publish_scheduled",
    aliases=["education.jobs.publish_scheduled"],
    queue="clock",
    queueing_lock="publish_scheduled",
)
def publish_scheduled(timestamp):
    """What an editor planned appears, or goes away, within a minute of its time."""
    for what, act in schedule.due(timezone.now()):
        try:
            with transaction.atomic():
                act()
        except Exception as error:  # whatever keeps one back keeps back no other
            logger.error("page %s: not done as planned: %s", what, type(error).__qualname__)

"""Anonymous daily counts of readers who found a page helpful or not."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel
from wagtail.models import Page, PageQuerySet

from clinic.models.fields import InternalModel

MAX_ANSWERS_PER_DAY = 200  # per page; further answers are ignored
REPORT_PERIOD = timedelta(days=90)


class PageFeedbackQuerySet(models.QuerySet):
    def record(self, page: Page, *, helpful: bool) -> None:
        row, _new = self.get_or_create(page=page, day=timezone.localdate())
        name = "helpful" if helpful else "not_helpful"
        below_limit = self.filter(pk=row.pk, helpful__lt=MAX_ANSWERS_PER_DAY - F("not_helpful"))
        below_limit.update(**{name: F(name) + 1})


class PageFeedback(InternalModel):
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="reader_feedback")
    day = models.DateField(_("day"))
    helpful = models.PositiveIntegerField(_("helpful"), default=0)
    not_helpful = models.PositiveIntegerField(_("not helpful"), default=0)

    objects = PageFeedbackQuerySet.as_manager()

    class Meta(InternalModel.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="page_feedback_once_a_day")]


def with_feedback(pages: PageQuerySet) -> PageQuerySet:
    """Annotate pages with the numbers of `helpful` and `not_helpful` answers of the last 90 days."""
    recent = Q(reader_feedback__day__gte=timezone.localdate() - REPORT_PERIOD)
    return pages.annotate(
        helpful=Coalesce(Sum("reader_feedback__helpful", filter=recent), 0),
        not_helpful=Coalesce(Sum("reader_feedback__not_helpful", filter=recent), 0),
    )


class ReadersPanel(Panel):
    """Shows editors the reader feedback about a page."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "education/panels/reader_feedback.html"

        def is_shown(self):
            return super().is_shown() and bool(self.instance.pk)

        def get_context_data(self, parent_context=None):
            pages = list(with_feedback(Page.objects.filter(pk=self.instance.pk)))
            return {**super().get_context_data(parent_context), "pages": pages}

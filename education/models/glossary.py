"""The glossary: terms explained on their own pages and where other pages use them."""

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel
from wagtail.models import Page, PageManager

from education.models.base import BasePage, ListPage, ReadableQuerySet, build_search_fields
from education.review.models import ClinicalReview
from education.review.panels import ClinicalReviewPanel


class GlossaryPage(ListPage):
    parent_page_types = ["education.HomePage"]
    subpage_types = ["education.TermPage"]
    max_count = 1

    class Meta:
        verbose_name = _("glossary")

    def get_context(self, request, *args, **kwargs):
        terms = TermPage.objects.readable().with_review().child_of(self).order_by("title")
        return {**super().get_context(request, *args, **kwargs), "terms": terms}


class TermQuerySet(ReadableQuerySet):
    def with_review(self) -> "TermQuerySet":
        """Return reviewed terms only, annotated with `valid_until`, the last day of the review."""
        review = ClinicalReview.objects.filter(revision=OuterRef("live_revision"))
        return self.annotate(valid_until=Subquery(review.values("valid_until")[:1])).exclude(valid_until=None)


class TermPage(BasePage):
    """A glossary term; the title is the word."""

    other_forms = models.CharField(
        _("other forms"),
        max_length=200,
        blank=True,
        help_text=_(
            "Separated by commas, for example: vertebrae, spinal bone. Plurals with “-s” are found"
            " automatically."
        ),
    )
    meaning = models.CharField(
        _("meaning"),
        max_length=250,
        help_text=_("One sentence in plain words. Readers see it next to the word, once on each page."),
    )

    contains_medical_claims = True

    objects = PageManager.from_queryset(TermQuerySet)()

    parent_page_types = ["education.GlossaryPage"]
    subpage_types = []

    content_panels = [
        HelpPanel(content=_("Readers see this term only after a reviewer approves it.")),
        ClinicalReviewPanel(heading=_("Clinical review")),
        *Page.content_panels,
        "other_forms",
        "meaning",
    ]
    search_fields = build_search_fields("other_forms", "meaning")

    class Meta:
        verbose_name = _("glossary term")

    @property
    def summary(self) -> str:
        return self.search_description or self.meaning

    @property
    def forms(self) -> list[str]:
        return [form for form in map(str.strip, [self.title, *self.other_forms.split(",")]) if form]

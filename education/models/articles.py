"""The list of articles and the article."""

from django.core.paginator import Paginator
from django.db import models
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from clinic.caching.per_version import cached_per_version
from education import structured_data
from education.blocks import SectionBlock, SourceBlock, sections_of
from education.models.base import SharedPage, all_is_public, private_paths
from education.review import approvals
from education.review.panels import ClinicalReviewPanel

ARTICLES_A_PAGE = 10
RELATED = 3


@cached_per_version
def number_of_articles_in(index_page):
    return ArticlePage.objects.child_of(index_page).readable_from_next_to_them().count()


class ArticleIndexPage(SharedPage):
    introduction = models.TextField(_("introduction"), blank=True)

    parent_page_types = ["education.HomePage"]
    subpage_types = ["education.ArticlePage"]
    template = "education/article_index_page.html"

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("list of articles")
        verbose_name_plural = _("lists of articles")

    @property
    def summary(self):
        return self.search_description or self.introduction

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["articles"] = self.articles.get_page(request.GET.get("page"))
        return context

    @property
    def articles(self):
        articles = ArticlePage.objects.child_of(self).readable_from_next_to_them()
        paginator = Paginator(articles.for_lists(), ARTICLES_A_PAGE)
        paginator.count = number_of_articles_in(self)
        return paginator

    def get_cached_paths(self):
        """The list's own address and those of its pages, and of one that may just have gone."""
        return ["/", *(f"/?page={number}" for number in range(1, self.articles.num_pages + 2))]


class ArticleQuerySet(PageQuerySet):
    def published(self, private=None):
        """What anybody may read, newest first. Ties go to the article that was made last.

        `private` is `private_paths()`, where they are known already.
        """
        articles = self.live()
        for path in private_paths() if private is None else private:
            articles = articles.exclude(path__startswith=path)
        return articles.order_by("-published_on", "-pk")

    def readable_from_next_to_them(self):
        """For whoever may read their parent: all but those with a restriction of their own."""
        live = self.live() if all_is_public() else self.live().filter(view_restrictions=None)
        return live.order_by("-published_on", "-pk")

    def for_lists(self):
        """With no more than what education/article_list.html shows."""
        return self.only("title", "url_path", "published_on", "search_description", "lead")

    def not_reviewed(self):
        """Live articles whose words, as readers see them now, no clinician has approved."""
        shown = self.live().annotate(shown_revision=approvals.SHOWN_REVISION)
        return shown.exclude(models.Exists(approvals.approvals(models.OuterRef("shown_revision"))))


@cached_per_version
def newest_below(path):
    """As many articles as one of them can relate to, and itself."""
    articles = ArticlePage.objects.filter(path__startswith=path, depth=len(path) // Page.steplen + 1)
    return list(articles.readable_from_next_to_them().for_lists()[: RELATED + 1])


class ArticlePage(SharedPage):
    published_on = models.DateField(_("date"), default=timezone.localdate)
    lead = models.TextField(_("lead"), help_text=_("The first paragraph: what this article is about."))
    key_points = StreamField(
        [("point", blocks.CharBlock(label=_("Key point"), max_length=200))],
        blank=True,
        verbose_name=_("key points"),
        help_text=_("What a reader in a hurry should take along. May stay empty."),
    )
    body = StreamField([("section", SectionBlock())], blank=True, verbose_name=_("sections"))
    sources = StreamField([("source", SourceBlock())], blank=True, verbose_name=_("sources"))

    objects = PageManager.from_queryset(ArticleQuerySet)()

    parent_page_types = ["education.ArticleIndexPage"]
    subpage_types = []
    template = "education/article_page.html"

    content_panels = [
        ClinicalReviewPanel(heading=_("Clinical review")),
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("published_on"), FieldPanel("lead")], heading=_("Introduction")),
        FieldPanel("key_points"),
        FieldPanel("body"),
        FieldPanel("sources"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("lead", boost=2),
        index.SearchField("key_points"),
        index.SearchField("body"),
        index.SearchField("sources"),
        index.FilterField("published_on"),
    ]

    class Meta:
        verbose_name = _("article")
        # The newest three or ten are read from it, however many articles there are.
        indexes = [models.Index(fields=["-published_on", "-page_ptr"], name="article_newest")]

    @property
    def summary(self):
        return self.search_description or self.lead

    @cached_property
    def sections(self):
        return sections_of(self.body)

    @cached_property
    def clinical_approval(self):
        """Who approved the words that readers see now, and when; None where no record says so."""
        return approvals.approval_of(self)

    def structured_data(self, root_url, path, time_zone):
        return structured_data.describe(self, root_url, path, time_zone)

    @property
    def planned_approval(self):
        """Who approved the words that are to appear at their time."""
        planned = self.pk and self.scheduled_revision
        return approvals.approval_of_revision(planned.pk) if planned else None

    def save_revision(self, *args, overwrite_revision=None, **kwargs):
        """As Wagtail's, but no draft is written over words that somebody has decided on."""
        if overwrite_revision and approvals.is_on_record(overwrite_revision):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    @property
    def images(self):
        return [
            block.value["image"]
            for section in self.sections
            for block in section.content
            if block.block_type == "image" and block.value["image"]
        ]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        if images := self.images:
            # All stored sizes of all images in one query, instead of one an image.
            prefetch_related_objects(images, "renditions")
        others = [article for article in newest_below(self.path[: -self.steplen]) if article.pk != self.pk]
        context["related_articles"] = others[:RELATED]
        return context

"""The list of articles and the article."""

from datetime import date, tzinfo
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from clinic.caching.per_version import cached_per_version
from clinic.models.fields import check_all, picture_field
from education.blocks import SourceBlock
from education.models.base import (
    PICTURE_SIZES,
    ListPage,
    ReadableQuerySet,
    SectionsPage,
    SharedPage,
    all_is_public,
    has_review,
    searched,
)
from education.models.feedback import ReadersPanel
from education.models.topics import readable_topics, topics_by_article
from education.review.panels import ClinicalReviewPanel

ARTICLES_A_PAGE = 10
RELATED = 3


class ArticleIndexPage(ListPage):
    parent_page_types = ["education.HomePage"]
    subpage_types = ["education.ArticlePage"]

    class Meta:
        verbose_name = _("list of articles")
        verbose_name_plural = _("lists of articles")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["articles"] = self.articles.get_page(request.GET.get("page"))
        context["topics"] = readable_topics()
        return context

    @property
    def articles(self):
        articles = ArticlePage.objects.child_of(self).without_own_restriction()
        return Paginator(articles.for_lists(), ARTICLES_A_PAGE)

    def get_cached_paths(self):
        """The addresses of the list's pages, and of one that may just have disappeared."""
        return ["/", *(f"/?page={number}" for number in range(1, self.articles.num_pages + 2))]


class ArticleQuerySet(ReadableQuerySet):
    def published(self):
        """What anybody may read, newest first. Ties go to the article that was made last."""
        return self.readable().order_by("-published_on", "-pk")

    def without_own_restriction(self):
        """Live articles without a view restriction of their own, the newest first."""
        live = self.live() if all_is_public() else self.live().filter(view_restrictions=None)
        return live.order_by("-published_on", "-pk")

    def for_lists(self):
        """With no more than what education/article_list.html shows."""
        shown = self.only("title", "url_path", "published_on", "search_description", "lead", "language")
        return shown.annotate(is_reviewed=has_review())


@cached_per_version
def newest_below(path):
    """As many articles as one of them can relate to, and itself."""
    articles = ArticlePage.objects.filter(path__startswith=path, depth=len(path) // Page.steplen + 1)
    return list(articles.without_own_restriction().for_lists()[: RELATED + 1])


@cached_per_version
def articles_of(*topics: int):
    """As many articles of these topics as one of them can relate to, and itself; in the topics' order."""
    articles = ArticlePage.objects.readable().filter(in_topics__topic__in=topics)
    articles = articles.annotate(place=models.Min("in_topics__sort_order")).order_by("place", "-published_on")
    return list(articles.for_lists()[: RELATED + 1])


class ArticlePage(SectionsPage, SharedPage):  # type: ignore[django-manager-missing]
    short_title = models.CharField(
        _("short title"),
        max_length=60,
        blank=True,
        help_text=_(
            "Two or three words, shown large above a long title. Leave empty where the title is short."
        ),
    )
    author = models.ForeignKey(
        "education.PersonPage",
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture = picture_field(_("picture"))
    picture_alt = models.CharField(
        _("description of the picture"),
        max_length=500,
        blank=True,
        help_text=_("What a reader who can’t see the picture needs to know."),
    )
    published_on = models.DateField(_("date"), default=timezone.localdate)
    lead = models.TextField(_("lead"), help_text=_("The first paragraph: what this article is about."))
    key_points = StreamField(
        [("point", blocks.CharBlock(label=_("Key point"), max_length=200))],
        blank=True,
        verbose_name=_("key points"),
        help_text=_("What readers in a hurry should remember. Optional."),
    )
    sources = StreamField([("source", SourceBlock())], blank=True, verbose_name=_("sources"))

    contains_medical_claims = True

    objects = PageManager.from_queryset(ArticleQuerySet)()  # type: ignore[django-manager-missing]

    parent_page_types = ["education.ArticleIndexPage"]
    subpage_types = []

    content_panels = [
        ClinicalReviewPanel(heading=_("Clinical review")),
        *Page.content_panels,
        MultiFieldPanel(
            ["short_title", "language", "published_on", "author", "lead"],
            heading=_("Introduction"),
        ),
        MultiFieldPanel(["picture", "picture_alt"], heading=_("Picture")),
        "key_points",
        "body",
        "sources",
        ReadersPanel(heading=_("Reader feedback")),
    ]
    search_fields = [*searched("lead", "key_points", "body", "sources"), index.FilterField("published_on")]

    class Meta:
        verbose_name = _("article")
        # The newest three or ten are read from it, however many articles there are.
        indexes = [models.Index(fields=["-published_on", "-page_ptr"], name="article_newest")]

    @property
    def summary(self):
        return self.search_description or self.lead

    def clean(self):
        check_all(super().clean, self._check_picture)

    def _check_picture(self) -> None:
        if self.picture_id and not self.picture_alt:
            raise ValidationError({"picture_alt": _("Describe the picture for readers who can’t see it.")})

    def updated_on(self, time_zone: tzinfo) -> date | None:
        """The day of the last publication of changed words, if they changed since the first and its date."""
        first, last = self.first_published_at, self.last_published_at
        if not (first and last) or first == last:
            return None
        day = last.astimezone(time_zone).date()
        return day if day > self.published_on else None

    def structured_data(self, root_url: str, path: str, time_zone: tzinfo) -> dict[str, Any]:
        described = {
            **super().structured_data(root_url, path, time_zone),
            "datePublished": f"{self.published_on:%Y-%m-%d}",
        }
        described["dateModified"] = f"{self.updated_on(time_zone) or self.published_on:%Y-%m-%d}"
        if self.author:
            described["author"] = {"@type": "Person", "name": self.author.title}
        if self.sources:
            described["citation"] = [source.value["title"] for source in self.sources]
        return described

    def picture_sizes(self):
        yield from super().picture_sizes()
        if self.picture:
            yield self.picture, PICTURE_SIZES

    def readable_topics(self):
        """The topics that list this article, as editors arranged them."""
        listing = topics_by_article().get(self.pk, set())
        return [topic for topic in readable_topics() if topic.pk in listing]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["topics"] = topics = self.readable_topics()
        related = self._others(articles_of(*(topic.pk for topic in topics)))
        more = [] if related else self._others(newest_below(self.path[: -self.steplen]))
        return {**context, "related_articles": related, "more_articles": more}

    def _others(self, articles):
        return [article for article in articles if article.pk != self.pk][:RELATED]

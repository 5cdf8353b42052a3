"""Articles and their index page."""

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
from clinic.models.fields import check_all, image_field
from education.blocks import SourceBlock
from education.models.base import (
    PICTURE_SIZES,
    BasePage,
    ListPage,
    ReadableQuerySet,
    SectionsPage,
    all_pages_public,
    build_search_fields,
    has_review,
)
from education.models.feedback import ReadersPanel
from education.models.people import PersonPage
from education.models.topics import readable_topics, topics_by_article
from education.review.panels import ClinicalReviewPanel

ARTICLES_PER_PAGE = 10
MAX_RELATED = 3


class ArticleIndexPage(ListPage):
    parent_page_types = ["education.HomePage"]
    subpage_types = ["education.ArticlePage"]

    class Meta:
        verbose_name = _("list of articles")
        verbose_name_plural = _("lists of articles")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["articles"] = self.paginator.get_page(request.GET.get("page"))
        context["topics"] = readable_topics()
        return context

    @property
    def paginator(self):
        articles = ArticlePage.objects.child_of(self).without_own_restriction()
        return Paginator(articles.for_lists(), ARTICLES_PER_PAGE)

    def get_cached_paths(self):
        """Return the path of each page of the list, and of the next one, which may just have disappeared."""
        return ["/", *(f"/?page={number}" for number in range(1, self.paginator.num_pages + 2))]


class ArticleQuerySet(ReadableQuerySet):
    def published(self):
        """Return public articles, newest first; of the same date, the one created last."""
        return self.readable().order_by("-published_on", "-pk")

    def without_own_restriction(self):
        """Return live articles without a view restriction of their own, newest first."""
        live = self.live() if all_pages_public() else self.live().filter(view_restrictions=None)
        return live.order_by("-published_on", "-pk")

    def for_lists(self):
        """Load only the fields that education/article_list.html shows."""
        shown = self.only("title", "url_path", "published_on", "search_description", "lead", "language")
        return shown.annotate(is_reviewed=has_review())


@cached_per_version
def newest_articles_in(path):
    """Return enough articles under `path` to fill the related list after leaving out the article itself."""
    articles = ArticlePage.objects.filter(path__startswith=path, depth=len(path) // Page.steplen + 1)
    return list(articles.without_own_restriction().for_lists()[: MAX_RELATED + 1])


@cached_per_version
def articles_for_topics(*topics: int):
    """Like `newest_articles_in`, for articles of these topics, in the order that editors chose."""
    articles = ArticlePage.objects.readable().filter(in_topics__topic__in=topics)
    articles = articles.annotate(place=models.Min("in_topics__sort_order")).order_by("place", "-published_on")
    return list(articles.for_lists()[: MAX_RELATED + 1])


class ArticlePage(SectionsPage, BasePage):  # type: ignore[django-manager-missing]
    short_title = models.CharField(
        _("short title"),
        max_length=60,
        blank=True,
        help_text=_("Two or three words, shown large above a long title. Leave empty if the title is short."),
    )
    author = models.ForeignKey(
        "education.PersonPage",
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture = image_field(_("picture"))
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
    search_fields = [
        *build_search_fields("lead", "key_points", "body", "sources"),
        index.FilterField("published_on"),
    ]

    class Meta:
        verbose_name = _("article")
        # The home page and the list only need the newest articles.
        indexes = [models.Index(fields=["-published_on", "-page_ptr"], name="article_newest")]

    @property
    def summary(self):
        return self.search_description or self.lead

    @property
    def shown_author(self) -> PersonPage | None:
        """The author while their page is published; otherwise, its row can contain a draft."""
        return self.author if self.author and self.author.live else None

    def clean(self):
        check_all(super().clean, self._check_picture)

    def _check_picture(self) -> None:
        if self.picture_id and not self.picture_alt:
            raise ValidationError({"picture_alt": _("Describe the picture for readers who can’t see it.")})

    def updated_on(self, time_zone: tzinfo) -> date | None:
        """Return the date of the last publication, or None unless it's an update after `published_on`."""
        first, last = self.first_published_at, self.last_published_at
        if not (first and last) or first == last:
            return None
        day = last.astimezone(time_zone).date()
        return day if day > self.published_on else None

    def structured_data(self, root_url: str, path: str, time_zone: tzinfo) -> dict[str, Any]:
        data = {
            **super().structured_data(root_url, path, time_zone),
            "datePublished": f"{self.published_on:%Y-%m-%d}",
        }
        data["dateModified"] = f"{self.updated_on(time_zone) or self.published_on:%Y-%m-%d}"
        if author := self.shown_author:
            data["author"] = {"@type": "Person", "name": author.title}
        if self.sources:
            data["citation"] = [source.value["title"] for source in self.sources]
        return data

    def picture_sizes(self):
        yield from super().picture_sizes()
        if self.picture:
            yield self.picture, PICTURE_SIZES

    def readable_topics(self):
        """Return the public topics that list this article, in tree order."""
        topic_ids = topics_by_article().get(self.pk, set())
        return [topic for topic in readable_topics() if topic.pk in topic_ids]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["topics"] = topics = self.readable_topics()
        related = self._without_self(articles_for_topics(*(topic.pk for topic in topics)))
        more = [] if related else self._without_self(newest_articles_in(self.path[: -self.steplen]))
        return {**context, "related_articles": related, "more_articles": more}

    def _without_self(self, articles):
        return [article for article in articles if article.pk != self.pk][:MAX_RELATED]

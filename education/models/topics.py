"""Topics (conditions and treatments), each with its articles."""

from collections import defaultdict
from datetime import tzinfo
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import InlinePanel
from wagtail.models import Orderable, Page

from clinic.caching.per_version import cached_per_version
from clinic.drawings import TOPIC_DRAWINGS
from clinic.structured_data import absolute
from education.models.base import BasePage, ListPage, SectionsPage, build_search_fields, has_review
from education.models.feedback import ReadersPanel
from education.review.panels import ClinicalReviewPanel

LIST_FIELDS = ["path", "depth", "title", "url_path", "introduction", "drawing", "language"]


@cached_per_version
def readable_topics() -> list["TopicPage"]:
    """Return all public topics in tree order, with the fields that lists show."""
    topics = TopicPage.objects.readable().in_tree_order()
    return list(topics.only(*LIST_FIELDS).annotate(is_reviewed=has_review()))


@cached_per_version
def topics_by_article() -> dict[int, set[int]]:
    """Return {article ID: IDs of the topics that list it}."""
    topics = defaultdict(set)
    for article, topic in TopicArticle.objects.values_list("article_id", "topic_id"):
        topics[article].add(topic)
    return dict(topics)


class TopicIndexPage(ListPage):
    parent_page_types = ["education.HomePage"]
    subpage_types = ["education.TopicPage"]
    max_count = 1

    class Meta:
        verbose_name = _("list of topics")

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), "topics": readable_topics()}


class TopicPage(SectionsPage, BasePage):  # type: ignore[django-manager-missing]
    """A condition or treatment, with its articles in a chosen order."""

    introduction = models.TextField(
        _("introduction"),
        max_length=300,
        help_text=_("One or two sentences, in the words your patients use. The home page shows them too."),
    )
    drawing = models.CharField(_("drawing"), max_length=20, blank=True, choices=list(TOPIC_DRAWINGS.items()))

    contains_medical_claims = True

    parent_page_types = ["education.TopicIndexPage"]
    subpage_types = []

    content_panels = [
        ClinicalReviewPanel(heading=_("Clinical review")),
        *Page.content_panels,
        "language",
        "introduction",
        "drawing",
        "body",
        InlinePanel("topic_articles", heading=_("Articles"), label=_("Article")),
        ReadersPanel(heading=_("Reader feedback")),
    ]
    search_fields = build_search_fields("introduction", "body")

    class Meta:
        verbose_name = _("topic")

    def structured_data(self, root_url: str, path: str, time_zone: tzinfo) -> dict[str, Any]:
        articles = [
            {"@type": "MedicalWebPage", "name": article.title, "url": absolute(article.get_url(), root_url)}
            for article in self.readable_articles()
        ]
        return {**super().structured_data(root_url, path, time_zone), "hasPart": articles}

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        siblings = [topic for topic in readable_topics() if topic.pk != self.pk]
        return {**context, "articles": self.readable_articles(), "topics": siblings}

    def readable_articles(self):
        """Return the public ones of the chosen articles, in their chosen order. Works in previews too."""
        positions = {row.article_id: position for position, row in enumerate(self.topic_articles.all())}
        model = TopicArticle._meta.get_field("article").related_model
        articles = model.objects.readable().filter(pk__in=positions).for_lists()
        return sorted(articles, key=lambda article: positions[article.pk])


class TopicArticle(Orderable):
    """An article's position in a topic; an article can belong to several topics."""

    topic = ParentalKey(TopicPage, on_delete=models.CASCADE, related_name="topic_articles")
    article = models.ForeignKey(
        "education.ArticlePage", on_delete=models.CASCADE, related_name="in_topics", verbose_name=_("article")
    )

    def __str__(self):
        return str(self.article)

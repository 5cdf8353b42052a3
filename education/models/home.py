"""The home page."""

from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from education.blocks import TopicBlock
from education.models.articles import ArticlePage
from education.models.base import SharedPage, private_paths

NEWEST_ON_HOME = 3
# As one-to-one relations of a Page.
PAGES_BELOW_HOME = ["articlepage", "articleindexpage"]


class HomePage(SharedPage):
    introduction = models.CharField(
        _("introduction"), max_length=300, help_text=_("Who you are and whom you help, in one sentence.")
    )
    topics = StreamField(
        [("topic", TopicBlock())],
        blank=True,
        verbose_name=_("topics"),
        help_text=_("What you help with."),
    )

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["education.ArticleIndexPage"]
    max_count = 1
    template = "education/home_page.html"

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("topics")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("topics"),
    ]

    class Meta:
        verbose_name = _("home page")

    @property
    def summary(self):
        return self.search_description or self.introduction

    def route(self, request, path_components):
        """Straight to the page, in one query: Wagtail makes two for each level on the way down."""
        if not path_components:
            return super().route(request, path_components)
        address = f"{self.url_path}{'/'.join(path_components)}/"
        above = [
            self.url_path + "".join(f"{c}/" for c in path_components[:n]) for n in range(len(path_components))
        ]
        # The slugs say nothing that the addresses do not, but they have an index.
        pages = Page.objects.filter(slug__in=[self.slug, *path_components], url_path__in=[*above, address])
        pages = pages.select_related(*PAGES_BELOW_HOME)
        *ancestors, page = [*pages.order_by("depth")] or [None]
        if page is None or page.url_path != address:
            raise Http404
        ours = (getattr(page, name, None) for name in PAGES_BELOW_HOME)
        specific = next(filter(None, ours), None) or page.specific
        specific.live_ancestors = [ancestor for ancestor in ancestors if ancestor.live]
        return specific.route(request, [])

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        private = private_paths()
        context["newest_articles"] = ArticlePage.objects.published(private).for_lists()[:NEWEST_ON_HOME]
        context["pages_to_read_on"] = [
            page
            for topic in self.topics
            if (page := topic.value["page"]) and page.live and not page.path.startswith(private)
        ]
        return context

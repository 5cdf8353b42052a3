"""The home page and standard pages, such as About us, Billing and Privacy."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.search import index

from clinic.models import ClinicSettings
from education.models.articles import ArticlePage
from education.models.base import ClaimsPage, SectionsPage, build_search_fields
from education.models.feedback import ReadersPanel
from education.models.locations import locations_of
from education.models.people import readable_people
from education.models.topics import readable_topics

NEWEST_ON_HOME = 3
TOPICS_ON_HOME = 9
PEOPLE_ON_HOME = 6
OFFICES_ON_HOME = 4


class HomePage(ClaimsPage):
    introduction = models.CharField(
        _("introduction"), max_length=300, help_text=_("Who you are and whom you help, in one sentence.")
    )

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "education.ArticleIndexPage",
        "education.TopicIndexPage",
        "education.PersonIndexPage",
        "education.LocationIndexPage",
        "education.StandardPage",
        "education.GlossaryPage",
    ]
    max_count = 1

    content_panels = [*Page.content_panels, "introduction", *ClaimsPage.claims_panels]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("home page")

    def route(self, request, path_components):
        """Find the page and its ancestors in two queries; Wagtail's own routing makes two per level."""
        if not path_components:
            return super().route(request, path_components)
        url_path = f"{self.url_path}{'/'.join(path_components)}/"
        ancestor_paths = [
            self.url_path + "".join(f"{c}/" for c in path_components[:n]) for n in range(len(path_components))
        ]
        # `url_path` alone would do, but only `slug` has an index.
        paths = [*ancestor_paths, url_path]
        pages = Page.objects.filter(slug__in=[self.slug, *path_components], url_path__in=paths)
        pages = pages.only("title", "url_path", "depth", "live", "content_type")  # for breadcrumbs
        *ancestors, page = [*pages.order_by("depth")] or [None]
        if page is None or page.url_path != url_path:
            raise Http404
        specific = get_object_or_404(page.specific_class or Page, pk=page.pk)
        specific.live_ancestors = [ancestor for ancestor in ancestors if ancestor.live]
        return specific.route(request, [])

    def get_context(self, request, *args, **kwargs):
        return {
            **super().get_context(request, *args, **kwargs),
            **first_pages("topics", readable_topics(), TOPICS_ON_HOME),
            **first_pages("people", readable_people(), PEOPLE_ON_HOME),
            **first_pages("offices", locations_of(ClinicSettings.for_request(request)), OFFICES_ON_HOME),
            "newest_articles": ArticlePage.objects.published().for_lists()[:NEWEST_ON_HOME],
        }


def first_pages(name: str, pages: Sequence[Page], limit: int) -> dict[str, Any]:
    """Return the first pages as `name`, and their index page as `all_<name>` if there are more."""
    return {name: pages[:limit], f"all_{name}": pages[0].get_parent() if len(pages) > limit else None}


class StandardPage(SectionsPage, ClaimsPage):  # type: ignore[django-manager-missing]
    """A page about the clinic, such as About us."""

    introduction = models.TextField(_("introduction"), blank=True, help_text=_("One or two sentences."))

    parent_page_types = ["education.HomePage", "education.StandardPage"]
    subpage_types = ["education.StandardPage"]

    content_panels = [
        *Page.content_panels,
        "language",
        "introduction",
        "body",
        *ClaimsPage.claims_panels,
        ReadersPanel(heading=_("Reader feedback")),
    ]
    search_fields = build_search_fields("introduction", "body")

    class Meta:
        verbose_name = _("standard page")

"""A page about the clinic itself: about us, new patients, billing, privacy, accessibility."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from education.models.base import ClaimsPage, SectionsPage
from education.models.feedback import ReadersPanel


class StandardPage(SectionsPage, ClaimsPage):  # type: ignore[django-manager-missing]
    introduction = models.TextField(_("introduction"), blank=True, help_text=_("One or two sentences."))

    parent_page_types = ["education.HomePage", "education.StandardPage"]
    subpage_types = ["education.StandardPage"]
    template = "education/standard_page.html"

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        *ClaimsPage.claims_panels,
        ReadersPanel(heading=_("What readers tell us")),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction", boost=2),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("standard page")

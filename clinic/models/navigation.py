"""The menu in the header and the links in the footer."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.frontend_cache.utils import purge_url_from_cache
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page, PageQuerySet, Site, get_page_models

from clinic.caching.per_version import cached_per_version
from clinic.models.settings_form import SettingsForm
from clinic.text.medical_claims import refuse_claims


class LinkBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Or another web address"), required=False)
    label = blocks.CharBlock(
        label=_("Text"), required=False, max_length=60, help_text=_("Leave empty for the page’s title.")
    )

    class Meta:
        icon = "link"
        label = _("Link")

    def clean(self, value):
        value = super().clean(value)
        if bool(value["page"]) == bool(value["url"]):
            error = ValidationError(_("Choose a page or enter a web address, not both."))
            raise blocks.StructBlockValidationError({"page": error})
        if is_our_document(value["url"]):
            error = ValidationError(
                _("Menus can’t link to a document. Put it on a page, and choose that page.")
            )
            raise blocks.StructBlockValidationError({"url": error})
        if value["url"] and not value["label"]:
            raise blocks.StructBlockValidationError({"label": ValidationError(_("Enter the link’s text."))})
        return value


def is_our_document(url: str) -> bool:
    """Return whether a URL points to a document of this site."""
    parts, site = urlsplit(url), urlsplit(settings.BASE_URL)
    return parts.hostname == site.hostname and parts.path.startswith("/documents/")


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    language: str = ""  # of the label, if it differs from the site's


@register_setting(icon="list-ul")
class NavigationSettings(BaseSiteSetting):
    base_form_class = SettingsForm

    header = StreamField(
        [("link", LinkBlock())],
        blank=True,
        verbose_name=_("menu in the header"),
        help_text=_("Leave empty to show the pages under Home with “Show in menus” checked."),
    )
    footer = StreamField([("link", LinkBlock())], blank=True, verbose_name=_("links in the footer"))

    privacy_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("privacy page"),
        help_text=_("The form links to it above its button."),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("menus")
        default_permissions = ("change",)

    def clean(self):
        super().clean()
        refuse_claims(self, ["header", "footer"])

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        purge_url_from_cache(f"{settings.BASE_URL}/*")


@cached_per_version
def menus_for_site(site: Site) -> dict[str, list[Link]]:
    """Return the links of the "header" and the "footer" to live, public pages."""
    menus = NavigationSettings.for_site(site)
    header, footer = _stored_links(menus.header), _stored_links(menus.footer)
    ids = [row["page"] for row in header + footer if row.get("page")]
    pages = with_language(Page.objects.live().public()).in_bulk(ids) if ids else {}
    return {
        "header": _links(header, pages) if header else _default_links(site),
        "footer": _links(footer, pages),
    }


def _stored_links(stream) -> list[dict]:
    """Return the raw values, so the pages of both menus take one query."""
    return [block["value"] for block in stream.raw_data]


def _links(rows: list[dict], pages: dict[int, Page]) -> list[Link]:
    links = []
    for row in rows:
        page = pages.get(row["page"]) if row.get("page") else None
        if row.get("url"):
            links.append(Link(row["label"], row["url"]))
        elif page and row.get("label"):
            links.append(Link(row["label"], page.url))
        elif page:
            links.append(_page_link(page))
    return links


def _default_links(site: Site) -> list[Link]:
    pages = Page.objects.child_of(site.root_page).live().public().in_menu().order_by("path")
    return [_page_link(page) for page in with_language(pages)]


def _page_link(page: Page) -> Link:
    return Link(page.title, page.url, page.language)


def with_language(pages: PageQuerySet) -> PageQuerySet:
    """Annotate each page with its `language`, which only some page types have; "" means the site's."""
    names = [model._meta.model_name for model in get_page_models() if hasattr(model, "language")]
    return pages.annotate(language=Coalesce(*(f"{name}__language" for name in names), Value("")))

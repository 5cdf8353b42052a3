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
            wrong = ValidationError(_("Choose a page or enter a web address, not both."))
            raise blocks.StructBlockValidationError({"page": wrong})
        if is_our_document(value["url"]):
            wrong = ValidationError(
                _("Menus can’t link to a document. Put it on a page, and choose that page.")
            )
            raise blocks.StructBlockValidationError({"url": wrong})
        if value["url"] and not value["label"]:
            raise blocks.StructBlockValidationError({"label": ValidationError(_("Enter the link’s text."))})
        return value


def is_our_document(url: str) -> bool:
    """Whether the address is of a document in our own library."""
    parts, ours = urlsplit(url), urlsplit(settings.BASE_URL)
    return parts.hostname == ours.hostname and parts.path.startswith("/documents/")


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    language: str = ""  # of the label, where it isn't the site's


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
def menus_of(site: Site) -> dict[str, list[Link]]:
    """The links of the "header" and of the "footer" that anybody may follow."""
    menus = NavigationSettings.for_site(site)
    header, footer = _chosen(menus.header), _chosen(menus.footer)
    ids = [row["page"] for row in header + footer if row.get("page")]
    pages = with_language(Page.objects.live().public()).in_bulk(ids) if ids else {}
    return {
        "header": _links(header, pages) if header else _shown_in_menus(site),
        "footer": _links(footer, pages),
    }


def _chosen(stream) -> list[dict]:
    """As stored, so that the pages of both menus are read in one query."""
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
            links.append(_titled(page))
    return links


def _shown_in_menus(site: Site) -> list[Link]:
    pages = Page.objects.child_of(site.root_page).live().public().in_menu().order_by("path")
    return [_titled(page) for page in with_language(pages)]


def _titled(page: Page) -> Link:
    return Link(page.title, page.url, page.language)


def with_language(pages: PageQuerySet) -> PageQuerySet:
    """Add each page's `language`, "" for the site's: a field of some page types only, read in one query."""
    having = [model._meta.model_name for model in get_page_models() if hasattr(model, "language")]
    return pages.annotate(language=Coalesce(*(f"{name}__language" for name in having), Value("")))

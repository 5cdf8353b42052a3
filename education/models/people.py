"""Staff profiles and their index page."""

from datetime import tzinfo
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.images.models import AbstractRendition
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Page

from clinic.accounts.roles import REVIEWERS
from clinic.caching.per_version import cached_per_version
from clinic.models.fields import image_field
from clinic.structured_data import absolute, clinic_id
from education.blocks import TEXT_FEATURES
from education.models.base import ClaimsPage, ListPage, build_search_fields

PORTRAIT_SIZES = ["fill-480x480|format-webp"]


@cached_per_version
def readable_people() -> list["PersonPage"]:
    """Return all public profiles in tree order, with their photos."""
    people = PersonPage.objects.readable().in_tree_order().select_related("photo")
    return list(people.prefetch_related("photo__renditions"))


class PersonIndexPage(ListPage):
    parent_page_types = ["education.HomePage"]
    subpage_types = ["education.PersonPage"]
    max_count = 1

    class Meta:
        verbose_name = _("list of people")

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), "people": readable_people()}


class PersonPage(ClaimsPage):
    """The profile of a clinician or other staff member; the title is the name."""

    credentials = models.CharField(
        _("credentials"), max_length=120, blank=True, help_text=_("After the name, for example: MD, PhD")
    )
    role = models.CharField(
        _("role"), max_length=120, help_text=_("For example: Interventional pain physician")
    )
    languages = models.CharField(
        _("languages"), max_length=200, blank=True, help_text=_("Separated by commas: English, Spanish")
    )
    photo = image_field(_("photo"))
    biography = RichTextField(_("biography"), features=TEXT_FEATURES, blank=True)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("staff account"),
        help_text=_("Readers see this account’s approvals under this person’s name."),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="public_page",
    )
    reviews_articles = models.BooleanField(
        _("reviews articles"),
        default=False,
        help_text=_("Shown on this page. The account’s role decides who may approve."),
    )

    parent_page_types = ["education.PersonIndexPage"]
    subpage_types = []

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(["credentials", "role", "languages", "photo"], heading=_("About")),
        "biography",
        *ClaimsPage.claims_panels,
        MultiFieldPanel(["reviews_articles", "account"], heading=_("Reviews")),
    ]
    search_fields = build_search_fields("role", "credentials", "languages", "biography")

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    @property
    def public_name(self) -> str:
        return f"{self.title}, {self.credentials}" if self.credentials else self.title

    @property
    def summary(self):
        return self.search_description or self.role

    @property
    def is_reviewer(self) -> bool:
        """True if the page is set to name this person a reviewer and their account still has the role."""
        account = self.reviews_articles and self.account
        return bool(account and account.is_active and account.groups.filter(name=REVIEWERS).exists())

    @cached_property
    def portrait(self) -> AbstractRendition | None:
        return get_rendition_or_not_found(self.photo, *PORTRAIT_SIZES) if self.photo else None

    @property
    def language_list(self) -> list[str]:
        return [name.strip() for name in self.languages.split(",") if name.strip()]

    def structured_data(self, root_url: str, path: str, time_zone: tzinfo) -> dict[str, Any]:
        data = {
            "@type": "Person",
            "name": self.title,
            "url": absolute(path, root_url),
            "jobTitle": self.role,
            "worksFor": {"@id": clinic_id(root_url)},
        }
        if self.credentials:
            data["honorificSuffix"] = self.credentials
        if self.language_list:
            data["knowsLanguage"] = self.language_list
        return data

    def picture_sizes(self):
        yield from super().picture_sizes()
        if self.photo:
            yield self.photo, PORTRAIT_SIZES

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return {**context, "colleagues": [person for person in readable_people() if person.pk != self.pk]}

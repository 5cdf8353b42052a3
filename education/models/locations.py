"""The clinic's offices and their index page."""

from datetime import tzinfo
from functools import cached_property, partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from clinic.caching.per_version import cached_per_version
from clinic.models import ClinicSettings
from clinic.models.contact import SPECIAL_DAYS, WEEKLY_HOURS, Place, clean_phone
from clinic.models.fields import check_all, image_field
from clinic.structured_data import absolute, clinic_id, describe_place
from clinic.text import phones
from education.blocks import TEXT_FEATURES
from education.models.base import PICTURE_SIZES, ClaimsPage, ListPage, build_search_fields


@cached_per_version
def live_locations() -> list["LocationPage"]:
    """Return the public locations in tree order, without their stream fields, for the footer."""
    return list(LocationPage.objects.readable().in_tree_order().defer_streamfields())


@cached_per_version
def locations_of(clinic: ClinicSettings) -> list["LocationPage"]:
    """Return the public locations in tree order, with hours, photos and their clinic."""
    locations = LocationPage.objects.readable().in_tree_order().select_related("photo")
    locations = list(locations.prefetch_related("photo__renditions"))
    for location in locations:
        location.clinic = clinic  # saves a query per location
    return locations


class LocationIndexPage(ListPage):
    parent_page_types = ["education.HomePage"]
    subpage_types = ["education.LocationPage"]
    max_count = 1

    class Meta:
        verbose_name = _("list of locations")

    def get_context(self, request, *args, **kwargs):
        locations = locations_of(ClinicSettings.for_request(request))
        return {**super().get_context(request, *args, **kwargs), "locations": locations}


class LocationPage(Place, ClaimsPage):
    """An office; without an address, it shows the address, phone and hours from Settings > Clinic."""

    street_address = models.CharField(
        _("street address"),
        max_length=200,
        blank=True,
        help_text=_(
            "Leave the address empty for the main office: it then shows the address, phone and hours from"
            " Settings > Clinic, as the header and the footer do."
        ),
    )
    city = models.CharField(_("city"), max_length=100, blank=True)
    state = models.CharField(_("state"), max_length=50, blank=True)
    postal_code = models.CharField(_("ZIP code"), max_length=20, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    fax = models.CharField(_("fax"), max_length=40, blank=True)
    opening_hours = StreamField(WEEKLY_HOURS, blank=True, verbose_name=_("opening hours"))
    closed_days = StreamField(
        SPECIAL_DAYS,
        blank=True,
        verbose_name=_("holidays and other special days"),
        help_text=_(
            "The clinic's closed days (Settings > Clinic) count here too. If this office is open on one"
            " of them, add special hours for that day."
        ),
    )
    directions = RichTextField(
        _("how to find us"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("By car, by bus, and which door to use."),
    )
    parking = models.TextField(_("parking and access"), blank=True)
    photo = image_field(_("picture"))
    photo_alt = models.CharField(_("description of the picture"), max_length=500, blank=True)

    parent_page_types = ["education.LocationIndexPage"]
    subpage_types = []

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            ["street_address", "city", "state", "postal_code", "phone", "fax"],
            heading=_("Address and phone"),
        ),
        MultiFieldPanel(["opening_hours", "closed_days"], heading=_("Hours")),
        MultiFieldPanel(["directions", "parking"], heading=_("Getting there")),
        MultiFieldPanel(["photo", "photo_alt"], heading=_("Picture")),
        *ClaimsPage.claims_panels,
    ]
    search_fields = build_search_fields("city", "search_words", "street_address", "directions", "parking")

    class Meta:
        verbose_name = _("location")

    def clean(self):
        numbers = [name for name, needed in [("phone", self.street_address), ("fax", self.fax)] if needed]
        check_all(super().clean, self._check_missing, *(partial(clean_phone, self, name) for name in numbers))

    def _check_missing(self) -> None:
        errors = {}
        if self.photo_id and not self.photo_alt:
            errors["photo_alt"] = _("Describe the picture for readers who can’t see it.")
        if self.street_address and not self.city:
            errors["city"] = _("Enter the city.")
        if errors:
            raise ValidationError(errors)

    @property
    def summary(self):
        return self.search_description or self.place.address_line

    @cached_property
    def clinic(self) -> ClinicSettings:
        return ClinicSettings.for_site(self.get_site())

    @property
    def search_words(self) -> str:
        """Terms that patients search for to find a location."""
        return gettext("opening hours, address, phone number, fax, parking, directions, map")

    @property
    def time_zone(self) -> str:
        return self.clinic.time_zone

    @property
    def special_days(self) -> list[Any]:
        """The office's own special days, and the clinic's closed days on other dates."""
        own = super().special_days
        dates = {block.value["date"] for block in own}
        closed = (block for block in self.clinic.closed_days if block.block_type == "closed")
        return own + [block for block in closed if block.value["date"] not in dates]

    @cached_property
    def place(self) -> Place:
        """The source of the address, phone and hours: this page or the clinic."""
        return self if self.street_address else self.clinic

    @property
    def fax_display(self):
        return phones.display(self.fax)

    def structured_data(self, root_url: str, path: str, time_zone: tzinfo) -> dict[str, Any]:
        data = {
            "@type": "MedicalClinic",
            "name": self.title,
            "url": absolute(path, root_url),
            "parentOrganization": {"@id": clinic_id(root_url)},
            **describe_place(self.place),
        }
        if self.fax:
            data["faxNumber"] = phones.parse(self.fax).e164
        return data

    def picture_sizes(self):
        yield from super().picture_sizes()
        if self.photo:
            yield self.photo, PICTURE_SIZES

"""The clinic itself: what its site, its form and its letters say about it."""

from datetime import time, timedelta
from functools import cached_property
from urllib.parse import quote_plus
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.frontend_cache.utils import purge_url_from_cache
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Site

from clinic import phones
from clinic.caching.per_second import cached_per_second
from clinic.caching.per_version import cached_per_version
from clinic.opening_hours import OpeningHours, joined
from clinic.operations.models import Backup, CheckResult  # noqa: F401 (Django looks for models here)

CLOSED_DAYS_AHEAD = timedelta(weeks=8)


class HoursBlock(blocks.StructBlock):
    """The same hours on one or more days of the week."""

    days = blocks.MultipleChoiceBlock(
        label=_("Days"),
        choices=[(str(day), name) for day, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    opens = blocks.TimeBlock(label=_("Opens"))
    closes = blocks.TimeBlock(label=_("Closes"))

    class Meta:
        icon = "time"
        label = _("Opening hours")

    def clean(self, value):
        value = super().clean(value)
        if value["opens"] >= value["closes"]:
            raise blocks.StructBlockValidationError(
                {"closes": ValidationError(_("Enter a closing time that is later than the opening time."))}
            )
        return value


class ClosedDayBlock(blocks.StructBlock):
    date = blocks.DateBlock(label=_("Date"))
    name = blocks.CharBlock(label=_("Why"), help_text=_("For example: Thanksgiving"), max_length=100)

    class Meta:
        icon = "date"
        label = _("Closed day")


def weekdays_from_eight_to_five():
    days = ["0", "1", "2", "3", "4"]
    return [("hours", {"days": days, "opens": time(8), "closes": time(17)})]


def time_zone_choices():
    return [(name, name) for name in sorted(available_timezones()) if "/" in name]


@register_setting(icon="home")
class ClinicSettings(BaseSiteSetting):
    """One record a site. The defaults are placeholders, and read as such."""

    name = models.CharField(_("name"), max_length=100, default="Placeholder Pain and Spine Clinic")
    phone = models.CharField(_("phone"), max_length=40, default="(202) 555-0100")
    front_desk_email = models.EmailField(
        _("front desk's e-mail"),
        default="front-desk@placeholder.example",
        help_text=_("Receives a letter, without the patient's words, for each new inquiry."),
    )
    street_address = models.CharField(
        _("street and number"), max_length=200, default="123 Placeholder Street"
    )
    city = models.CharField(_("city"), max_length=100, default="Placeholder City")
    state = models.CharField(_("state"), max_length=50, default="ST", blank=True)
    postal_code = models.CharField(_("ZIP code"), max_length=20, default="00000", blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="America/New_York", choices=time_zone_choices
    )
    opening_hours = StreamField(
        [("hours", HoursBlock())],
        default=weekdays_from_eight_to_five,
        verbose_name=_("opening hours"),
    )
    closed_days = StreamField(
        [("closed", ClosedDayBlock())], blank=True, verbose_name=_("holidays and other closed days")
    )
    response_hours = models.PositiveSmallIntegerField(
        _("we answer within"),
        default=9,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
        help_text=_(
            "In opening hours: 9 means “by the same time on the next working day” for a clinic open 8 to 5."
        ),
    )
    emergency_sentence = models.CharField(
        _("emergency sentence"),
        max_length=300,
        default="If this is an emergency, call 911. Do not wait for an answer to this form.",
        help_text=_("Stands above the form, on the confirmation and in letters."),
    )
    # When the go-live checklist was first complete (clinic.operations.checks); until then pages say noindex.
    launched_at = models.DateTimeField(null=True, editable=False)

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("phone"), FieldPanel("front_desk_email")],
            heading=_("The clinic"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("street_address", "city", "state", "postal_code")],
            heading=_("Address"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("time_zone", "opening_hours", "closed_days")],
            heading=_("Hours"),
        ),
        MultiFieldPanel(
            [FieldPanel("response_hours"), FieldPanel("emergency_sentence")], heading=_("Promises")
        ),
    ]

    class Meta:
        verbose_name = _("clinic")
        default_permissions = ("change",)

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        purge_url_from_cache(f"{settings.BASE_URL}/*")  # every page shows something of it

    def clean(self):
        super().clean()
        try:
            phones.parse(self.phone)
        except ValueError:
            raise ValidationError(
                {"phone": _("Enter a phone number with its area code, for example (202) 555-0100.")}
            ) from None

    @classmethod
    @cached_per_version
    def for_site(cls, site):
        return super().for_site(site)

    @classmethod
    def current(cls):
        """The default site's clinic, where no request says which site is meant: in jobs and letters.

        Wagtail lets an administrator say that none is the default one; the first is it then.
        """
        return cls.for_site(Site.objects.order_by("-is_default_site", "pk").first())

    @staticmethod
    @cached_per_second
    def recent():
        """As `current`, at most a second old, for what happens many times a second. Not to be changed."""
        return ClinicSettings.current()

    @cached_property
    def phone_display(self):
        return phones.display(self.phone)

    @cached_property
    def phone_uri(self):
        return phones.parse(self.phone).uri

    @property
    def address_line(self):
        region = f"{self.state} {self.postal_code}".strip()
        return ", ".join(part for part in (self.street_address, self.city, region) if part)

    @property
    def map_url(self):
        return f"https://www.openstreetmap.org/search?query={quote_plus(self.address_line)}"

    @cached_property
    def hours(self):
        """The opening hours as a calculator (clinic.opening_hours.OpeningHours)."""
        weekly = {}
        for block in self.opening_hours:
            for day in block.value["days"]:
                weekly.setdefault(int(day), []).append((block.value["opens"], block.value["closes"]))
        # What is entered twice must not count twice.
        weekly = {day: joined(spans) for day, spans in weekly.items()}
        closed = frozenset(block.value["date"] for block in self.closed_days)
        return OpeningHours(ZoneInfo(self.time_zone), weekly, closed)

    def answer_by(self, moment):
        """By when a message that arrives at `moment` is answered, as promised; None if never open."""
        return self.hours.after(moment, timedelta(hours=self.response_hours))

    def next_closed_days(self):
        """(date, name) of the holidays and other closed days that are near enough to plan for."""
        today = timezone.localdate(timezone=self.hours.time_zone)
        days = [(block.value["date"], block.value["name"]) for block in self.closed_days]
        return sorted(day for day in days if today <= day[0] <= today + CLOSED_DAYS_AHEAD)

    @cached_property
    def weekly_hours(self):
        """(days, hours) texts for the footer; neighbouring days with the same hours share a line."""
        lines = []
        for day, name in WEEKDAYS.items():
            pairs = sorted(self.hours.weekly.get(day, []))
            text = ", ".join(
                f"{time_format(opens, 'g:i A')} – {time_format(closes, 'g:i A')}" for opens, closes in pairs
            )
            if lines and lines[-1][2] == text:
                lines[-1][1] = name
            else:
                lines.append([name, name, text])
        return [
            (first if first == last else f"{first} – {last}", text or _("Closed"))
            for first, last, text in lines
        ]


class SiteVersion(models.Model):
    """One row: raised by triggers with every change to what readers see, for clinic.caching.per_version."""

    version = models.BigIntegerField(default=1)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.version)

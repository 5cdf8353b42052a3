"""The clinic's settings, used by the site, the contact form and emails."""

from datetime import datetime, time, timedelta
from functools import cached_property, partial
from zoneinfo import available_timezones

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.frontend_cache.utils import purge_url_from_cache
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import Site

from clinic.caching.per_second import cached_per_second
from clinic.caching.per_version import cached_per_version
from clinic.models.branding import Branding
from clinic.models.contact import SPECIAL_DAYS, WEEKLY_HOURS, Place, clean_phone
from clinic.models.fields import InternalModel, check_all
from clinic.models.settings_form import SettingsForm
from clinic.text import phones
from clinic.text.medical_claims import refuse_claims

MANAGER_FIELDS = ["front_desk_email", "reply_to_email", "allow_plain_email", "on_call_email", "on_call_phone"]


def weekdays_from_eight_to_five():
    days = ["0", "1", "2", "3", "4"]
    return [("hours", {"days": days, "opens": time(8), "closes": time(17)})]


def time_zone_choices():
    return [(name, name) for name in sorted(available_timezones()) if "/" in name]


@register_setting(icon="home")
class ClinicSettings(Place, Branding, BaseSiteSetting):
    """The facts of a site's clinic. The defaults are recognizable placeholders."""

    base_form_class = SettingsForm

    name = models.CharField(_("name"), max_length=100, default="Placeholder Pain and Spine Clinic")
    phone = models.CharField(_("phone"), max_length=40, default="(202) 555-0100")
    front_desk_email = models.EmailField(
        _("front desk's email"),
        default="front-desk@placeholder.example",
        help_text=_("Gets an email, without the patient's words, for each new inquiry."),
    )
    street_address = models.CharField(_("street address"), max_length=200, default="123 Placeholder Street")
    city = models.CharField(_("city"), max_length=100, default="Placeholder City")
    state = models.CharField(_("state"), max_length=50, default="ST", blank=True)
    postal_code = models.CharField(_("ZIP code"), max_length=20, default="00000", blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="America/New_York", choices=time_zone_choices
    )
    opening_hours = StreamField(
        WEEKLY_HOURS,
        default=weekdays_from_eight_to_five,
        verbose_name=_("opening hours"),
    )
    closed_days = StreamField(SPECIAL_DAYS, blank=True, verbose_name=_("holidays and other special days"))
    response_hours = models.PositiveSmallIntegerField(
        _("we answer within"),
        default=9,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
        help_text=_(
            "Counted in opening hours: for a clinic open 8 to 5, 9 means “by the same time on the next"
            " working day”. Without opening hours, every hour counts, at night and on weekends too, but not"
            " those of closed days."
        ),
    )
    # Copied from the approved emergency message (education.models.SafetyNotice), so no form can edit these.
    EMERGENCY_FIELDS = [
        "emergency_sentence",
        "crisis_sentence",
        "after_hours_instruction",
        "after_hours_phone",
    ]
    emergency_sentence = models.CharField(
        _("emergency sentence"),
        max_length=300,
        default="If this is an emergency, call 911. Do not wait for an answer to this form.",
        editable=False,
    )
    crisis_sentence = models.CharField(_("in a crisis"), max_length=300, blank=True, editable=False)
    after_hours_instruction = models.CharField(
        _("what to do while closed"), max_length=300, blank=True, editable=False
    )
    after_hours_phone = models.CharField(_("phone while closed"), max_length=40, blank=True, editable=False)
    on_call_email = models.EmailField(
        _("on-call email"),
        blank=True,
        help_text=_(
            "We email this address last, if neither the front desk nor the managers open an inquiry in time."
        ),
    )
    on_call_phone = models.CharField(
        _("on-call phone"),
        max_length=40,
        blank=True,
        db_default="",
        help_text=_("Gets a text at the same time, if text messages are set up."),
    )
    allow_plain_email = models.BooleanField(
        _("reply by plain email if a patient asks for it"),
        default=False,
        help_text=_(
            "Only after a colleague has noted that the patient knows the risk. All other replies are sent"
            " as links."
        ),
    )
    reply_to_email = models.EmailField(
        _("replies go to"),
        blank=True,
        help_text=_(
            "Emails to patients say that this inbox isn't monitored. If somebody replies anyway,"
            " the reply goes to this address. Leave empty for none."
        ),
    )
    # When all site checks first passed (clinic.operations.checks). Until then, pages say noindex.
    launched_at = models.DateTimeField(null=True, editable=False)

    clinic_panels = [
        MultiFieldPanel(
            [
                "name",
                "phone",
                *(FieldPanel(name, permission="clinic.change_front_desk_email") for name in MANAGER_FIELDS),
            ],
            heading=_("The clinic"),
        ),
        MultiFieldPanel(["street_address", "city", "state", "postal_code"], heading=_("Address")),
        MultiFieldPanel(["time_zone", "opening_hours", "closed_days"], heading=_("Hours")),
        "response_hours",
    ]

    edit_handler = TabbedInterface(
        [
            ObjectList(clinic_panels, heading=_("Clinic")),
            ObjectList(Branding.notice_panels, heading=_("Notice")),
            ObjectList(Branding.look_panels, heading=_("Look")),
        ]
    )

    class Meta:
        verbose_name = _("clinic")
        default_permissions = ("change",)
        permissions = [
            ("change_front_desk_email", _("Can change where the front desk's emails go")),
        ]

    def __str__(self):
        return self.name

    @transaction.atomic
    def save(self, *args, **kwargs):
        former = type(self).objects.filter(pk=self.pk).values_list("front_desk_email", flat=True).first()
        if self._state.adding and (first := type(self).objects.order_by("pk").first()):
            # Another site starts with the clinic's reviewed texts instead of the defaults.
            for name in self.EMERGENCY_FIELDS:
                setattr(self, name, getattr(first, name))
        super().save(*args, **kwargs)
        if former and former.lower() != self.front_desk_email.lower():
            self._report_new_address(former)
        purge_url_from_cache(f"{settings.BASE_URL}/*")  # every page shows some of these facts

    def _report_new_address(self, former: str) -> None:
        """Log the front desk's new address in the site's history, and notify the old one."""
        facts = {"former": former, "new": self.front_desk_email}
        log(instance=self, action="clinic.front_desk_email", data=facts)
        app.configure_task("clinic.tell_former_front_desk", allow_unknown=False).defer(**facts)

    def clean(self):
        check_all(
            super().clean,
            partial(refuse_claims, self, ["notice_text", "closed_days", "social_links"]),
            partial(clean_phone, self, "phone"),
            partial(clean_phone, self, "on_call_phone", optional=True),
        )

    @classmethod
    @cached_per_version
    def for_site(cls, site):
        """Return a site's clinic, or without a default site the first one's."""
        return super().for_site(site or Site.objects.order_by("-is_default_site", "pk").first())

    @classmethod
    def current(cls):
        """Return the default site's clinic, for jobs and emails, which have no request."""
        return cls.for_site(None)

    @staticmethod
    @cached_per_second
    def recent():
        """Return `current()`, cached for a second. Don't modify the result."""
        return ClinicSettings.current()

    def next_change(self, now: datetime) -> datetime | None:
        """Return when pages change next: the clinic opens or closes, or a notice starts or ends."""
        opens = self.hours.next_opening(now)
        change = opens if opens and opens > now else self.hours.next_closing(now)
        return min([*self.notice_changes(now), *([change] if change else [])], default=None)

    @cached_property
    def after_hours_phone_display(self) -> str:
        return phones.display(self.after_hours_phone)

    @cached_property
    def after_hours_phone_uri(self) -> str:
        return phones.parse(self.after_hours_phone).uri

    def answer_by(self, moment: datetime) -> datetime:
        """Return the promised deadline for answering a message that arrives at `moment`."""
        return self.hours.deadline(moment, timedelta(hours=self.response_hours))


class SiteVersion(InternalModel):
    """A single row, which triggers increment when public content changes, for clinic.caching.per_version."""

    version = models.BigIntegerField(default=1)

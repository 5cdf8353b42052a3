"""The clinic itself: what its site, its form and its emails say about it."""

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

FOR_MANAGERS = ["front_desk_email", "reply_to_email", "allow_plain_email", "on_call_email", "on_call_phone"]


def weekdays_from_eight_to_five():
    days = ["0", "1", "2", "3", "4"]
    return [("hours", {"days": days, "opens": time(8), "closes": time(17)})]


def time_zone_choices():
    return [(name, name) for name in sorted(available_timezones()) if "/" in name]


@register_setting(icon="home")
class ClinicSettings(Place, Branding, BaseSiteSetting):
    """One record a site. The defaults are placeholders, and read as such."""

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
    # Copied from the approved emergency message (education.models.SafetyNotice): no form changes these four.
    EMERGENCY = ["emergency_sentence", "crisis_sentence", "after_hours_instruction", "after_hours_phone"]
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
        help_text=_("Gets a text at the same time, where text messages are set up."),
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
    # When the go-live checklist was first complete (clinic.operations.checks); until then pages say noindex.
    launched_at = models.DateTimeField(null=True, editable=False)

    clinic_panels = [
        MultiFieldPanel(
            [
                "name",
                "phone",
                *(FieldPanel(name, permission="clinic.change_front_desk_email") for name in FOR_MANAGERS),
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
            # Another site begins with the reviewed words, not with the software's own.
            for name in self.EMERGENCY:
                setattr(self, name, getattr(first, name))
        super().save(*args, **kwargs)
        if former and former.lower() != self.front_desk_email.lower():
            self._tell_of_new_address(former)
        purge_url_from_cache(f"{settings.BASE_URL}/*")  # every page shows something of it

    def _tell_of_new_address(self, former: str) -> None:
        """Log a change of the front desk's address in the site's history, and tell the old address."""
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
        """Wagtail lets an administrator say that no site is the default one; the first is it then."""
        return super().for_site(site or Site.objects.order_by("-is_default_site", "pk").first())

    @classmethod
    def current(cls):
        """The default site's clinic, where no request says which site is meant: in jobs and emails."""
        return cls.for_site(None)

    @staticmethod
    @cached_per_second
    def recent():
        """As `current`, at most a second old, for what happens many times a second. Not to be changed."""
        return ClinicSettings.current()

    def next_change(self, now: datetime) -> datetime | None:
        """When pages say something else: the clinic opens or closes, or its notice appears or goes away."""
        opens = self.hours.next_opening(now)
        turns = opens if opens and opens > now else self.hours.next_closing(now)
        return min([*self.notice_changes(now), *([turns] if turns else [])], default=None)

    @cached_property
    def after_hours_phone_display(self) -> str:
        return phones.display(self.after_hours_phone)

    @cached_property
    def after_hours_phone_uri(self) -> str:
        return phones.parse(self.after_hours_phone).uri

    def answer_by(self, moment: datetime) -> datetime:
        """By when what arrives at `moment` is answered, as promised."""
        return self.hours.deadline(moment, timedelta(hours=self.response_hours))


class SiteVersion(InternalModel):
    """One row: raised by triggers with every change to what readers see, for clinic.caching.per_version."""

    version = models.BigIntegerField(default=1)

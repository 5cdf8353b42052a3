"""Retention periods of closed inquiries and spam. Open inquiries are never erased."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from clinic.models.settings_form import SettingsForm
from inquiries.choices import HOLD_EVENTS, Outcome, Status


def months_field(outcome):
    return models.PositiveSmallIntegerField(
        outcome.label, default=24, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )


@register_setting(icon="bin")
class RetentionSettings(BaseGenericSetting):
    """A single record, not one per site, because inquiries belong to the clinic."""

    base_form_class = SettingsForm

    appointment_months = months_field(Outcome.APPOINTMENT)
    answered_months = months_field(Outcome.ANSWERED)
    referred_months = months_field(Outcome.REFERRED)
    no_answer_months = months_field(Outcome.NO_ANSWER)
    not_for_us_months = months_field(Outcome.NOT_FOR_US)
    duplicate_months = months_field(Outcome.DUPLICATE)
    refill_months = months_field(Outcome.REFILL)
    emergency_months = months_field(Outcome.EMERGENCY)
    canceled_months = months_field(Outcome.CANCELED)
    wrong_number_months = months_field(Outcome.WRONG_NUMBER)
    spam_days = models.PositiveSmallIntegerField(
        _("spam, in days"), default=30, validators=[MinValueValidator(1), MaxValueValidator(3650)]
    )

    panels = [
        MultiFieldPanel(
            [f"{outcome.value}_months" for outcome in Outcome],
            heading=_("Closed inquiries: months to keep"),
            help_text=_(
                "Counted from the last event on an inquiry, its appointment, or when it was first opened,"
                " whichever is last. The following night it's erased for good, unless it's on legal hold."
                " Open inquiries are never erased."
            ),
        ),
        MultiFieldPanel(["spam_days"], heading=_("Spam")),
    ]

    class Meta:
        verbose_name = _("retention")
        default_permissions = ("change",)

    def months(self, outcome):
        return getattr(self, f"{outcome}_months")

    def cutoffs(self, now):
        """Yield (condition, time): inquiries that meet the condition expire if their last event is older."""
        for outcome in Outcome:
            yield Q(status=Status.CLOSED, outcome=outcome), now - relativedelta(months=self.months(outcome))
        yield Q(status=Status.SPAM), now - timedelta(days=self.spam_days)

    def kept_until(self, inquiry, events):
        """Return when the inquiry expires; it's erased the following night. None if it's open."""
        times = [event.at for event in events if event.kind not in HOLD_EVENTS] or [timezone.now()]
        since = max([*times, inquiry.opened_at or timezone.now(), *filter(None, [inquiry.appointment_at])])
        if inquiry.status == Status.CLOSED:
            return since + relativedelta(months=self.months(inquiry.outcome))
        if inquiry.status == Status.SPAM:
            return since + timedelta(days=self.spam_days)
        return None

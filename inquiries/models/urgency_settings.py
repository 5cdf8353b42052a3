"""Thresholds of the learned urgency score, which managers adjust with a preview."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from clinic.models.settings_form import SettingsForm
from inquiries.triage.urgency import DEFAULT_THRESHOLDS, Thresholds


def percent_options(default: float, minimum: int) -> dict[str, Any]:
    """Return the options of a model field for a probability in percent."""
    validators = [MinValueValidator(minimum), MaxValueValidator(100)]
    return {"default": round(default * 100), "validators": validators}


@register_setting(icon="warning")
class UrgencySettings(BaseGenericSetting):
    """The probabilities from which the learned score alone makes a message urgent. A single record."""

    base_form_class = SettingsForm

    uses_score = models.BooleanField(
        _("also flag messages that read like an emergency without a warning phrase"), default=True
    )
    look_first_from = models.PositiveSmallIntegerField(
        _("score for “look first”, in percent"), **percent_options(DEFAULT_THRESHOLDS.look_first, minimum=1)
    )
    first_tier_from = models.PositiveSmallIntegerField(
        _("score for telling the patient to call 911, in percent"),
        **percent_options(DEFAULT_THRESHOLDS.first_tier, minimum=50),
    )
    crisis_from = models.PositiveSmallIntegerField(
        _("score for telling the patient to call or text 988, in percent"),
        **percent_options(DEFAULT_THRESHOLDS.first_tier_crisis, minimum=5),
        db_default=round(DEFAULT_THRESHOLDS.first_tier_crisis * 100),
    )

    panels = [
        HelpPanel(
            content=_(
                "A message without a warning phrase can still read like an emergency. The score says how"
                " likely that is. Lower numbers find more emergencies, and flag more messages that"
                " aren't urgent."
            )
        ),
        *["uses_score", "look_first_from", "first_tier_from", "crisis_from"],
    ]

    class Meta:
        verbose_name = _("urgency")
        default_permissions = ("change",)

    def clean(self) -> None:
        super().clean()
        limits = ("first_tier_from", "crisis_from")
        if lower := [name for name in limits if getattr(self, name) < self.look_first_from]:
            raise ValidationError(dict.fromkeys(lower, _("This can't be lower than “look first”.")))

    def thresholds(self) -> Thresholds:
        if not self.uses_score:  # no probability reaches 2
            return DEFAULT_THRESHOLDS._replace(
                look_first=2, look_first_crisis=2, first_tier=2, first_tier_crisis=2
            )
        look_first = self.look_first_from / 100
        return DEFAULT_THRESHOLDS._replace(
            look_first=look_first,
            look_first_crisis=max(look_first, DEFAULT_THRESHOLDS.look_first_crisis),
            first_tier=self.first_tier_from / 100,
            first_tier_crisis=self.crisis_from / 100,
        )

"""How much the learned score counts: managers adjust it, with a preview."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from clinic.models.settings_form import SettingsForm
from inquiries.triage.urgency import DEFAULT_THRESHOLDS, Thresholds


def percent(share: float, least: int) -> dict[str, Any]:
    """The options of a model field that holds a probability in percent."""
    return {"default": round(share * 100), "validators": [MinValueValidator(least), MaxValueValidator(100)]}


@register_setting(icon="warning")
class UrgencySettings(BaseGenericSetting):
    """One record: from which probability on the learned score alone makes a message urgent."""

    base_form_class = SettingsForm

    uses_score = models.BooleanField(
        _("also flag messages that read like an emergency without a warning phrase"), default=True
    )
    look_first_from = models.PositiveSmallIntegerField(
        _("score for “look first”, in percent"), **percent(DEFAULT_THRESHOLDS.look_first, least=1)
    )
    first_tier_from = models.PositiveSmallIntegerField(
        _("score for telling the patient to call 911, in percent"),
        **percent(DEFAULT_THRESHOLDS.first_tier, least=50),
    )
    crisis_from = models.PositiveSmallIntegerField(
        _("score for telling the patient to call or text 988, in percent"),
        **percent(DEFAULT_THRESHOLDS.first_tier_crisis, least=5),
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
        if not self.uses_score:  # 2 is more than any probability
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

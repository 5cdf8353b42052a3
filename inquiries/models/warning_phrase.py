from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.caching.per_second import cached_per_second
from clinic.models.fields import unique_code
from inquiries.choices import Advice, Severity
from inquiries.models.urgency_settings import UrgencySettings
from inquiries.triage import urgency
from inquiries.triage.judgement import Judgement
from inquiries.triage.phrases import lines_of


class WarningPhrase(models.Model):
    """A phrase that makes a message urgent, in patients' words. Managers maintain these."""

    label = models.CharField(
        _("reason"), max_length=100, unique=True, help_text=_("Shown on the inquiry as the reason.")
    )
    # Derived from the first label and never changed, because statistics use it.
    code = models.SlugField(max_length=60, unique=True, editable=False)
    advice = models.CharField(
        _("advice to the patient"),
        max_length=10,
        choices=[*Advice.choices, ("", _("None: we only look at it first"))],
        default=Advice.EMERGENCY,
        blank=True,
    )
    severity = models.PositiveSmallIntegerField(
        _("place in the queue"), choices=Severity, default=Severity.MEDIUM
    )
    patterns = models.TextField(
        _("ways of saying it"),
        help_text=_(
            "One per line. “weak*/numb* leg/legs” finds a word that begins with “weak” or “numb” near “leg”"
            " or “legs”, in any order, in one sentence. Put words that directly follow each other in quotes."
            " A line that begins with “~” isn't certain: it puts the message on top and gives no advice."
        ),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("warning phrase")
        verbose_name_plural = _("warning phrases")
        ordering = ["label"]

    def __str__(self):
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.code = self.code or unique_code(WarningPhrase, self.label, "phrase", 60)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        lines = lines_of(self.patterns)
        if not lines or not all(line.has_words() for line in lines):
            raise ValidationError({"patterns": _("Each line needs words to look for.")})
        if words := ", ".join(f"“{word}”" for line in lines if (word := line.too_common())):
            message = _("%(words)s alone is in too many messages. Add a second word to the line.")
            raise ValidationError({"patterns": ValidationError(message, params={"words": words})})


class Rules(NamedTuple):
    """The phrases in use, and the thresholds of the learned score."""

    phrases: list[WarningPhrase]
    thresholds: urgency.Thresholds

    def judge(self, message: str) -> Judgement:
        return urgency.judge(message, self.phrases, self.thresholds)


@cached_per_second
def rules_in_use() -> Rules:
    return Rules(list(WarningPhrase.objects.filter(is_active=True)), UrgencySettings.load().thresholds())


def judge_urgency(message: str) -> Judgement:
    """Judge a message by the rules in use. A manager's change takes effect within a second."""
    return rules_in_use().judge(message)

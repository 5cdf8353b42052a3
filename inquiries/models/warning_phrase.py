from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.caching.per_second import cached_per_second
from inquiries.triage import classifier, urgency


class Advice(models.TextChoices):
    """What the confirmation leads with."""

    EMERGENCY = "emergency", _("Call 911")
    CRISIS = "crisis", _("Call or text 988")


class WarningPhrase(models.Model):
    """What makes a message urgent, in the words that patients use for it. Managers keep these."""

    label = models.CharField(
        _("reason"), max_length=100, unique=True, help_text=_("Stands on the inquiry as the reason.")
    )
    advice = models.CharField(
        _("advice to the patient"), max_length=10, choices=Advice, default=Advice.EMERGENCY
    )
    patterns = models.TextField(
        _("ways of saying it"),
        help_text=_(
            "One a line. “weak*/numb* leg/legs” finds a word that begins with “weak” or “numb” near “leg” or"
            " “legs”, in any order, in one sentence. Put words that directly follow each other in quotes."
            " “?emergency” and “?crisis” find what reads like known ones; how is not editable."
        ),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("warning phrase")
        verbose_name_plural = _("warning phrases")
        ordering = ["label"]

    def __str__(self):
        return self.label

    def clean(self):
        super().clean()
        lines, kinds = urgency.lines_of(self.patterns), urgency.kinds_of(self.patterns)
        if not set(kinds) <= set(classifier.KINDS):
            raise ValidationError({"patterns": _("After “?” only “emergency” or “crisis” can stand.")})
        if not (lines or kinds) or any(
            not words for line in lines for group in line for words in (group or [[]])
        ):
            raise ValidationError({"patterns": _("Each line needs words to look for.")})


@cached_per_second
def phrases_in_use():
    return list(WarningPhrase.objects.filter(is_active=True))


def warnings_in(message):
    """The phrases in use that `message` says. A manager's change counts from a second later on."""
    return urgency.found_in(message, phrases_in_use())

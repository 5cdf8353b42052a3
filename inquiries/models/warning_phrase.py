from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from clinic.caching.per_second import cached_per_second
from inquiries.choices import Advice, Severity
from inquiries.triage import classifier, urgency
from inquiries.triage.judgement import Judgement


class WarningPhrase(models.Model):
    """What makes a message urgent, in the words that patients use for it. Managers keep these."""

    label = models.CharField(
        _("reason"), max_length=100, unique=True, help_text=_("Stands on the inquiry as the reason.")
    )
    # Made of the first label, and never changed: statistics go by it.
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.code:
            self.code = self._new_code()
        super().save(*args, **kwargs)

    def _new_code(self) -> str:
        code = slugify(self.label)[:50] or "phrase"
        taken = type(self).objects.filter(code__startswith=code).values_list("code", flat=True)
        return next(new for n in count(1) if (new := f"{code}-{n}" if n > 1 else code) not in set(taken))

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


def judge_urgency(message: str) -> Judgement:
    """Judge by the phrases in use. A manager's change counts from a second later on."""
    return urgency.judge(message, phrases_in_use())

"""Words that patients may not know, with plainer ones; editors keep the list."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class WordToAvoid(models.Model):
    word = models.CharField(
        _("word to avoid"),
        max_length=60,
        unique=True,
        help_text=_("A word or a phrase, in small letters, for example: utilize"),
    )
    instead = models.CharField(
        _("say instead"), max_length=120, help_text=_("What everybody understands, for example: use")
    )

    panels = [FieldPanel("word"), FieldPanel("instead")]

    class Meta:
        verbose_name = _("word to avoid")
        verbose_name_plural = _("words to avoid")
        ordering = ["word"]

    def __str__(self):
        return self.word

    def clean(self) -> None:
        super().clean()
        self.word = " ".join(self.word.casefold().split())
        if not self.word:
            raise ValidationError({"word": _("Enter a word or a phrase.")})

"""What patients type and our pages say in other words; editors keep the list."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class SearchSynonym(models.Model):
    typed = models.CharField(
        _("what patients type"),
        max_length=60,
        unique=True,
        help_text=_("One word or a phrase, in small letters, for example: side effects"),
    )
    searched = models.CharField(
        _("what our pages say"),
        max_length=60,
        help_text=_("What is searched for instead, for example: risks"),
    )

    panels = [FieldPanel("typed"), FieldPanel("searched")]

    class Meta:
        verbose_name = _("search synonym")
        ordering = ["typed"]

    def __str__(self):
        return f"{self.typed} → {self.searched}"

    def clean(self):
        super().clean()
        self.typed = " ".join(self.typed.casefold().split())
        if not self.typed:
            raise ValidationError({"typed": _("Enter a word or a phrase.")})

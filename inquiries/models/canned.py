import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PLACEHOLDERS = ["name", "reference", "clinic", "clinic_phone", "my_name"]


class CannedText(models.Model):
    """What to say on the phone, in words that the manager keeps."""

    title = models.CharField(_("title"), max_length=100, unique=True)
    text = models.TextField(
        _("text"),
        help_text=_(
            "These are filled in: {name} and {reference} of the inquiry, {clinic}, {clinic_phone},"
            " {my_name} for the colleague who calls."
        ),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Smaller numbers come first.")
    )

    class Meta:
        verbose_name = _("call script")
        verbose_name_plural = _("call scripts")
        ordering = ["position", "title"]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        unknown = [f"{{{name}}}" for name in PLACEHOLDER.findall(self.text) if name not in PLACEHOLDERS]
        if unknown:
            raise ValidationError(
                {"text": _("Nothing can be filled in for %(unknown)s.") % {"unknown": ", ".join(unknown)}}
            )

    def filled_in(self, inquiry, clinic, colleague):
        values = {
            "name": inquiry.name,
            "reference": inquiry.reference,
            "clinic": clinic.name,
            "clinic_phone": clinic.phone_display,
            "my_name": colleague,
        }
        # One pass, so that a patient whose name looks like a placeholder gets no second one.
        return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), self.text)

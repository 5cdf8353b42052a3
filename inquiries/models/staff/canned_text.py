import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PLACEHOLDERS = ["name", "reference", "clinic", "clinic_phone", "my_name"]


class CannedQuerySet(models.QuerySet["CannedText"]):
    def about(self, topic: str) -> "CannedQuerySet":
        """Return the texts for a topic, then those for any topic."""
        return self.filter(topic__in=[topic, ""]).order_by("-topic", "position", "title")

    def find(self, words: str) -> "CannedQuerySet":
        """Return the texts that contain all of the words, for any topic."""
        for word in words.split():
            self = self.filter(Q(title__icontains=word) | Q(text__icontains=word))
        return self


class CannedText(models.Model):
    """A call script, or the beginning of a reply or a note. Managers maintain them."""

    class Use(models.TextChoices):
        CALL = "call", _("Call script")
        REPLY = "reply", _("Saved reply")
        NOTE = "note", _("Saved note")

    use = models.CharField(_("used as"), max_length=10, choices=Use, default=Use.CALL, db_default=Use.CALL)
    # The code of a topic.
    topic = models.CharField(_("about"), max_length=20, blank=True, db_default="")
    title = models.CharField(_("title"), max_length=100, unique=True)
    text = models.TextField(
        _("text"),
        help_text=_(
            "These are filled in: {name} and {reference} of the inquiry, {clinic}, {clinic_phone},"
            " {my_name} for the colleague who calls or writes."
        ),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Smaller numbers come first.")
    )

    objects = CannedQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved text")
        verbose_name_plural = _("saved texts")
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

    def fill_in(self, inquiry, clinic, colleague):
        values = {
            "name": inquiry.name,
            "reference": inquiry.reference,
            "clinic": clinic.name,
            "clinic_phone": clinic.phone_display,
            "my_name": colleague,
        }
        # A single pass, so that a name that looks like a placeholder isn't replaced again.
        return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), self.text)

"""Models of the content checks: words to avoid and broken links."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models.settings_form import SettingsForm

MAX_URL_LENGTH = 2000


class WordPair(models.Model):
    """Base class of word lists that editors maintain; the first field of `panels` is lowercase and unique."""

    panels: list[str]
    base_form_class = SettingsForm

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        name = self.panels[0]
        setattr(self, name, word := " ".join(getattr(self, name).casefold().split()))
        if not word:
            raise ValidationError({name: _("Enter a word or a phrase.")})


class WordToAvoid(WordPair):
    """A word that patients may not know, with a plainer one to use instead."""

    word = models.CharField(
        _("word to avoid"),
        max_length=60,
        unique=True,
        help_text=_("A word or a phrase in lowercase, for example: utilize"),
    )
    instead = models.CharField(
        _("say instead"), max_length=120, help_text=_("A plainer word, for example: use")
    )

    panels = ["word", "instead"]

    class Meta:
        verbose_name = _("word to avoid")
        verbose_name_plural = _("words to avoid")
        ordering = ["word"]

    def __str__(self):
        return self.word


class BrokenLink(models.Model):
    """A link on a page that the weekly check found broken."""

    class Problem(models.TextChoices):
        GONE = "gone", _("There’s no such page (anymore)")
        UNPUBLISHED = "unpublished", _("This page of our site isn’t published")
        NO_HOST = "no_host", _("There’s no such website")
        PRIVATE = "private", _("Leads to a private network that readers can’t reach")
        INSECURE = "insecure", _("The site’s certificate isn’t valid, so browsers show a warning")
        NO_ANSWER = "no_answer", _("The site didn’t respond")
        FAILS = "fails", _("The site responded with an error")
        LOOP = "loop", _("The site keeps redirecting")

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="broken_links")
    address = models.CharField(_("address"), max_length=MAX_URL_LENGTH)
    problem = models.CharField(_("problem"), max_length=12, choices=Problem)
    found_at = models.DateTimeField(_("first found"), default=timezone.now)

    class Meta:
        verbose_name = _("broken link")
        default_permissions = ()
        ordering = ["address"]
        constraints = [models.UniqueConstraint(fields=["page", "address"], name="broken_link_once")]

    def __str__(self):
        return self.address

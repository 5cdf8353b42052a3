"""What the weekly look at the links of our pages found."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_ADDRESS = 2000


class BrokenLink(models.Model):
    class Problem(models.TextChoices):
        GONE = "gone", _("There’s no such page (any more)")
        UNPUBLISHED = "unpublished", _("This page of ours isn’t published")
        NO_HOST = "no_host", _("There’s no such website")
        PRIVATE = "private", _("Leads into a private network, where readers can’t go")
        INSECURE = "insecure", _("The site’s certificate isn’t valid; browsers warn of it")
        NO_ANSWER = "no_answer", _("The site didn’t answer")
        FAILS = "fails", _("The site answered with an error")
        LOOP = "loop", _("The site sends visitors from address to address")

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="broken_links")
    address = models.CharField(_("address"), max_length=LONGEST_ADDRESS)
    problem = models.CharField(_("problem"), max_length=12, choices=Problem)
    found_at = models.DateTimeField(_("first found"), default=timezone.now)

    class Meta:
        verbose_name = _("broken link")
        default_permissions = ()
        ordering = ["address"]
        constraints = [models.UniqueConstraint(fields=["page", "address"], name="broken_link_once")]

    def __str__(self):
        return self.address

"""What every page type shares."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageViewRestriction

from clinic.caching.per_version import cached_per_version, cached_values
from clinic.structured_data import HOME_DEPTH
from education.review.panels import SETTINGS


@cached_per_version
def private_paths():
    """Where in the tree that begins which only some may read."""
    return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))


def all_is_public():
    """Whether no page is restricted, as on most sites; False where only a query could tell."""
    return cached_values.get() is not None and not private_paths()


class SharedPage(Page):
    """What every page of ours has beyond Wagtail's own: a picture for when its link is shared."""

    social_image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("social image"),
        help_text=_("Shown where a link to this page is shared."),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    promote_panels = [*Page.promote_panels, FieldPanel("social_image")]
    settings_panels = SETTINGS
    # No shared password: Wagtail keeps who gave it in a session, and readers get no cookie here.
    private_page_options = ["login", "groups"]

    class Meta:
        abstract = True

    @property
    def summary(self):
        return self.search_description

    def get_view_restrictions(self):
        return PageViewRestriction.objects.none() if all_is_public() else super().get_view_restrictions()

    @cached_property
    def live_ancestors(self):
        """The published pages from home down to this one's parent. Who was served on the way knows them."""
        return list(self.get_ancestors().filter(depth__gte=HOME_DEPTH).live())

"""The clinic's branding: logo, accent color, notice on each page, social media links."""

from datetime import datetime
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.images.models import AbstractRendition

from clinic import colors
from clinic.models.fields import check_all, image_field

LOGO_SIZE = "max-520x112|format-webp"
ICON_SIZE = "fill-512x512-c100|format-png"


class NoticeLevel(models.TextChoices):
    NOTE = "note", _("Good to know")
    CAUTION = "caution", _("Plans change: late opening, snow")
    URGENT = "urgent", _("Closed, or something is wrong")


class SocialLinkBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=40, help_text=_("For example: Facebook"))
    url = blocks.URLBlock(label=_("Web address"))

    class Meta:
        icon = "link"
        label = _("Link")


class Branding(models.Model):
    logo = image_field(
        _("logo"),
        help_text=_(
            "Shown in place of the name. Set the image’s focal point on its symbol: the icon for"
            " browser tabs and phones is cropped around it."
        ),
    )
    logo_dark = image_field(_("logo on dark"), help_text=_("For readers whose device is in dark mode."))
    accent = models.CharField(
        _("accent color"),
        max_length=7,
        blank=True,
        help_text=_("For links and buttons, for example #0d5653. Leave empty for the default green."),
    )
    social_links = StreamField([("link", SocialLinkBlock())], blank=True, verbose_name=_("social media"))
    notice_text = models.CharField(
        _("notice"), max_length=200, blank=True, help_text=_("One or two sentences at the top of each page.")
    )
    notice_level = models.CharField(
        _("kind of notice"), max_length=10, choices=NoticeLevel.choices, default=NoticeLevel.CAUTION
    )
    notice_from = models.DateTimeField(
        _("from"),
        null=True,
        blank=True,
        help_text=_("In the clinic’s time zone. Leave empty to show it right away."),
    )
    notice_until = models.DateTimeField(
        _("until"), null=True, blank=True, help_text=_("The notice disappears at this time.")
    )

    look_panels = [
        MultiFieldPanel(["logo", "logo_dark", "accent"], heading=_("Look")),
        "social_links",
    ]
    notice_panels = [
        MultiFieldPanel(
            ["notice_text", "notice_level", "notice_from", "notice_until"],
            heading=_("Notice at the top of each page"),
        )
    ]

    class Meta:
        abstract = True

    def clean(self):
        check_all(super().clean, self._check_notice, self._clean_accent)

    def _check_notice(self):
        if self.notice_from and self.notice_until and self.notice_from >= self.notice_until:
            raise ValidationError({"notice_until": _("Enter a time later than “from”.")})

    def _clean_accent(self):
        if not self.accent:
            return
        if not colors.HEX_COLOR.fullmatch(self.accent):
            raise ValidationError({"accent": _("Enter a color as # and six digits, for example #0d5653.")})
        contrast = colors.lowest_contrast(self.accent, colors.LIGHT_BACKGROUNDS)
        if contrast < colors.MIN_CONTRAST:
            message = _(
                "Too light to read: its contrast is %(found).1f to 1, and links need 7 to 1."
                " The nearest color that works is %(nearest)s."
            )
            nearest = colors.nearest_readable(self.accent, colors.LIGHT_BACKGROUNDS, "#000000")
            raise ValidationError(
                {"accent": ValidationError(message, params={"found": contrast, "nearest": nearest})}
            )

    @cached_property
    def logo_renditions(self) -> dict[str, AbstractRendition | None] | None:
        """The logo in the sizes used on pages, or None."""
        if not self.logo:
            return None
        return {
            "light": self.logo.get_rendition(LOGO_SIZE),
            "dark": self.logo_dark.get_rendition(LOGO_SIZE) if self.logo_dark else None,
            "icon": self.logo.get_rendition(ICON_SIZE),
        }

    def shows_notice(self, now: datetime) -> bool:
        starts, ends = self.notice_from, self.notice_until
        return bool(self.notice_text) and (not starts or starts <= now) and (not ends or now < ends)

    def notice_changes(self, now: datetime) -> list[datetime]:
        changes = [self.notice_from, self.notice_until] if self.notice_text else []
        return [change for change in changes if change and change > now]

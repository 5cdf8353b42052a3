"""Records of clinical reviews and of publications without a review."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Revision

from clinic.models.settings_form import SettingsForm

MAX_VALIDITY_MONTHS = 36
PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


def at_most_100(name: str) -> models.Q:
    return models.Q(**{f"{name}__lte": 100}) | models.Q(**{f"{name}__isnull": True})


class PublicationRefused(PermissionDenied):
    """The version can't go live; the message is shown to the user."""


@register_setting(icon="check")
class ReviewSettings(BaseGenericSetting):
    """The clinic's review policy, set by managers."""

    base_form_class = SettingsForm

    own_words_may_be_approved = models.BooleanField(
        _("reviewers may approve their own text"),
        default=False,
        help_text=_("For a clinic with one clinician. Readers then see “Written and approved by”."),
    )
    months_valid = models.PositiveSmallIntegerField(
        _("months until the next review"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_VALIDITY_MONTHS)],
        help_text=_(
            "The number suggested to reviewers. They can choose another for each page, from 1 to 36."
        ),
    )
    unreviewed_days = models.PositiveSmallIntegerField(
        _("days that a page can stay published without a review"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=_("After that, readers see the last reviewed version again, or no page if there’s none."),
    )

    class Meta:
        verbose_name = _("clinical review")
        default_permissions = ("change",)


class ReviewCheck(models.TextChoices):
    """A check that a reviewer confirms."""

    FACTS = "facts", _("The facts are right")
    RISKS = "risks", _("The risks are complete")
    SOURCES = "sources", _("The sources support what is said")
    HELP = "help", _("It says when to get help")
    LEVEL = "level", _("Patients can read it")


# Shown to readers on the page and to editors in the review panel.
DISPLAY_FIELDS = ["reviewer_name", "reviewer_credentials", "created_at", "valid_until", "own_words", "note"]
DISPLAY_FIELDS += ["reviewer_page__live", "reviewer_page__path", "reviewer_page__url_path"]


class ClinicalReviewQuerySet(models.QuerySet):
    def for_display(self) -> "ClinicalReviewQuerySet":
        """Load only displayed fields, also of the review that a minor change keeps in force."""
        reviews = self.select_related("reviewer_page", "minor_change_of__reviewer_page")
        return reviews.only(*DISPLAY_FIELDS, *(f"minor_change_of__{name}" for name in DISPLAY_FIELDS))

    def of_object(self, instance) -> "ClinicalReviewQuerySet":
        """Return the reviews of a page or snippet, newest first."""
        return self.filter(revision__in=Revision.objects.for_instance(instance)).order_by(
            "-created_at", "-pk"
        )


class ClinicalReview(models.Model):
    """A clinician's approval of one revision, independent of later changes to the account."""

    revision = models.OneToOneField(
        "wagtailcore.Revision", on_delete=models.CASCADE, related_name="clinical_review"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reviewer_name = models.CharField(_("reviewer"), max_length=301, blank=True)
    reviewer_credentials = models.CharField(_("credentials"), max_length=200, blank=True)
    reviewer_page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("approved"), default=timezone.now)
    checked = ArrayField(
        models.CharField(max_length=10, choices=ReviewCheck), default=list, verbose_name=_("checked")
    )
    understandability = models.PositiveSmallIntegerField(
        _("understandability (PEMAT, percent)"), null=True, validators=PERCENT
    )
    actionability = models.PositiveSmallIntegerField(
        _("actionability (PEMAT, percent)"), null=True, validators=PERCENT
    )
    note = models.TextField(_("note"), blank=True)
    valid_until = models.DateField(_("valid until"))
    own_words = models.BooleanField(_("written and approved by the same person"), default=False)
    minor_change_of = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        related_name="minor_changes",
        verbose_name=_("minor change of"),
    )

    objects = ClinicalReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("clinical review")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="clinical_review_percent",
                condition=at_most_100("understandability") & at_most_100("actionability"),
            )
        ]

    def __str__(self):
        return f"{self.reviewer_name}, {self.created_at:%Y-%m-%d}"

    @property
    def shown(self) -> "ClinicalReview":
        """The review whose name and dates readers see; a minor change keeps those of the last full review."""
        return self.minor_change_of or self

    @property
    def checks_and_scores(self) -> list[str]:
        """Labels of what the reviewer checked, and the scores."""
        scores = [
            (_("PEMAT understandability"), self.understandability),
            (_("PEMAT actionability"), self.actionability),
        ]
        checked = [str(ReviewCheck(value).label) for value in self.checked]
        return [*checked, *(f"{name}: {score}%" for name, score in scores if score is not None)]

    def has_lapsed(self, today: date) -> bool:
        return self.valid_until < today


class UnreviewedQuerySet(models.QuerySet):
    def in_force(self) -> "UnreviewedQuerySet":
        return self.filter(models.Q(expires_at=None) | models.Q(expires_at__gt=Now()))

    def expired(self) -> "UnreviewedQuerySet":
        return self.filter(expires_at__lte=Now())


class UnreviewedPublication(models.Model):
    """A revision published without a review: by whom, why and until when."""

    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.CASCADE, related_name="unreviewed_publications"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    published_by_name = models.CharField(_("published by"), max_length=301, blank=True)
    reason = models.TextField(_("reason"))
    created_at = models.DateTimeField(_("published"), default=timezone.now)
    # Null only for the starter site and for pages that were live before reviews were required.
    expires_at = models.DateTimeField(_("expires"), null=True, db_index=True)

    objects = UnreviewedQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication without a review")
        default_permissions = ("add",)
        constraints = [
            models.CheckConstraint(name="unreviewed_has_reason", condition=~models.Q(reason="")),
            models.CheckConstraint(
                name="unreviewed_by_staff_expires",
                condition=models.Q(expires_at__isnull=False) | models.Q(published_by_name=""),
            ),
        ]

    def __str__(self):
        return self.reason


def expiry(go_live_at: datetime | None = None) -> datetime:
    """Return the review deadline of a version that goes live now or at `go_live_at`."""
    begins = max(timezone.now(), go_live_at or timezone.now())
    return begins + timedelta(days=ReviewSettings.load().unreviewed_days)

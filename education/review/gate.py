"""The publishing gate: medical content only goes live with a record of its review.

Every publication ends in the model's `save`, which enforces this. `publish` does too, before anything is
scheduled, and so does a database trigger (migration 0007).
"""

from datetime import MAXYEAR
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ProtectedError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin.forms.pages import CopyForm
from wagtail.locks import BasicLock
from wagtail.models import Page, PagePermissionTester, Revision

from clinic.models import ClinicSettings
from clinic.models.fields import check_all
from clinic.text.medical_claims import find_medical_claim
from clinic.text.review_claims import find_review_claim
from education.review.models import ClinicalReview, PublicationRefused, UnreviewedPublication
from education.review.wording import same_wording, shown_fields, wording

PUBLICATION_FIELDS = {"live", "live_revision", "live_revision_id", "alias_of", "alias_of_id"}
ALIAS_NEEDS_REVIEW = gettext_lazy(
    "Unpublish this alias first. As a page of its own, it needs its own clinical review."
)


# The mixin is for pages and snippets, so it can't inherit from Page or its mixins at run time.
if TYPE_CHECKING:
    from wagtail.models import Page as Base
else:
    from django.db.models import Model as Base


class ReviewedPagePermissions(PagePermissionTester):
    def can_unpublish(self) -> bool:
        """Allow this even while a newer version is in review or scheduled, which only locks editing."""
        if isinstance(self.page.get_lock(), BasicLock):
            return super().can_unpublish()
        return bool(
            self.user.is_active
            and self.page.live
            and not self.page_is_root
            and (self.user.is_superuser or "publish" in self.permissions)
        )


class ClinicallyReviewed(Base):
    """Mixin for snippets with drafts, listed before their other bases; pages use `ReviewedPage`.

    Each model also needs a migration that adds its table to `education_needs_review` (migration 0007).
    """

    # True or False for all instances, or a model field: a clinician has to approve the content.
    contains_medical_claims = True

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.live and self._state.adding and not getattr(self, "alias_of_id", None):
            if self.contains_medical_claims:
                # Copies and pages created by code start as drafts.
                self.live, self.has_unpublished_changes, self.live_revision = False, True, None
        elif self.live and self._changes_shown_fields(kwargs.get("update_fields")):
            self._require_record()
            self._keep_last_update()
        return super().save(*args, **kwargs)

    @property
    def shown_revision_id(self) -> int | None:
        """The revision that readers see; for an alias, that of its source."""
        if getattr(self, "alias_of_id", None):
            return self.alias_of.specific.shown_revision_id
        return self.live_revision_id

    def clean(self):
        check_all(super().clean, self._check_times_and_claims)

    def _check_times_and_claims(self) -> None:
        self._check_times()  # the claims check serializes them, which fails for impossible times
        self.refuse_claims()

    def _check_times(self) -> None:
        # Dates at either end of the calendar can't be converted to every time zone.
        times = {name: getattr(self, name) for name in ("go_live_at", "expire_at")}
        wrong = [name for name, moment in times.items() if moment and not 1 < moment.year < MAXYEAR]
        if wrong:
            raise ValidationError(dict.fromkeys(wrong, _("Choose another time, or leave it empty for none.")))

    def refuse_claims(self) -> None:
        """Raise ValidationError for claims of a review, or medical claims on a page not marked for review."""
        errors, all_texts = {}, []
        for name, shown in wording(type(self), self.serializable_data()).items():
            all_texts += (texts := [text for _place, text in shown])
            if claim := next(filter(None, map(find_review_claim, texts)), ""):
                message = _("Take out “%(claim)s”. The page says by itself who reviewed it, and when.")
                errors[name] = message % {"claim": claim}
        if not self.contains_medical_claims and (
            claim := next(filter(None, map(find_medical_claim, all_texts)), "")
        ):
            message = _(
                "The page says “%(claim)s”. Check this box, so that a clinical reviewer approves it first."
            )
            errors["contains_medical_claims"] = message % {"claim": claim}
        if errors:
            raise ValidationError(errors)

    @cached_property
    def clinical_review(self) -> ClinicalReview | None:
        """The review of the version that readers see."""
        return ClinicalReview.objects.for_display().filter(revision=self.shown_revision_id).first()

    @property
    def clinical_reviews(self) -> models.QuerySet[ClinicalReview]:
        """All reviews of this page or snippet, newest first."""
        return ClinicalReview.objects.of_object(self).select_related("minor_change_of")

    @property
    def has_current_review(self) -> bool:
        """True if the latest review hasn't lapsed, so a minor change can keep it."""
        last = self.clinical_reviews.first()
        return last is not None and not last.shown.has_lapsed(ClinicSettings.current().hours.today)

    @property
    def unreviewed_publication(self) -> UnreviewedPublication | None:
        """The record of publishing the live version without a review, if that happened."""
        return UnreviewedPublication.objects.filter(revision=self.shown_revision_id).last()

    @property
    def planned_review(self) -> ClinicalReview | None:
        """The review of the scheduled version."""
        scheduled = self.pk and self.scheduled_revision
        return ClinicalReview.objects.filter(revision=scheduled).first() if scheduled else None

    def save_revision(self, *args, overwrite_revision=None, **kwargs):
        """Save a revision, but never overwrite one that has a record."""
        if overwrite_revision and has_record(overwrite_revision):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def stored(self) -> "ClinicallyReviewed | None":
        """Return the instance as stored, without unsaved changes."""
        return type(self)._base_manager.filter(pk=self.pk).first()

    def require_record_of(self, revision: Revision) -> None:
        """Raise PublicationRefused if the revision, or the live version it replaces, needs a review."""
        stored = self.stored()
        shown_is_medical = stored and stored.live and stored.contains_medical_claims
        if shown_is_medical or revision.as_object().contains_medical_claims:
            require_record(revision.pk)

    def publish(self, revision, *args, **kwargs):
        self.require_record_of(revision)
        try:
            return super().publish(revision, *args, **kwargs)
        except ValidationError as error:
            raise PublicationRefused(" ".join(error.messages)) from error

    def _keep_last_update(self) -> None:
        """Keep the "Last updated" date if the page was reviewed again without changing its wording."""
        before: Any = self.stored()
        if not (before and before.last_published_at) or before.live_revision_id == self.live_revision_id:
            return
        is_alias = getattr(self, "alias_of_id", None)  # Wagtail copies the date of its source
        if not is_alias and same_wording(type(self), before.serializable_data(), self.serializable_data()):
            self.last_published_at = before.last_published_at

    def _changes_shown_fields(self, update_fields) -> bool:
        shown = {name for field in shown_fields(type(self)) for name in (field.name, field.attname)}
        return update_fields is None or not shown.union(PUBLICATION_FIELDS).isdisjoint(update_fields)

    def _require_record(self):
        stored = self.stored()
        if not (self.contains_medical_claims or (stored and stored.contains_medical_claims)):
            return
        if getattr(stored, "alias_of_id", None) and not getattr(self, "alias_of_id", None):
            raise PublicationRefused(ALIAS_NEEDS_REVIEW)
        shown = self.shown_revision_id
        if not (stored and stored.live and stored.shown_revision_id == shown):
            require_record(shown)
        revision = Revision.objects.filter(pk=shown).first()
        if revision and not same_wording(type(self), self.serializable_data(), revision.content):
            raise PublicationRefused(
                _("Readers see the reviewed version. Make changes in a new version, and have it reviewed.")
            )


class DraftCopyForm(CopyForm):
    """Copies pages without offering to publish the copies, which aren't reviewed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("publish_copies", None)


class ReviewedPage(ClinicallyReviewed):
    """Mixin for page types, listed before their other bases."""

    copy_form_class = DraftCopyForm

    class Meta:
        abstract = True

    def permissions_for_user(self, user) -> ReviewedPagePermissions:
        return ReviewedPagePermissions(user, self)


def reviewed_models() -> list[type[ClinicallyReviewed]]:
    """Return the models whose instances can need a review."""
    candidates = (model for model in apps.get_models() if issubclass(model, ClinicallyReviewed))
    return [model for model in candidates if model.contains_medical_claims is not False]


def live_originals(model: type[ClinicallyReviewed]) -> models.QuerySet:
    """Return live instances with medical claims, without aliases, which follow their source."""
    live = model._default_manager.filter(live=True)
    if model.contains_medical_claims is not True:
        live = live.filter(contains_medical_claims=True)
    return live.filter(alias_of=None) if issubclass(model, Page) else live


def protect_reviewed_revision(sender, instance: Revision, origin, **kwargs) -> None:
    """Protect a revision with a record from deletion (`pre_delete`), unless its page is deleted."""
    is_alone = getattr(origin, "model", type(origin)) is Revision
    records = {*ClinicalReview.objects.filter(revision=instance), *instance.unreviewed_publications.all()}
    if is_alone and records:
        raise ProtectedError(
            _("This version is on record as what readers saw, so it can’t be deleted."), records
        )


def protect_history(sender, instance: ClinicallyReviewed, **kwargs) -> None:
    """Protect a snippet from deletion (`pre_delete`); its revisions record what patients were told."""
    message = _(
        "Its history is the record of what patients were told, so it can't be deleted. Unpublish it instead."
    )
    raise ProtectedError(message, {instance})


def has_record(revision: Revision) -> bool:
    """Return True if the revision was submitted, reviewed, or published without a review."""
    return (
        ClinicalReview.objects.filter(revision=revision).exists()
        or revision.unreviewed_publications.exists()
        or revision.task_states.exists()
    )


def require_record(revision_id: int | None) -> None:
    """Raise PublicationRefused unless the revision was reviewed or published without a review for now."""
    reviewed = ClinicalReview.objects.filter(revision=revision_id)
    unreviewed = UnreviewedPublication.objects.in_force().filter(revision=revision_id)
    if not (reviewed.exists() or unreviewed.exists()):
        raise PublicationRefused(
            _("This version needs a clinical review before readers can see it. Submit it for review.")
        )

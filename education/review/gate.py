"""The publishing gate: medical words go live with a record of their review, or not at all.

Every way to publication ends in the model's `save`; `publish` asks earlier, before anything is scheduled.
The database asks once more (migration 0007).
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
from clinic.text.medical_claims import medical_claim_in
from clinic.text.review_claims import claim_in
from education.review.models import ClinicalReview, PublicationRefused, UnreviewedPublication
from education.review.wording import same_wording, shown_fields, wording

DECIDES_WHAT_IS_LIVE = {"live", "live_revision", "live_revision_id", "alias_of", "alias_of_id"}
OWN_REVIEW = gettext_lazy(
    "Unpublish this alias first. As a page of its own, it needs its own clinical review."
)


# The mixin is for pages and snippets: Wagtail's own bases would give a page their fields twice.
if TYPE_CHECKING:
    from wagtail.models import Page as Base
else:
    from django.db.models import Model as Base


class ReviewedPagePermissions(PagePermissionTester):
    def can_unpublish(self) -> bool:
        """Also while newer words are in review or scheduled: that locks the words, not the page."""
        if isinstance(self.page.get_lock(), BasicLock):
            return super().can_unpublish()
        return bool(
            self.user.is_active
            and self.page.live
            and not self.page_is_root
            and (self.user.is_superuser or "publish" in self.permissions)
        )


class ClinicallyReviewed(Base):
    """For snippets with drafts, before their other bases; `ReviewedPage` is for page types.

    Each one's migration names its table to the database too (`education_needs_review`, migration 0007).
    """

    # Whether a clinician approves the words before readers see them: True, False, or a field.
    contains_medical_claims = True

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.live and self._state.adding and not getattr(self, "alias_of_id", None):
            if self.contains_medical_claims:
                # A copy, or what code makes: the words of a new page begin as a draft.
                self.live, self.has_unpublished_changes, self.live_revision = False, True, None
        elif self.live and self._changes_shown_fields(kwargs.get("update_fields")):
            self._require_record()
            self._keep_last_update()
        return super().save(*args, **kwargs)

    @property
    def shown_revision_id(self) -> int | None:
        """The revision whose words readers see: an alias shows its source's."""
        if getattr(self, "alias_of_id", None):
            source = self.alias_of.specific
            return source.shown_revision_id
        return self.live_revision_id

    def clean(self):
        check_all(super().clean, self._check_times_then_claims)

    def _check_times_then_claims(self) -> None:
        self._check_times()  # an impossible time can't be serialized, as the search for claims does
        self.refuse_claims()

    def _check_times(self) -> None:
        # The first and the last day of the calendar have no place in every time zone.
        times = {name: getattr(self, name) for name in ("go_live_at", "expire_at")}
        wrong = [name for name, moment in times.items() if moment and not 1 < moment.year < MAXYEAR]
        if wrong:
            raise ValidationError(dict.fromkeys(wrong, _("Choose another time, or leave it empty for none.")))

    def refuse_claims(self) -> None:
        """ValidationError if the text itself claims a review, or needs one that nobody asked for."""
        errors, all_texts = {}, []
        for name, shown in wording(type(self), self.serializable_data()).items():
            all_texts += (texts := [text for _place, text in shown])
            if claim := next(filter(None, map(claim_in, texts)), ""):
                message = _("Take out “%(claim)s”. The page says by itself who reviewed it, and when.")
                errors[name] = message % {"claim": claim}
        if not self.contains_medical_claims and (
            claim := next(filter(None, map(medical_claim_in, all_texts)), "")
        ):
            message = _(
                "The page says “%(claim)s”. Check this box, so that a clinical reviewer approves it first."
            )
            errors["contains_medical_claims"] = message % {"claim": claim}
        if errors:
            raise ValidationError(errors)

    @cached_property
    def clinical_review(self) -> ClinicalReview | None:
        """The review of the words that readers see now."""
        return ClinicalReview.objects.as_shown().filter(revision=self.shown_revision_id).first()

    @property
    def clinical_reviews(self) -> models.QuerySet[ClinicalReview]:
        """All reviews of its versions, the newest first."""
        return ClinicalReview.objects.of_object(self).select_related("minor_change_of")

    @property
    def has_current_review(self) -> bool:
        """Whether there is a review that a change of wording may leave as it is."""
        last = self.clinical_reviews.first()
        return last is not None and not last.shown.has_lapsed(ClinicSettings.current().hours.today)

    @property
    def unreviewed_publication(self) -> UnreviewedPublication | None:
        """The record of how the shown words went live without a review, if they did."""
        return UnreviewedPublication.objects.filter(revision=self.shown_revision_id).last()

    @property
    def planned_review(self) -> ClinicalReview | None:
        """The review of the words that are to appear at their time."""
        planned = self.pk and self.scheduled_revision
        return ClinicalReview.objects.filter(revision=planned).first() if planned else None

    def save_revision(self, *args, overwrite_revision=None, **kwargs):
        """As Wagtail's, but no draft is written over words that somebody has decided on."""
        if overwrite_revision and is_on_record(overwrite_revision):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def stored(self) -> "ClinicallyReviewed | None":
        """The instance as stored, without a form's changes."""
        return type(self)._base_manager.filter(pk=self.pk).first()

    def require_record_of(self, revision: Revision) -> None:
        """PublicationRefused if the revision may not go live; also one that says it needs no review."""
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
        """If only reviewed once more, "Last updated" stays the day on which the words changed."""
        before: Any = self.stored()
        if not (before and before.last_published_at) or before.live_revision_id == self.live_revision_id:
            return
        is_alias = getattr(self, "alias_of_id", None)  # Wagtail gives it the day of its source
        if not is_alias and same_wording(type(self), before.serializable_data(), self.serializable_data()):
            self.last_published_at = before.last_published_at

    def _changes_shown_fields(self, update_fields) -> bool:
        shown = {name for field in shown_fields(type(self)) for name in (field.name, field.attname)}
        return update_fields is None or not shown.union(DECIDES_WHAT_IS_LIVE).isdisjoint(update_fields)

    def _require_record(self):
        stored = self.stored()
        if not (self.contains_medical_claims or (stored and stored.contains_medical_claims)):
            return
        if getattr(stored, "alias_of_id", None) and not getattr(self, "alias_of_id", None):
            raise PublicationRefused(OWN_REVIEW)
        shown = self.shown_revision_id
        if not (stored and stored.live and stored.shown_revision_id == shown):
            require_record(shown)
        revision = Revision.objects.filter(pk=shown).first()
        if revision and not same_wording(type(self), self.serializable_data(), revision.content):
            raise PublicationRefused(
                _("Readers see the reviewed version. Make changes in a new version, and have it reviewed.")
            )


class DraftCopyForm(CopyForm):
    """No "publish copies": a copy is a new page, which nobody has reviewed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("publish_copies", None)


class ReviewedPage(ClinicallyReviewed):
    """`ClinicallyReviewed` for page types, before their other bases."""

    copy_form_class = DraftCopyForm

    class Meta:
        abstract = True

    def permissions_for_user(self, user) -> ReviewedPagePermissions:
        return ReviewedPagePermissions(user, self)


def reviewed_models() -> list[type[ClinicallyReviewed]]:
    """The models whose instances may need a review."""
    ours = (model for model in apps.get_models() if issubclass(model, ClinicallyReviewed))
    return [model for model in ours if model.contains_medical_claims is not False]


def originals(model: type[ClinicallyReviewed]) -> models.QuerySet:
    """Live medical instances of a reviewed model, without aliases, which follow their source."""
    live = model._default_manager.filter(live=True)
    if model.contains_medical_claims is not True:
        live = live.filter(contains_medical_claims=True)
    return live.filter(alias_of=None) if issubclass(model, Page) else live


def keep_reviewed(sender, instance: Revision, origin, **kwargs) -> None:
    """Before a revision is deleted (pre_delete): one that may be live goes with its page, never alone."""
    alone = getattr(origin, "model", type(origin)) is Revision
    records = {*ClinicalReview.objects.filter(revision=instance), *instance.unreviewed_publications.all()}
    if alone and records:
        raise ProtectedError(
            _("This version is on record as what readers saw, so it can’t be deleted."), records
        )


def keep_history(sender, instance: ClinicallyReviewed, **kwargs) -> None:
    """Before a snippet is deleted (pre_delete): its revisions say what patients were told, and when."""
    message = _(
        "Its history is the record of what patients were told, so it can't be deleted. Unpublish it instead."
    )
    raise ProtectedError(message, {instance})


def is_on_record(revision: Revision) -> bool:
    """Whether somebody reads or has read it: reviewed, in review, sent back, published without a review."""
    return (
        ClinicalReview.objects.filter(revision=revision).exists()
        or revision.unreviewed_publications.exists()
        or revision.task_states.exists()
    )


def require_record(revision_id: int | None) -> None:
    """Raise PublicationRefused unless this revision was reviewed, or an exception was granted."""
    reviewed = ClinicalReview.objects.filter(revision=revision_id)
    unreviewed = UnreviewedPublication.objects.standing().filter(revision=revision_id)
    if not (reviewed.exists() or unreviewed.exists()):
        raise PublicationRefused(
            _("This version needs a clinical review before readers can see it. Submit it for review.")
        )

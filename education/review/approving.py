"""Approval of revisions by clinical reviewers."""

from collections.abc import Collection

from dateutil.relativedelta import relativedelta
from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from wagtail.models import Revision

from clinic.accounts.roles import REVIEWERS
from clinic.models import ClinicSettings
from education.review.models import ClinicalReview, PublicationRefused, ReviewCheck, ReviewSettings
from education.review.wording import wording


def approve_revision(
    revision: Revision,
    user: User | None,
    *,
    note: str = "",
    months: int | None = None,
    minor_change: bool = False,
    checked: Collection[str] = (),
    **scores,
) -> ClinicalReview:
    """Record that `user` approves a revision; raise PublicationRefused if they may not."""
    user = _require_reviewer(user)
    settings = ReviewSettings.load()
    own_words = user in authors_of(revision)
    if own_words and not settings.own_words_may_be_approved:
        raise PublicationRefused(
            _("You wrote some of this text yourself, so another reviewer needs to approve it.")
        )
    today = ClinicSettings.current().hours.today
    base = _base_of_minor_change(revision, today) if minor_change else None
    if base and own_words and not (base.own_words and base.reviewer == user):
        raise PublicationRefused(_("You made this change yourself, so review the whole page."))
    if not base:
        require_checks(checked, note)
    valid_until = base.valid_until if base else today + relativedelta(months=months or settings.months_valid)
    return ClinicalReview.objects.create(
        revision=revision,
        reviewer=user,
        **reviewer_snapshot(user),
        note=note,
        valid_until=valid_until,
        own_words=own_words,
        minor_change_of=base,
        checked=list(checked),
        **scores,
    )


def require_checks(checked: Collection[str], note: str) -> None:
    """Refuse a full review that leaves out a check without explaining why in the note."""
    if not note.strip() and not set(ReviewCheck.values) <= set(checked):
        raise PublicationRefused(_("Check each box, or say in the note why it doesn’t apply."))


def reviewer_snapshot(user: User) -> dict:
    """Return the reviewer's name, credentials and page as copied into each review."""
    person = getattr(user, "public_page", None)
    person = person if person and person.live else None
    return {
        "reviewer_name": person.title if person else user.get_full_name(),
        "reviewer_credentials": person.credentials if person else "",
        "reviewer_page": person,
    }


def _require_reviewer(user: User | None) -> User:
    if not (user and user.groups.filter(name=REVIEWERS).exists()):
        raise PublicationRefused(_("Only a clinical reviewer can approve this."))
    if not reviewer_snapshot(user)["reviewer_name"].strip():
        raise PublicationRefused(
            _("Readers see the reviewer’s name. Ask a manager to enter yours, under Settings → Users.")
        )
    return user


def _base_of_minor_change(revision: Revision, today) -> ClinicalReview:
    """Return the current review, which a minor change keeps in force."""
    last = last_review_before(revision)
    base = last and last.shown
    if base is None or base.has_lapsed(today):
        raise PublicationRefused(
            _("There's no current review, so this can't be a minor change. Review the whole page.")
        )
    return base


def last_review_before(revision: Revision) -> ClinicalReview | None:
    reviews = ClinicalReview.objects.select_related("minor_change_of", "revision")
    siblings = _revisions_of_same_object(revision)
    return reviews.filter(revision__in=siblings).exclude(revision=revision).order_by("created_at").last()


def is_barred_author(user: User, revision: Revision) -> bool:
    """Return True if `user` wrote some of the text and the settings forbid approving one's own text."""
    return not ReviewSettings.load().own_words_may_be_approved and user in authors_of(revision)


def authors_of(revision: Revision) -> set[User]:
    """Return the authors of all changes since the last review, and earlier authors of the same text."""
    final, review = _authored_wording(revision), last_review_before(revision)
    if review and _authored_wording(review.revision) == final:
        return set()
    authors, previous, is_since_review = set(), None, review is None
    for earlier in _revisions_of_same_object(revision).select_related("user").order_by("created_at", "pk"):
        text = _authored_wording(earlier)
        if text != previous and earlier.user and (is_since_review or text == final):
            authors.add(earlier.user)
        if is_since_review and text == final:
            break  # later changes were undone
        is_since_review = is_since_review or bool(review and earlier == review.revision)
        previous = text
    return authors


def _authored_wording(revision: Revision) -> dict:
    """Return the wording without the medical-claims box, which reviewers may correct and still approve."""
    text = wording(revision.content_type.model_class(), revision.content)
    text.pop("contains_medical_claims", None)
    return text


def _revisions_of_same_object(revision: Revision):
    return Revision.objects.filter(
        base_content_type=revision.base_content_type_id, object_id=revision.object_id
    )

"""Who may approve a revision, and the record of it."""

from collections.abc import Collection

from dateutil.relativedelta import relativedelta
from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from wagtail.models import Revision

from clinic.accounts.roles import REVIEWERS
from clinic.models import ClinicSettings
from education.review.models import Checked, ClinicalReview, PublicationRefused, ReviewSettings
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
    """Record that `user` vouches for a revision; PublicationRefused if they may not."""
    user = _reviewer(user)
    settings = ReviewSettings.load()
    own_words = user in authors_of(revision)
    if own_words and not settings.own_words_may_be_approved:
        raise PublicationRefused(
            _("You wrote some of these words yourself, so another reviewer needs to approve them.")
        )
    today = ClinicSettings.current().hours.today
    base = _base_of_minor_change(revision, today) if minor_change else None
    if not base:
        require_checks(checked, note)
    valid_until = base.valid_until if base else today + relativedelta(months=months or settings.months_valid)
    return ClinicalReview.objects.create(
        revision=revision,
        reviewer=user,
        **described(user),
        note=note,
        valid_until=valid_until,
        own_words=own_words,
        minor_change_of=base,
        checked=list(checked),
        **scores,
    )


def require_checks(checked: Collection[str], note: str) -> None:
    """Refuse a review of the whole page that leaves out a check without saying why."""
    if not note.strip() and not set(Checked.values) <= set(checked):
        raise PublicationRefused(_("Check each box, or say in the note why it doesn’t apply."))


def described(user: User) -> dict:
    """A reviewer as readers are told about them, copied into each review."""
    person = getattr(user, "public_page", None)
    person = person if person and person.live else None
    return {
        "reviewer_name": person.title if person else user.get_full_name(),
        "reviewer_credentials": person.credentials if person else "",
        "reviewer_page": person,
    }


def _reviewer(user: User | None) -> User:
    if not (user and user.groups.filter(name=REVIEWERS).exists()):
        raise PublicationRefused(_("Only a clinical reviewer can approve this."))
    if not described(user)["reviewer_name"].strip():
        raise PublicationRefused(
            _("Readers see the reviewer’s name. Enter yours first, under Account → Name.")
        )
    return user


def _base_of_minor_change(revision: Revision, today) -> ClinicalReview:
    """The review that a minor change leaves as it is."""
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


def is_author_of(user: User, revision: Revision) -> bool:
    """Whether the rule keeps `user` from approving these words."""
    return not ReviewSettings.load().own_words_may_be_approved and user in authors_of(revision)


def authors_of(revision: Revision) -> set[User]:
    """Everyone who wrote words that changed since the last review, or wrote these same words earlier."""
    final, reviewed = _words_of(revision), last_review_before(revision)
    if reviewed and _words_of(reviewed.revision) == final:
        return set()
    authors, before, is_since_review = set(), None, reviewed is None
    for earlier in _revisions_of_same_object(revision).select_related("user").order_by("created_at", "pk"):
        words = _words_of(earlier)
        if words != before and earlier.user and (is_since_review or words == final):
            authors.add(earlier.user)
        is_since_review = is_since_review or bool(reviewed and earlier == reviewed.revision)
        before = words
    return authors


def _words_of(revision: Revision) -> dict:
    """What somebody wrote or chose. Whether it's medical, a reviewer may correct and still approve it."""
    words = wording(revision.content_type.model_class(), revision.content)
    words.pop("contains_medical_claims", None)
    return words


def _revisions_of_same_object(revision: Revision):
    return Revision.objects.filter(
        base_content_type=revision.base_content_type_id, object_id=revision.object_id
    )

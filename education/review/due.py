"""Pages and snippets that need a clinical review: unreviewed, overdue or due soon."""

from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from clinic.models import ClinicSettings
from education.review.gate import live_originals, reviewed_models
from education.review.models import ClinicalReview, PublicationRefused, UnreviewedPublication

DUE_WITHIN = timedelta(days=60)


def today() -> date:
    return clinic_date(timezone.now())


def clinic_date(moment: datetime) -> date:
    return timezone.localdate(moment, timezone=ClinicSettings.current().hours.time_zone)


def pages_to_review() -> QuerySet[Page]:
    """Return live pages to review, the most urgent first.

    They're annotated with `review_due`, a date or None if never reviewed, and `unreviewed_until`, the end
    of a publication without review or None.
    """
    live_ids = [live_originals(model).values("pk") for model in reviewed_models() if issubclass(model, Page)]
    pages = _needing_review(Page.objects.filter(reduce(or_, (Q(pk__in=ids) for ids in live_ids))))
    return pages.select_related("owner").order_by(
        F("review_due").asc(nulls_first=True), F("unreviewed_until").asc(nulls_last=True), "title"
    )


def snippets_to_review() -> list[Any]:
    """Return snippets that need a review: the emergency message, published or not."""
    snippets = [model for model in reviewed_models() if not issubclass(model, Page)]
    return [snippet for model in snippets for snippet in _needing_review(model._default_manager.all())]


def _needing_review(live: QuerySet) -> QuerySet:
    review = ClinicalReview.objects.filter(revision=OuterRef("live_revision"))
    unreviewed = UnreviewedPublication.objects.filter(revision=OuterRef("live_revision"))
    return live.annotate(
        review_due=Subquery(review.values("valid_until")[:1]),
        unreviewed_until=Subquery(unreviewed.order_by("-expires_at").values("expires_at")[:1]),
    ).filter(Q(review_due=None) | Q(review_due__lte=today() + DUE_WITHIN))


def review_state(page: Any) -> str:
    """Describe the review that a page or snippet needs."""
    if page.review_due is None and page.unreviewed_until:
        until = date_format(clinic_date(page.unreviewed_until), "F j, Y")
        return _("Published without review until %(day)s") % {"day": until}
    if page.review_due is None:
        return _("Not reviewed")
    day = date_format(page.review_due, "F j, Y")
    if page.review_due < today():
        return _("Overdue since %(day)s") % {"day": day}
    return _("Due on %(day)s") % {"day": day}


@transaction.atomic
def start_review(page: Page, user: User) -> None:
    """Submit the latest version of a page for review."""
    workflow = page.get_workflow()
    if workflow is None or not page.permissions_for_user(user).can_submit_for_moderation():
        raise PublicationRefused(_("This page can’t be submitted now: it’s locked or already in review."))
    # Each review needs its own revision.
    page.get_latest_revision_as_object().save_revision(user=user, changed=False, clean=False)
    workflow.start(page, user)


def pages_by_owner() -> dict[User | None, list[Any]]:
    """Return the pages to review by active owner; None holds the pages of others, and snippets."""
    snippets = snippets_to_review()
    pages: dict[User | None, list[Any]] = {None: snippets} if snippets else {}
    for page in pages_to_review():
        owner = page.owner if page.owner and page.owner.is_active and page.owner.email else None
        pages.setdefault(owner, []).append(page)
    return pages

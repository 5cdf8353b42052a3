"""Pages that need a clinical review next: unreviewed, overdue, or due soon."""

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

from clinic.accounts.names import display_name
from clinic.models import ClinicSettings
from education.review.gate import originals, reviewed_models
from education.review.models import ClinicalReview, PublicationRefused, UnreviewedPublication

DUE_WITHIN = timedelta(days=60)


def today() -> date:
    return day_of(timezone.now())


def day_of(moment: datetime) -> date:
    return timezone.localdate(moment, timezone=ClinicSettings.current().hours.time_zone)


def pages_to_review() -> QuerySet[Page]:
    """Live pages, the most urgent first, with `review_due`: a day, or None if nobody ever reviewed it.

    `unreviewed_until` says when a publication without review ends, if it does.
    """
    pages = [originals(model).values("pk") for model in reviewed_models() if issubclass(model, Page)]
    found = _to_review(Page.objects.filter(reduce(or_, (Q(pk__in=some) for some in pages))))
    return found.select_related("owner").order_by(
        F("review_due").asc(nulls_first=True), F("unreviewed_until").asc(nulls_last=True), "title"
    )


def snippets_to_review() -> list[Any]:
    """Snippets that need a review: the emergency message, published or not."""
    snippets = [model for model in reviewed_models() if not issubclass(model, Page)]
    return [snippet for model in snippets for snippet in _to_review(model._default_manager.all())]


def _to_review(live: QuerySet) -> QuerySet:
    review = ClinicalReview.objects.filter(revision=OuterRef("live_revision"))
    unreviewed = UnreviewedPublication.objects.filter(revision=OuterRef("live_revision"))
    return live.annotate(
        review_due=Subquery(review.values("valid_until")[:1]),
        unreviewed_until=Subquery(unreviewed.order_by("-expires_at").values("expires_at")[:1]),
    ).filter(Q(review_due=None) | Q(review_due__lte=today() + DUE_WITHIN))


def state(page: Any) -> str:
    """What a page or snippet waits for, in words."""
    if page.review_due is None and page.unreviewed_until:
        until = date_format(day_of(page.unreviewed_until), "F j, Y")
        return _("Published without review until %(day)s") % {"day": until}
    if page.review_due is None:
        return _("Not reviewed")
    day = date_format(page.review_due, "F j, Y")
    if page.review_due < today():
        return _("Overdue since %(day)s") % {"day": day}
    return _("Due on %(day)s") % {"day": day}


def owner_name(page: Page) -> str:
    return display_name(page.owner)


@transaction.atomic
def start_review(page: Page, user: User) -> None:
    """Ask the reviewers to look at the newest words of a page."""
    workflow = page.get_workflow()
    if workflow is None or not page.permissions_for_user(user).can_submit_for_moderation():
        raise PublicationRefused(_("This page can’t be submitted now: it’s locked or in review already."))
    # A new version, which can have its own review.
    page.get_latest_revision_as_object().save_revision(user=user, changed=False, clean=False)
    workflow.start(page, user)


def by_owner() -> dict[User | None, list[Any]]:
    """The pages to review of each owner who still works here; None has everything else."""
    snippets = snippets_to_review()
    pages: dict[User | None, list[Any]] = {None: snippets} if snippets else {}
    for page in pages_to_review():
        owner = page.owner if page.owner and page.owner.is_active and page.owner.email else None
        pages.setdefault(owner, []).append(page)
    return pages

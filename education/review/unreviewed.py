"""Publication without a review: for a few days, with a reason, marked for readers."""

from contextlib import suppress

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import registry
from wagtail.models import Revision

from clinic.accounts.names import display_name
from education.review import emails
from education.review.gate import live_originals, reviewed_models
from education.review.models import ClinicalReview, PublicationRefused, UnreviewedPublication, expiry

PUBLISHED_ACTION = "education.published_without_review"  # in the page's history
EXPIRED_ACTION = "education.unreviewed_expired"
PERMISSION = "education.add_unreviewedpublication"
STARTER_REASON = "Comes with the software. Nobody at this clinic has reviewed it yet."


@transaction.atomic
def publish_starter(revision: Revision) -> None:
    """Publish a page of the starter site, marked for readers as not yet reviewed by the clinic."""
    UnreviewedPublication.objects.create(revision=revision, reason=STARTER_REASON)
    revision.publish()


@transaction.atomic
def publish_without_review(revision: Revision, user: User | None, reason: str) -> None:
    """Publish an urgent revision and email the reviewers. `user` is None for management commands."""
    if user and not user.has_perm(PERMISSION):
        raise PublicationRefused(_("Only managers can publish without a clinical review."))
    if not reason.strip():
        raise PublicationRefused(_("Say why this can’t wait for a review."))
    if not (page := revision.as_object()).contains_medical_claims:  # it would have no mark and never expire
        raise PublicationRefused(_("Unchecking “Contains medical claims” requires a review."))
    by = display_name(user) or _("the server’s console")
    publication = UnreviewedPublication.objects.create(
        revision=revision,
        published_by=user,
        published_by_name=by,
        reason=reason.strip(),
        expires_at=expiry(page.go_live_at),
    )
    revision.publish(user=user, log_action=PUBLISHED_ACTION)
    emails.send_unreviewed_notice.defer(publication_id=publication.pk)


@transaction.atomic
def end_publication(instance) -> None:
    """Restore the last reviewed revision, or unpublish if there's none since the last unpublication."""
    scheduled = instance.scheduled_revision
    unpublications = registry.get_logs_for_instance(instance).filter(action__startswith="wagtail.unpublish")
    reviews = ClinicalReview.objects.of_object(instance).select_related("revision")
    if last := unpublications.aggregate(last=Max("timestamp"))["last"]:
        reviews = reviews.filter(created_at__gt=last)
    for review in reviews:
        if _is_scheduled(review.revision):
            continue
        with suppress(PublicationRefused), transaction.atomic():  # its slug may be in use by now
            review.revision.publish(log_action=EXPIRED_ACTION)
            if scheduled:  # publishing clears the schedule
                scheduled.save(update_fields=["approved_go_live_at"])
            return
    instance.unpublish(log_action=EXPIRED_ACTION)


def _is_scheduled(revision: Revision) -> bool:
    go_live_at = revision.as_object().go_live_at
    return bool(go_live_at) and go_live_at > timezone.now()


def expired_objects() -> list:
    """Return pages and snippets whose publication without a review has expired."""
    in_force = UnreviewedPublication.objects.in_force().values("revision")
    return [
        instance
        for model in reviewed_models()
        for instance in live_originals(model)
        .filter(
            live_revision__in=UnreviewedPublication.objects.expired().values("revision"),
            live_revision__clinical_review=None,
        )
        .exclude(live_revision__in=in_force)
    ]

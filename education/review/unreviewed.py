"""Publication without a review: with a reason, told to readers and reviewers, for some days only."""

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
from education.review.gate import originals, reviewed_models
from education.review.models import ClinicalReview, PublicationRefused, UnreviewedPublication, expiry

PUBLISHED = "education.published_without_review"  # in the page's history
MAY = "education.add_unreviewedpublication"
STARTER = "Comes with the software. Nobody at this clinic has reviewed it yet."


@transaction.atomic
def publish_starter(revision: Revision) -> None:
    """Publish a page of the starter site; it says to readers that the clinic has not reviewed it yet."""
    UnreviewedPublication.objects.create(revision=revision, reason=STARTER)
    revision.publish()


@transaction.atomic
def publish_without_review(revision: Revision, user: User | None, reason: str) -> None:
    """Publish what can't wait and tell the reviewers. Without `user`, it comes from the server's console."""
    if user and not user.has_perm(MAY):
        raise PublicationRefused(_("Only managers can publish without a clinical review."))
    if not reason.strip():
        raise PublicationRefused(_("Say why this can’t wait for a review."))
    by = display_name(user) or _("the server’s console")
    publication = UnreviewedPublication.objects.create(
        revision=revision,
        published_by=user,
        published_by_name=by,
        reason=reason.strip(),
        expires_at=expiry(revision.as_object().go_live_at),
    )
    revision.publish(user=user, log_action=PUBLISHED)
    emails.tell_of_unreviewed.defer(publication_id=publication.pk)


@transaction.atomic
def end_expired(instance) -> None:
    """Serve the last reviewed revision again, or nothing where there is none, or it was taken down."""
    planned = instance.scheduled_revision
    taken_down = registry.get_logs_for_instance(instance).filter(action__startswith="wagtail.unpublish")
    reviews = ClinicalReview.objects.of_object(instance).select_related("revision")
    if last := taken_down.aggregate(last=Max("timestamp"))["last"]:
        reviews = reviews.filter(created_at__gt=last)
    for review in reviews:
        if _is_for_later(review.revision):
            continue
        with suppress(PublicationRefused), transaction.atomic():  # its address may be taken by now
            review.revision.publish(log_action="education.unreviewed_expired")
            if planned:  # Wagtail forgets the plan when anything goes live
                planned.save(update_fields=["approved_go_live_at"])
            return
    instance.unpublish(log_action="education.unreviewed_expired")


def _is_for_later(revision: Revision) -> bool:
    go_live_at = revision.as_object().go_live_at
    return bool(go_live_at) and go_live_at > timezone.now()


def live_expired() -> list:
    """Pages and snippets whose words have been live without a review for too long."""
    standing = UnreviewedPublication.objects.standing().values("revision")
    return [
        instance
        for model in reviewed_models()
        for instance in originals(model)
        .filter(
            live_revision__in=UnreviewedPublication.objects.expired().values("revision"),
            live_revision__clinical_review=None,
        )
        .exclude(live_revision__in=standing)
    ]

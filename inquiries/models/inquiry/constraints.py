"""The queue order, indexes and constraints of inquiries in the database."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Upper

from inquiries.choices import OPEN, TO_DO, Outcome, Source, Status, Tier
from inquiries.triage.judgement import FIRST_TIER_FROM

# Queue order: certain emergencies before possible ones, new before taken ones, then by severity.
CALL_RANK = Case(
    When(~Q(urgent=True, urgency_settled_at=None), then=Value(0)),
    When(severity__gte=FIRST_TIER_FROM, status=Status.NEW, then=F("severity") + Value(40)),
    When(severity__gte=FIRST_TIER_FROM, then=F("severity") + Value(20)),
    When(status=Status.NEW, then=F("severity") + Value(5)),
    default=F("severity") + Value(1),
)

INDEXES = [
    # The queue and its views.
    models.Index(
        "probably_spam",
        F("call_rank").desc(),
        "due_at",
        "received_at",
        "id",
        name="inquiry_queue",
        condition=Q(status__in=OPEN),
    ),
    models.Index(fields=["received_at"], name="inquiry_open", condition=Q(status__in=OPEN)),
    models.Index(fields=["due_at"], name="inquiry_due", condition=Q(status__in=TO_DO)),
    models.Index(fields=["assignee", "due_at"], name="inquiry_in_hand", condition=Q(status__in=OPEN)),
    models.Index(fields=["follow_up_at"], name="inquiry_waiting", condition=Q(status=Status.WAITING)),
    models.Index(fields=["due_at"], name="inquiry_urgent", condition=Q(status__in=OPEN, urgent=True)),
    models.Index(fields=["appointment_at"], name="inquiry_reminder", condition=Q(reminder_due=True)),
    # Inquiries that triage never finished, and unopened spam.
    models.Index(fields=["received_at"], name="inquiry_needs_triage", condition=Q(needs_triage=True)),
    models.Index(
        fields=["received_at"],
        name="inquiry_unread_spam",
        condition=Q(opened_at=None) & (Q(status=Status.SPAM) | Q(probably_spam=True)),
    ),
    models.Index(
        fields=["due_at", "received_at", "id"],
        name="inquiry_probably_spam",
        condition=Q(status=Status.NEW, probably_spam=True),
    ),
    # The archive: newest first, for each filter.
    models.Index(fields=["-received_at", "-id"], name="inquiry_received"),
    *(
        models.Index(fields=[name, "-received_at", "-id"], name=f"inquiry_{name}")
        for name in ["status", "assignee", "topic", "asker", "source", "outcome", "page"]
    ),
    models.Index(fields=["call_attempts", "-received_at", "-id"], name="inquiry_calls"),
    models.Index(fields=["urgent", "-received_at", "-id"], name="inquiry_urgent_received"),
    models.Index(
        fields=["location", "-received_at", "-id"],
        name="inquiry_location",
        condition=Q(location__isnull=False),
    ),
    # Repeated messages, and inquiries of the same person.
    models.Index(fields=["fingerprint"], name="inquiry_fingerprint"),
    models.Index(fields=["message_digest", "received_at"], name="inquiry_message_digest"),
    models.Index(fields=["phone"], name="inquiry_phone", condition=~Q(phone="")),
    models.Index(Upper("email"), name="inquiry_email", condition=~Q(email="")),
    GinIndex(fields=["search_key"], name="inquiry_search", opclasses=["gin_trgm_ops"]),
]

CONSTRAINTS = [
    models.CheckConstraint(condition=Q(status__in=Status.values), name="inquiry_status_is_known"),
    models.CheckConstraint(condition=Q(source__in=Source.values), name="inquiry_source_is_known"),
    models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="inquiry_outcome_is_known"),
    models.CheckConstraint(
        condition=Q(status=Status.WAITING, follow_up_at__isnull=False)
        | (~Q(status=Status.WAITING) & Q(follow_up_at__isnull=True)),
        name="inquiry_waits_until_a_time",
    ),
    models.CheckConstraint(
        condition=(Q(status=Status.CLOSED) & ~Q(outcome="")) | (~Q(status=Status.CLOSED) & Q(outcome="")),
        name="inquiry_closes_with_an_outcome",
    ),
    models.CheckConstraint(
        condition=Q(urgent=False) | ~Q(urgent_because=""), name="inquiry_is_urgent_for_a_reason"
    ),
    models.CheckConstraint(condition=Q(tier__in=Tier.values), name="inquiry_tier_is_known"),
    models.CheckConstraint(
        condition=Q(probably_spam=False) | Q(status__in=[Status.NEW, Status.SPAM], urgent=False),
        name="inquiry_label_only_while_undecided",
    ),
    models.CheckConstraint(condition=~Q(duplicate_of=F("id")), name="inquiry_is_no_duplicate_of_itself"),
    models.CheckConstraint(condition=~Q(email="") | ~Q(phone=""), name="inquiry_can_be_answered"),
    models.CheckConstraint(condition=~Q(name=""), name="inquiry_says_who"),
    models.UniqueConstraint(
        fields=["fingerprint"], condition=Q(status=Status.NEW), name="inquiry_new_message_is_stored_once"
    ),
]

"""Guards on every change of an inquiry: permission, freshness, and an event on the timeline."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clinic.accounts.names import display_name
from inquiries.choices import OPEN, Status
from inquiries.permissions import CHANGE

# The fields that the front desk's work changes.
WORKFLOW_FIELDS = [
    "status",
    "assignee",
    "due_at",
    "follow_up_at",
    "call_back",
    "appointment_at",
    "appointment_place",
    "reminder_due",
    "urgency_settled_at",
    "outcome",
    "call_attempts",
    "urgent",
    "urgent_because",
    "severity",
    "was_urgent",
    "duplicate_of",
    "on_hold",
    "probably_spam",
]
# `seen` of clinicians, who don't see the timeline.
NEVER_STALE = 2**63 - 1
# Staff who change one of these have decided that it isn't spam, so the automatic label is removed.
SPAM_DECIDING_FIELDS = {"status", "assignee", "urgent"}

CALL_FIRST = _("Urgent, and nobody has spoken to the patient. Log the call, or write why no call is needed.")


class StaleInquiry(Exception):
    """The inquiry changed since it was shown; `.events` are the changes, oldest first."""

    def __init__(self, events):
        self.events = events
        super().__init__("the inquiry has changed since it was shown")


class AlreadyDone(StaleInquiry):
    """The same form was submitted before; `.event` is the result on the timeline."""

    def __init__(self, event, events):
        self.event = event
        super().__init__(events)


class GuardedChanges:
    """Mixin whose changes lock the row, check permission and freshness, and are saved with one event."""

    status: str
    urgent: bool
    assignee: User | None
    follow_up_at: datetime | None
    urgency_settled_at: datetime | None

    newest_event = 0  # id of the event of the last change made through this instance
    idempotency_key: UUID | None = None  # of the form that makes the next change

    @contextmanager
    def _change(self: Any, kind, by, seen, *, needs=CHANGE, **event) -> Iterator[None]:
        """Save the changes made in the block, with an event that has the old and new values.

        `seen` is the id of the newest event on the screen that the change was made on. `by` is None for jobs
        and patients, whose changes are never stale.
        """
        if by and not by.has_perm(needs):
            raise PermissionDenied
        with transaction.atomic():
            locked = type(self).objects.select_for_update(of=("self",), no_key=True).get(pk=self.pk)
            if by:
                self._refuse_stale(locked, seen)
            self._copy_workflow(locked)
            try:
                yield
                self._refuse_uncalled_urgent(locked)
                self._clear_spam_label(locked)
                self._save_workflow(locked)
            except ValidationError:
                self._copy_workflow(locked)
                raise
            except IntegrityError as error:
                self._copy_workflow(locked)
                raise ValidationError(_("The same message from this person is already in New.")) from error
            changes = differences(locked, self)
            self._queue_emails_if_cleared()
            event_created = self.events.create(
                kind=kind,
                by=by,
                by_name=display_name(by),
                changes=changes,
                idempotency_key=self.idempotency_key,
                **event,
            )
            self.newest_event, self.idempotency_key = event_created.pk, None

    def _refuse_stale(self, locked, seen):
        key = self.idempotency_key
        same_form = Q(idempotency_key=key) if key else Q()
        unseen = list(locked.events.filter(Q(pk__gt=seen) | same_form))
        if key and (done := [event for event in unseen if event.idempotency_key == key]):
            raise AlreadyDone(done[0], unseen)
        if unseen:
            raise StaleInquiry(unseen)

    def _refuse_uncalled_urgent(self, locked):
        """Refuse to close an urgent inquiry before staff spoke to the patient. A trigger refuses it too."""
        closes_uncalled = self.urgent and self.urgency_settled_at is None and self.status not in OPEN
        if closes_uncalled and {"status", "urgent", "urgency_settled_at"} & set(changed_fields(locked, self)):
            raise ValidationError(CALL_FIRST)

    def _clear_spam_label(self, locked):
        is_decided = SPAM_DECIDING_FIELDS & set(changed_fields(locked, self))
        if is_decided and self.probably_spam == locked.probably_spam:
            self.probably_spam = False

    def _queue_emails_if_cleared(self):
        if not (self.needs_triage or self.probably_spam or self.status == Status.SPAM):
            self.queue_held_back_emails()

    def _save_workflow(self, locked):
        if fields := changed_fields(locked, self):
            with transaction.atomic():
                self.save(update_fields=fields)

    def _copy_workflow(self, other):
        for field in changed_fields(other, self):
            attname = self._meta.get_field(field).attname
            setattr(self, attname, getattr(other, attname))


def changed_fields(old, new) -> list[str]:
    attnames = {field: old._meta.get_field(field).attname for field in WORKFLOW_FIELDS}
    return [field for field, name in attnames.items() if getattr(old, name) != getattr(new, name)]


def differences(old, new) -> dict[str, list]:
    """Return {field: [old, new]} for the fields that differ, as JSON values for an event."""
    return {
        field: [to_json(getattr(old, field)), to_json(getattr(new, field))]
        for field in changed_fields(old, new)
    }


def to_json(value):
    if isinstance(value, datetime):
        return value.isoformat()
    if hasattr(value, "pk"):
        # Store the name too, because accounts can be deleted.
        name = value.reference if hasattr(value, "reference") else display_name(value)
        return {"id": value.pk, "name": name}
    return value


def from_json(field, value):
    """Return the attribute name and value for a field's value from `to_json`."""
    if field in {"assignee", "duplicate_of"}:
        return f"{field}_id", value and value["id"]
    if value and field in {"due_at", "follow_up_at", "urgency_settled_at", "appointment_at"}:
        return field, datetime.fromisoformat(value)
    return field, value

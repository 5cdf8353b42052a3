"""The front desk's work on an inquiry. Each change is one guarded method that adds a timeline event."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from clinic.accounts.names import display_name
from inquiries.choices import Call, EventKind, Status
from inquiries.models.event import Detail
from inquiries.models.workflow.contact import ContactCorrection
from inquiries.models.workflow.conversation import PatientConversation
from inquiries.models.workflow.duplicate_links import DuplicateLinks
from inquiries.models.workflow.guard import WORKFLOW_FIELDS, StaleInquiry
from inquiries.models.workflow.questions import ClinicianQuestions
from inquiries.models.workflow.status import StatusChanges
from inquiries.permissions import CHANGE, HOLD
from inquiries.triage import judgement

RETRACTABLE = [EventKind.CALL, EventKind.NOTE, EventKind.NO_CALL]


class Workflow(DuplicateLinks, StatusChanges, PatientConversation, ClinicianQuestions, ContactCorrection):
    """Mixin of Inquiry with the actions of staff. `seen` is the newest event's id on their screen."""

    def take(self: Any, *, by, seen) -> None:
        with self._change(EventKind.TAKEN, by, seen):
            self._assign_to(by)

    def assign(self: Any, to, *, by, seen, bulk=None) -> None:
        """Assign it to `to`, or unassign it if None."""
        with self._change(EventKind.ASSIGNED, by, seen, bulk=bulk):
            if to and not to.has_perm(CHANGE):
                raise ValidationError(_("This colleague doesn't work on inquiries."))
            self._assign_to(to)

    def log_call(self: Any, result, *, by, seen, text="") -> None:
        """Record a call to the patient. A call about a new inquiry also takes it."""
        with self._change(EventKind.CALL, by, seen, detail=result, text=text):
            if result not in Call:
                raise ValidationError(_("Say how the call went."))
            if result == Call.LEFT_MESSAGE and not self.voicemail_ok:
                raise ValidationError(_("The patient doesn't want voicemail."))
            if result == Call.WRONG_NUMBER:  # consent was for the patient's own number
                self._store(voicemail_ok=False, texts_ok=False)
            self.call_attempts += 1
            if result == Call.SPOKE and self.urgent:
                self.urgency_settled_at = timezone.now()
            if self.status == Status.NEW:
                self._assign_to(by)

    def add_note(self: Any, text, *, by, seen, bulk=None) -> None:
        with self._change(EventKind.NOTE, by, seen, text=text, bulk=bulk):
            if not text.strip():
                raise ValidationError(_("Write the note first."))

    def no_call(self: Any, text, *, by, seen) -> None:
        """Record why an urgent inquiry needs no call."""
        with self._change(EventKind.NO_CALL, by, seen, text=text):
            if not self.needs_urgent_call:
                raise ValidationError(_("It isn't waiting for an urgent call."))
            if not text.strip():
                raise ValidationError(_("Write why no call is needed."))
            self.urgency_settled_at = timezone.now()

    def retract(self: Any, event, *, by, seen) -> None:
        """Mark a call or a note as entered in error. The original stays on the timeline."""
        entry = self.events.filter(pk=event, kind__in=RETRACTABLE, corrections=None).first()
        with self._change(EventKind.RETRACTED, by, seen, corrects=entry):
            if not entry:
                raise ValidationError(_("Only a call or a note can be marked, and only once."))
            if entry.kind == EventKind.CALL:
                self.call_attempts -= 1
            if "urgency_settled_at" in entry.changes and self.urgent:
                self.urgency_settled_at = None
                self._return_to_queue()

    def set_urgent(self: Any, urgent, *, by, seen) -> None:
        with self._change(EventKind.URGENT, by, seen):
            self.urgent = urgent
            self.severity = judgement.MARKED_SEVERITY if urgent else 0
            self.urgency_settled_at = None
            if urgent:
                self.bring_forward(self.promised_by(self.received_at))
                self.urgent_because = gettext("Marked by %(name)s") % {"name": display_name(by)}
                self._unassign_new()

    def label_urgency(self: Any, was_urgent: bool, *, by: User, seen: int) -> None:
        """Record for the figures whether it turned out to be urgent. The queue doesn't change."""
        detail = Detail.WAS_URGENT if was_urgent else Detail.WAS_NOT_URGENT
        with self._change(EventKind.URGENT, by, seen, detail=detail):
            self.was_urgent = was_urgent

    def hold(self: Any, *, by, seen, reason="") -> None:
        """Exempt it from retention until a manager lifts the hold."""
        with self._change(EventKind.HELD, by, seen, needs=HOLD, text=reason):
            if self.on_hold:
                raise ValidationError(_("It's already on legal hold."))
            self.on_hold = True

    def release(self: Any, *, by, seen, reason="") -> None:
        with self._change(EventKind.RELEASED, by, seen, needs=HOLD, text=reason):
            if not self.on_hold:
                raise ValidationError(_("It isn't on legal hold."))
            self.on_hold = False

    def _unassign_new(self) -> None:
        """Unassign a new inquiry: its assignee hasn't started yet, and anyone should call."""
        if self.status == Status.NEW:
            self.assignee = None

    def _assign_to(self, user):
        self.assignee = user
        if user and self.status == Status.NEW:
            self.status = Status.IN_PROGRESS

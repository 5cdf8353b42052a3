"""Status changes of an inquiry, by staff or by a scheduled job."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inquiries.choices import NEXT_STATUSES, OPEN, TO_DO, EventKind, Outcome, Status
from inquiries.models.event import Detail
from inquiries.models.workflow.guard import CALL_FIRST, GuardedChanges, from_json
from inquiries.permissions import CHANGE

MAX_WAIT = timedelta(days=366)
MAX_URGENT_WAIT = timedelta(hours=4)
# Reopening within this time corrects a mistake; later, it means that the patient contacted us again.
MISTAKE_WINDOW = timedelta(minutes=10)
REMIND_BEFORE = timedelta(days=1)
MAX_BOOKING_AHEAD = timedelta(days=731)
# These outcomes cancel the appointment; after others, it's still booked.
CANCELING_OUTCOMES = {Outcome.CANCELED, Outcome.REFERRED, Outcome.NOT_FOR_US}


class Appointment(NamedTuple):
    """An appointment, and whether to remind the patient by email."""

    at: datetime
    place: str
    remind: bool = False


class StatusChanges(GuardedChanges):
    appointment_at: datetime | None

    @property
    def next_statuses(self: Any) -> list[Status]:
        return NEXT_STATUSES[Status(self.status)]

    def change_status(
        self: Any,
        status,
        *,
        by,
        seen,
        follow_up_at=None,
        call_back=False,
        outcome="",
        was_urgent=None,
        appointment: Appointment | None = None,
        text="",
        detail="",
        bulk=None,
    ) -> None:
        """Move to one of `.next_statuses`. Waiting needs a follow-up time, closing needs an outcome.

        With `call_back`, the patient waits for our call, rather than we for the patient. Closing an inquiry
        that was flagged as urgent needs `was_urgent`, unless it was recorded before.
        """
        if status == self.status == Status.WAITING:
            detail = Detail.SNOOZED_AGAIN
        with self._change(EventKind.STATUS, by, seen, detail=detail, text=text, bulk=bulk):
            self._check_status(status, follow_up_at, outcome)
            if was_urgent is not None:
                self.was_urgent = was_urgent
            if bulk and status in {Status.CLOSED, Status.WAITING} and not self.is_opened:
                raise ValidationError(_("nobody has opened it, or what the patient added"))
            if status == Status.CLOSED and self.was_flagged and self.was_urgent is None:
                raise ValidationError(_("Say whether it was urgent."))
            if self.status == Status.CLOSED:
                self._reopen(by)
            self._set_status(status, follow_up_at, outcome)
            self.call_back = call_back and status == Status.WAITING
            if appointment:
                self._book(appointment)
            if status not in OPEN:  # a new message from the patient must not reopen a clinician's access
                self.questions.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())

    def _book(self: Any, appointment: Appointment) -> None:
        now = timezone.now()
        if not now < appointment.at < now + MAX_BOOKING_AHEAD:
            raise ValidationError(_("Enter an appointment time in the future, within two years."))
        self.appointment_at, self.appointment_place = appointment.at, appointment.place
        self.reminder_due = appointment.remind and bool(self.email) and appointment.at > now + REMIND_BEFORE

    def not_spam(self: Any, *, by, seen, bulk=None) -> None:
        """Return it to New without the spam label, and queue the emails that were held back."""
        with self._change(EventKind.NOT_SPAM, by, seen, bulk=bulk):
            if self.status == Status.SPAM:
                self._set_status(Status.NEW)
            elif not self.probably_spam:
                raise ValidationError(_("It isn't marked as spam."))
            self.probably_spam = False

    def _reopen(self: Any, by):
        """Restart the response clock, unless it was closed by mistake a moment ago."""
        if not self._was_closed_just_now():
            self.due_at = self.promised_by(timezone.now())
        self.assignee = self.assignee or by

    def _was_closed_just_now(self):
        """Return whether the last event closed it from New or In progress, within MISTAKE_WINDOW."""
        newest = self.events.last()
        if newest is None or newest.at < timezone.now() - MISTAKE_WINDOW:
            return False
        return newest.changes.get("status") in [[status, Status.CLOSED] for status in TO_DO]

    def end_waiting(self: Any) -> None:
        """Return it at its follow-up time to its assignee, or to New. The response time starts now."""
        with self._change(EventKind.RETURNED, None, None, detail=Detail.CALL_BACK if self.call_back else ""):
            if self.status != Status.WAITING or self.follow_up_at > timezone.now():
                raise ValidationError(_("It isn't time yet."))
            self.due_at = self.follow_up_at if self.call_back else self.promised_by(timezone.now())
            if self._assignee_left:
                self.assignee = None
            self._set_status(self._status_to_do())

    def unassign_departed(self: Any) -> None:
        """Unassign it, because its assignee is inactive or no longer works on inquiries."""
        with self._change(EventKind.RETURNED, None, None, detail=Detail.ASSIGNEE_LEFT):
            if not self._assignee_left:
                raise ValidationError(_("Its assignee still works on inquiries."))
            self.assignee = None

    def _status_to_do(self: Any) -> Status:
        """Return In progress if it has an assignee, otherwise New unless the same message is there."""
        if self.assignee_id and not self._assignee_left:
            return Status.IN_PROGRESS
        same = type(self).objects.filter(fingerprint=self.fingerprint, status=Status.NEW)
        return Status.IN_PROGRESS if same.exists() else Status.NEW

    @property
    def _assignee_left(self):
        # has_perm is False for inactive accounts.
        return self.assignee_id is not None and not self.assignee.has_perm(CHANGE)

    def undo_event(self: Any, event, *, by) -> None:
        """Undo `event` of a bulk action, if nothing has happened since."""
        with self._change(EventKind.UNDONE, by, event.pk, text=event.text):
            for field, (old, _new) in event.changes.items():
                setattr(self, *from_json(field, old))
            self._clear_deleted()

    def _clear_deleted(self):
        """Clear references to an account or inquiry that was deleted since."""
        for field in ["assignee", "duplicate_of"]:
            related = self._meta.get_field(field).related_model.objects
            pk = getattr(self, f"{field}_id")
            if pk and not related.filter(pk=pk).exists():
                setattr(self, field, None)

    def _check_status(self, status, follow_up_at, outcome):
        if status not in self.next_statuses:
            labels = dict(Status.choices)
            raise ValidationError(
                _("An inquiry can't go from “%(from)s” to “%(to)s”."),
                params={"from": self.get_status_display(), "to": labels.get(status, status)},
            )
        if status == Status.WAITING and not (follow_up_at and follow_up_at > timezone.now()):
            raise ValidationError(_("Choose a time in the future."))
        if status == Status.WAITING and follow_up_at > timezone.now() + MAX_WAIT:
            raise ValidationError(_("Choose a time within a year."))
        if status == Status.CLOSED and outcome not in Outcome:
            raise ValidationError(_("Choose how it ended."))
        if outcome == Outcome.NO_ANSWER and not self.call_attempts:
            raise ValidationError(_("Nobody has called yet: log at least one call first."))
        if self.needs_urgent_call:
            self._check_urgent_call(status, follow_up_at)

    def _check_urgent_call(self, status, follow_up_at):
        if status in {Status.CLOSED, Status.SPAM}:
            raise ValidationError(CALL_FIRST)
        if status == Status.WAITING and follow_up_at > timezone.now() + MAX_URGENT_WAIT:
            raise ValidationError(
                _("Urgent, and nobody has spoken to the patient: choose a time within 4 hours.")
            )

    def _set_status(self: Any, status, follow_up_at=None, outcome=""):
        self.status = status
        self.follow_up_at = follow_up_at if status == Status.WAITING else None
        self.call_back = False
        self.outcome = outcome if status == Status.CLOSED else ""
        if status == Status.SPAM or (self.outcome in CANCELING_OUTCOMES and self.has_upcoming_appointment):
            self.appointment_at, self.appointment_place, self.reminder_due = None, "", False

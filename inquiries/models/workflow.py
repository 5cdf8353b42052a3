"""The front desk's work on an inquiry. Every change is one method here: guarded, and on the timeline."""

from contextlib import contextmanager
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic.models import ClinicSettings
from inquiries.choices import MOVES, TO_DO, Call, EventKind, Outcome, Status
from inquiries.models.event import ASSIGNEE_LEFT, WAITS_ON, WAS_NOT_URGENT, WAS_URGENT
from inquiries.models.names import shown_name
from inquiries.permissions import CHANGE, HOLD
from inquiries.triage import judgement

LONGEST_WAIT = timedelta(days=366)
# Who reopens within so short a time takes a mistake back; later, the patient has come back.
MISTAKE = timedelta(minutes=10)
# What the front desk's work changes. Everything else is written once.
HANDLING = [
    "status",
    "assignee",
    "due_at",
    "follow_up_at",
    "outcome",
    "call_attempts",
    "urgent",
    "urgent_because",
    "severity",
    "was_urgent",
    "duplicate_of",
    "on_hold",
]

# Two colleagues who link two inquiries with each other would not see the other's link. Both until the
# transaction ends.
ONE_LINK_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('inquiries.link'))"
# Nobody erases either meanwhile; locked in the order in which erasure locks.
KEEP_BOTH = "SELECT FROM inquiries_inquiry WHERE id IN (%s, %s) ORDER BY id FOR KEY SHARE"


class StaleInquiry(Exception):
    """Someone changed the inquiry since it was shown; `.events` are the changes, oldest first."""

    def __init__(self, events):
        self.events = events
        super().__init__("the inquiry has changed since it was shown")


class Handling:
    """What colleagues do. `seen` is the id of the newest event on the screen that the change comes from."""

    @property
    def moves(self):
        """The states it can be moved to now."""
        return MOVES[Status(self.status)]

    def take(self, *, by, seen):
        """Make `by` the one who answers."""
        with self._change(EventKind.TAKEN, by, seen):
            self._give_to(by)

    def assign(self, to, *, by, seen, bulk=None):
        """Make `to` the one who answers; None gives it back to everybody."""
        with self._change(EventKind.ASSIGNED, by, seen, bulk=bulk):
            if to and not to.has_perm(CHANGE):
                raise ValidationError(_("This colleague does not work on inquiries."))
            self._give_to(to)

    def change_status(
        self, status, *, by, seen, follow_up_at=None, outcome="", text="", detail="", bulk=None
    ):
        """Move to `status`, one of `.moves`: waiting with a follow-up time, closed with an outcome."""
        if status == self.status == Status.WAITING:
            detail = WAITS_ON
        with self._change(EventKind.STATUS, by, seen, detail=detail, text=text, bulk=bulk):
            self._check_move(status, follow_up_at, outcome)
            if self.status == Status.CLOSED:
                self._reopen(by)
            self._move(status, follow_up_at, outcome)

    def _reopen(self, by):
        """Somebody waits for an answer again: from now, unless it was closed by mistake a moment ago."""
        if not self._was_closed_just_now():
            self.due_at = ClinicSettings.current().answer_by(timezone.now())
        self.assignee = self.assignee or by

    def _was_closed_just_now(self):
        """While somebody waited for an answer, and nothing has happened since."""
        newest = self.events.last()
        if newest is None or newest.at < timezone.now() - MISTAKE:
            return False
        return newest.changes.get("status") in [[status, Status.CLOSED] for status in TO_DO]

    def log_call(self, result, *, by, seen, text=""):
        """A call to the patient. Who calls a new inquiry has taken it."""
        with self._change(EventKind.CALL, by, seen, detail=result, text=text):
            if result not in Call:
                raise ValidationError(_("Say how the call went."))
            if result == Call.LEFT_MESSAGE and not self.voicemail_ok:
                raise ValidationError(_("The patient did not allow a message on the voicemail."))
            self.call_attempts += 1
            if self.status == Status.NEW:
                self._give_to(by)

    def add_note(self, text, *, by, seen, bulk=None):
        with self._change(EventKind.NOTE, by, seen, text=text, bulk=bulk):
            if not text.strip():
                raise ValidationError(_("Write the note first."))

    def set_urgent(self, urgent, *, by, seen):
        with self._change(EventKind.URGENT, by, seen):
            self.urgent = urgent
            self.severity = judgement.MARKED if urgent else 0
            if urgent:
                self.urgent_because = gettext("Marked by %(name)s") % {"name": shown_name(by)}

    def label_urgency(self, was_urgent: bool, *, by: User, seen: int) -> None:
        """Record whether it turned out to be urgent, for the figures; the queue doesn't change."""
        with self._change(EventKind.URGENT, by, seen, detail=WAS_URGENT if was_urgent else WAS_NOT_URGENT):
            self.was_urgent = was_urgent

    def link(self, original, *, by, seen):
        """Say that this is the same matter as `original`. Nothing else changes, and it can be taken back."""
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(ONE_LINK_AT_A_TIME)
                cursor.execute(KEEP_BOTH, [self.pk, original.pk])
            with self._change(EventKind.LINKED, by, seen, detail=original.reference):
                original = type(self).objects.filter(pk=original.pk).first()
                if not original:
                    raise ValidationError(_("The other inquiry was erased a moment ago."))
                if self in [original, *original.originals()]:
                    raise ValidationError(_("An inquiry cannot be a duplicate of itself."))
                self.duplicate_of = original

    def originals(self):
        """What it is a duplicate of, what that is one of, and so on; each once, should there be a ring."""
        found = []
        step = self.duplicate_of
        while step and step not in found:
            found.append(step)
            step = step.duplicate_of
        return found

    def unlink(self, *, by, seen):
        original = self.duplicate_of
        with self._change(EventKind.UNLINKED, by, seen, detail=original.reference if original else ""):
            if not self.duplicate_of_id:
                raise ValidationError(_("It is not linked to another inquiry."))
            self.duplicate_of = None

    def hold(self, *, by, seen, text=""):
        """Keep it, whatever the rules of retention say, until a manager lifts the hold."""
        with self._change(EventKind.HELD, by, seen, needs=HOLD, text=text):
            if self.on_hold:
                raise ValidationError(_("It is on legal hold already."))
            self.on_hold = True

    def release(self, *, by, seen, text=""):
        with self._change(EventKind.RELEASED, by, seen, needs=HOLD, text=text):
            if not self.on_hold:
                raise ValidationError(_("It is not on legal hold."))
            self.on_hold = False

    def come_back(self):
        """The follow-up time has come: to its assignee, else to New. The promise runs from now."""
        with self._change(EventKind.RETURNED, None, None):
            if self.status != Status.WAITING or self.follow_up_at > timezone.now():
                raise ValidationError(_("It is not time yet."))
            self.due_at = ClinicSettings.current().answer_by(timezone.now())
            if self._is_left_behind:
                self.assignee = None
            self._move(Status.IN_PROGRESS if self.assignee_id else Status.NEW)

    def come_free(self):
        """Its assignee's account is closed, or may no longer work on inquiries: it is everybody's again."""
        with self._change(EventKind.RETURNED, None, None, detail=ASSIGNEE_LEFT):
            if not self._is_left_behind:
                raise ValidationError(_("Its assignee still works on inquiries."))
            self.assignee = None

    @property
    def _is_left_behind(self):
        # has_perm is False for an account that is closed.
        return self.assignee_id is not None and not self.assignee.has_perm(CHANGE)

    def give_back(self, event, *, by):
        """Undo `event`, part of a bulk action, if nothing has happened since."""
        with self._change(EventKind.UNDONE, by, event.pk, text=event.text):
            for field, (old, _new) in event.changes.items():
                setattr(self, *stored(field, old))
            self._forget_who_is_gone()

    def _forget_who_is_gone(self):
        """An account or an inquiry that an undo would bring back may be deleted by now."""
        for field in ["assignee", "duplicate_of"]:
            related = self._meta.get_field(field).related_model.objects
            pk = getattr(self, f"{field}_id")
            if pk and not related.filter(pk=pk).exists():
                setattr(self, field, None)

    def _give_to(self, user):
        self.assignee = user
        if user and self.status == Status.NEW:
            self.status = Status.IN_PROGRESS

    def _check_move(self, status, follow_up_at, outcome):
        if status not in self.moves:
            labels = dict(Status.choices)
            raise ValidationError(
                _("An inquiry that is “%(from)s” cannot become “%(to)s”."),
                params={"from": self.get_status_display(), "to": labels.get(status, status)},
            )
        if status == Status.WAITING and not (follow_up_at and follow_up_at > timezone.now()):
            raise ValidationError(_("Choose a time in the future at which it comes back."))
        if status == Status.WAITING and follow_up_at > timezone.now() + LONGEST_WAIT:
            raise ValidationError(_("Choose a time within a year at which it comes back."))
        if status == Status.CLOSED and outcome not in Outcome:
            raise ValidationError(_("Choose how it ended."))

    def _move(self, status, follow_up_at=None, outcome=""):
        self.status = status
        self.follow_up_at = follow_up_at if status == Status.WAITING else None
        self.outcome = outcome if status == Status.CLOSED else ""

    @contextmanager
    def _change(self, kind, by, seen, *, needs=CHANGE, **event):
        """The guard of every change: may `by`, and was the inquiry still what `by` saw?

        Changes made inside are saved with one event that holds the old and new values. `by` is None for
        what the clock does; it has seen everything.
        """
        if by and not by.has_perm(needs):
            raise PermissionDenied
        with transaction.atomic():
            locked = type(self).objects.select_for_update(of=("self",), no_key=True).get(pk=self.pk)
            if by and (unseen := list(locked.events.filter(pk__gt=seen))):
                raise StaleInquiry(unseen)
            self._copy_handling(locked)
            try:
                yield
                self._save_handling(locked)
            except (ValidationError, IntegrityError) as error:
                self._copy_handling(locked)
                raise self._explained(error) from error
            changes = differences(locked, self)
            self.events.create(kind=kind, by=by, by_name=shown_name(by), changes=changes, **event)

    def _save_handling(self, locked):
        if fields := changed_fields(locked, self):
            with transaction.atomic():
                self.save(update_fields=fields)

    def _copy_handling(self, other):
        for field in changed_fields(other, self):
            attname = self._meta.get_field(field).attname
            setattr(self, attname, getattr(other, attname))

    def _explained(self, error):
        if isinstance(error, ValidationError):
            return error
        return ValidationError(_("The same message from the same person is already among the new ones."))


def changed_fields(old, new):
    attnames = {field: old._meta.get_field(field).attname for field in HANDLING}
    return [field for field, name in attnames.items() if getattr(old, name) != getattr(new, name)]


def differences(old, new):
    """Of each field that differs, [old, new], as an event keeps it."""
    return {
        field: [kept(getattr(old, field)), kept(getattr(new, field))] for field in changed_fields(old, new)
    }


def kept(value):
    if isinstance(value, datetime):
        return value.isoformat()
    if hasattr(value, "pk"):
        # The name outlives the account; an inquiry is known by its reference.
        name = value.reference if hasattr(value, "reference") else shown_name(value)
        return {"id": value.pk, "name": name}
    return value


def stored(field, value):
    """The attribute and value that `kept` came from."""
    if field in {"assignee", "duplicate_of"}:
        return f"{field}_id", value and value["id"]
    if value and field in {"due_at", "follow_up_at"}:
        return field, datetime.fromisoformat(value)
    return field, value

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy as _

from clinic.models.fields import InternalModel
from clinic.security.encryption import EncryptedTextField
from inquiries.choices import OPEN, Call, EventKind, Outcome, Status


class Detail(models.TextChoices):
    """Details that replace the event kind's sentence on the timeline."""

    CODE_LOCKED = "locked", _("Locked after five wrong reading codes: call the patient")
    BY_TEXT = "by text", _("%(by)s replied; the patient gets the link by text")
    PLAIN_EMAIL = "plain email", _("%(by)s replied by plain email, as the patient agreed")
    WAS_URGENT = "was urgent", _("%(by)s: it was urgent")
    WAS_NOT_URGENT = "was not urgent", _("%(by)s: it was not urgent")
    # Only in events of versions before Inquiry.emails_held_back.
    WITH_EMAILS = "letters", _("%(by)s put it back in the queue; its emails were sent")
    BY_TOPIC = "by topic", _("Assigned automatically, by topic")
    ASSIGNEE_LEFT = "assignee left", _("Unassigned: its assignee no longer works on inquiries")
    CALL_BACK = "call back", _("It's time to call back")
    RECEIPT = "receipt", _("Our confirmation email couldn't be delivered: call instead")
    APPOINTMENT = "appointment", _("The appointment email couldn't be delivered: call instead")
    CALENDAR_EMAIL = "calendar email", _("%(by)s closed it as booked; a calendar email goes to the patient")
    SNOOZED_AGAIN = "waits on", _("%(by)s snoozed it again")
    CONSENTS = "allows", _("%(by)s noted what the patient allows")
    NO_RECIPIENT = (
        "nobody",
        _("Not opened yet, but no one could be notified: there is no address for the next step"),
    )


# The detail of these is a colleague's name, which could equal a Detail.
QUESTION_EVENTS = {EventKind.ASKED, EventKind.UNASKED}

# After these calls, the patient's message counts as answered.
CALLS_THAT_REACHED = [Call.SPOKE, Call.LEFT_MESSAGE]
# The desk has to act on these: a message, a clinician's answer, a failed email, a locked code.
NEEDS_ACTION = {
    EventKind.WROTE,
    EventKind.WITHDRAWN,
    EventKind.ADVISED,
    EventKind.UNDELIVERED,
    EventKind.CODE,  # only Detail.CODE_LOCKED
}

# The changes shown on the timeline, in this order. Other changes follow from these.
SHOWN_CHANGES = {
    "status": _("Status"),
    "assignee": _("Assigned to"),
    "follow_up_at": _("Follow-up"),
    "due_at": _("Answer due by"),
    "outcome": _("Outcome"),
    "appointment_at": _("Appointment"),
    "appointment_place": _("Place"),
    "urgent": _("Urgent"),
    "was_urgent": _("Turned out to be urgent"),
    "probably_spam": _("Probably spam"),
}

# Details that are inserted into a sentence: results of calls, and recipients of escalations.
DETAIL_LABELS = {
    **dict(Call.choices),
    "desk": _("the front desk"),
    "managers": _("the managers"),
    "on call": _("the on-call contact"),
}


class InquiryEvent(InternalModel):
    """One line of an inquiry's timeline, never changed. Forms send back the id of the newest one shown."""

    sealed_with = ["inquiry_id", "kind", "by_name"]

    uuid = models.UUIDField(default=uuid4, editable=False)
    inquiry = models.ForeignKey("inquiries.Inquiry", on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=20)  # an EventKind
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200, blank=True, help_text=_("Outlives the account."))
    changes = models.JSONField(default=dict, help_text=_("[old, new] for each changed field."))
    detail = models.CharField(max_length=100, blank=True)
    text = EncryptedTextField(blank=True)
    get_text_display: Callable[[], str]  # added by the field
    bulk = models.ForeignKey(
        "inquiries.BulkAction", on_delete=models.SET_NULL, null=True, related_name="events"
    )

    # The call or note that this event marks as entered in error; the original stays.
    corrects = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="corrections")

    # Sent with the form, so that submitting it twice has an effect once.
    idempotency_key = models.UUIDField(null=True, editable=False)

    class Meta(InternalModel.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry", "idempotency_key"],
                condition=Q(idempotency_key__isnull=False),
                name="inquiry_event_done_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=EventKind.values), name="inquiry_event_kind_is_known"
            ),
        ]

    def describe(self):
        detail = DETAIL_LABELS.get(self.detail, self.detail)
        has_sentence = self.detail in Detail and self.kind not in QUESTION_EVENTS
        sentence = Detail(self.detail).label if has_sentence else EventKind(self.kind).label
        return sentence % {"by": self.by_name, "detail": detail}

    @property
    def answers_patient(self) -> bool:
        """True if this settles the patient's message: by contact, by closing, or by a reason not to call."""
        if self.kind == EventKind.CALL:
            return self.detail in CALLS_THAT_REACHED
        closed = self.changes.get("status", ["", ""])[1] == Status.CLOSED
        return closed or self.kind in {EventKind.REPLIED, EventKind.NO_CALL}

    def shown_changes(self):
        """Yield (label, old, new) for each change shown on the timeline."""
        for field, label in SHOWN_CHANGES.items():
            if field in self.changes and self.detail not in {Detail.WAS_URGENT, Detail.WAS_NOT_URGENT}:
                old, new = self.changes[field]
                yield label, shown_value(field, old), shown_value(field, new)


def newest_message_id(events: Iterable[InquiryEvent]) -> int:
    """Return the id of the patient's newest message, or 0."""
    return max((event.pk for event in events if event.kind == EventKind.WROTE), default=0)


def unanswered(events: Iterable[InquiryEvent]) -> dict[str, InquiryEvent]:
    """Return the newest event of each kind that the desk still has to act on.

    `events` are an inquiry's, newest first. A reply, a call or closing the inquiry settles earlier events,
    unless it was entered in error, undone or reopened.
    """
    found: dict[str, InquiryEvent] = {}
    retracted, is_reopened = set(), False
    for event in events:
        retracted.add(event.corrects_id)
        before, after = event.changes.get("status", ["", ""])
        is_revoked = event.pk in retracted or (is_reopened and after == Status.CLOSED)
        if event.answers_patient and not is_revoked:
            break
        is_reopened = before == Status.CLOSED or (is_reopened and after != Status.CLOSED)
        if event.kind in NEEDS_ACTION:
            found.setdefault(event.kind, event)
    if EventKind.CODE in found and found[EventKind.CODE].detail != Detail.CODE_LOCKED:
        del found[EventKind.CODE]
    return found


def mark_unanswered(inquiries: Iterable[Any]) -> None:
    """Set `unanswered` on each inquiry, with one query for all."""
    events: dict[int, list[InquiryEvent]] = {each.pk: [] for each in inquiries if each.status in OPEN}
    found = InquiryEvent.objects.filter(inquiry__in=events).defer("text").order_by("-pk")
    for event in found if events else ():
        events[event.inquiry_id].append(event)
    for inquiry in inquiries:
        inquiry.unanswered = unanswered(events.get(inquiry.pk, []))


def shown_value(field, value):
    if field == "assignee":
        return value["name"] if value else gettext("unassigned")
    if value is not None and field in {"urgent", "was_urgent", "probably_spam"}:
        return gettext("yes") if value else gettext("no")
    if value and field in {"follow_up_at", "due_at", "appointment_at"}:
        return date_format(timezone.localtime(datetime.fromisoformat(value)), "D, M j, g:i A")
    labels = dict(Status.choices) | dict(Outcome.choices)
    return labels.get(value, value or "–")

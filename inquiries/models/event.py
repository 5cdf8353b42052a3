from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic.security.encryption import EncryptedTextField
from inquiries.choices import Call, EventKind, Outcome, Status

SENTENCES = {
    EventKind.RECEIVED: _("Received"),
    EventKind.ENTERED: _("%(by)s entered this inquiry"),
    EventKind.REPEATED: _("The patient sent the same message again"),
    EventKind.TAKEN: _("%(by)s took this"),
    EventKind.ASSIGNED: _("%(by)s assigned it"),
    EventKind.STATUS: _("%(by)s changed the status"),
    EventKind.RETURNED: _("The follow-up time has come"),
    EventKind.CALL: _("%(by)s called: %(detail)s"),
    EventKind.NOTE: _("%(by)s added a note"),
    EventKind.NO_CALL: _("%(by)s recorded why no call is needed"),
    EventKind.RETRACTED: _("%(by)s marked an entry as entered in error"),
    EventKind.URGENT: _("%(by)s changed the urgency"),
    EventKind.NOT_SPAM: _("%(by)s said that it isn't spam"),
    EventKind.LINKED: _("%(by)s linked it as a duplicate of %(detail)s"),
    EventKind.UNLINKED: _("%(by)s unlinked it from %(detail)s: not a duplicate"),
    EventKind.UNDONE: _("%(by)s undid a bulk action"),
    EventKind.HELD: _("%(by)s put it on legal hold"),
    EventKind.RELEASED: _("%(by)s lifted the legal hold"),
    EventKind.RESENT: _("%(by)s sent an email again"),
    EventKind.UNSENT: _("%(by)s canceled an unsent email"),
    EventKind.REPLIED: _("%(by)s replied"),
    EventKind.OPENED: _("The patient opened the reply"),
    EventKind.WROTE: _("The patient wrote"),
    EventKind.WITHDRAWN: _("The patient doesn't need an answer anymore"),
    EventKind.UNDELIVERED: _("The reply couldn't be delivered: call instead"),
    EventKind.CODE: _("%(by)s gave out a new reading code"),
    EventKind.ESCALATED: _("Not opened yet, so we told: %(detail)s"),
    EventKind.ASKED: _("%(by)s asked %(detail)s"),
    EventKind.QUESTION_READ: _("%(by)s read the question"),
    EventKind.ADVISED: _("%(by)s answered the question"),
    EventKind.UNASKED: _("%(by)s withdrew the question to %(detail)s"),
    EventKind.CORRECTED: _("%(by)s corrected the contact"),
    EventKind.CONSENT: _("%(by)s noted that the patient wants plain email and knows the risk"),
}
# Of a status change before there was a field for it: its held-back emails were queued.
WITH_EMAILS = "letters"  # as stored
# Of an assignment: nobody pressed a button.
BY_TOPIC = "by topic"
# Of a return: the assignee has left, or no longer works on inquiries.
ASSIGNEE_LEFT = "assignee left"
# Of a status change: it waits as before, until another time.
WAITS_ON = "waits on"
# Of a return: the time to call the patient back.
CALL_BACK = "call back"
# Of a change of urgency: what it turned out to be, for the figures.
WAS_URGENT = "was urgent"
WAS_NOT_URGENT = "was not urgent"
# Of a reading code: five wrong ones were tried.
CODE_LOCKED = "locked"
# Of a reply: the email holds the text.
PLAIN_EMAIL = "plain email"
# Of a reply: the link goes by text.
BY_TEXT = "by text"
# Of an email that couldn't be delivered: the one that says we have the message.
RECEIPT = "receipt"
# Of an email that couldn't be delivered: the appointment, or its reminder.
APPOINTMENT = "appointment"
# Of a closing: the patient gets the appointment by email.
CALENDAR_EMAIL = "calendar email"
# Of a consent: what the patient allows was changed.
ALLOWS = "allows"
# Of an escalation: its step has no address.
NOBODY = "nobody"
# What says more than the kind of event does.
BY_DETAIL = {
    CODE_LOCKED: _("Locked after five wrong reading codes: call the patient"),
    BY_TEXT: _("%(by)s replied; the patient gets the link by text"),
    PLAIN_EMAIL: _("%(by)s replied by plain email, as the patient agreed"),
    WAS_URGENT: _("%(by)s: it was urgent"),
    WAS_NOT_URGENT: _("%(by)s: it was not urgent"),
    WITH_EMAILS: _("%(by)s put it back in the queue; its emails were sent"),
    BY_TOPIC: _("Assigned by its topic"),
    ASSIGNEE_LEFT: _("Unassigned: its assignee no longer works on inquiries"),
    CALL_BACK: _("It's time to call back"),
    RECEIPT: _("Our confirmation email couldn't be delivered: call instead"),
    APPOINTMENT: _("The appointment email couldn't be delivered: call instead"),
    CALENDAR_EMAIL: _("%(by)s closed it as booked; a calendar email goes to the patient"),
    WAITS_ON: _("%(by)s snoozed it again"),
    ALLOWS: _("%(by)s noted what the patient allows"),
    NOBODY: _("Not opened yet, but nobody could be told: the next step has no address"),
}
# Their detail is a colleague's name, whatever that is.
ABOUT_QUESTIONS = {EventKind.ASKED, EventKind.UNASKED}

# Calls that told the patient something. After the others, what the patient wrote is still unanswered.
REACHED = [Call.SPOKE, Call.LEFT_MESSAGE]
# What the desk has to act on: what the patient or a clinician said, an email that nobody got, and a lock.
ASKS_FOR_WORK = {
    EventKind.WROTE,
    EventKind.WITHDRAWN,
    EventKind.ADVISED,
    EventKind.UNDELIVERED,
    EventKind.CODE,  # if it's locked and not a new one
}

# The changes that a timeline shows, in this order; the others follow from them.
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

# Details that stand in a sentence: the results of a call, and whom an escalation told.
DETAILS = {
    **dict(Call.choices),
    "desk": _("the front desk"),
    "managers": _("the managers"),
    "on call": _("whoever is on call"),
}


class InquiryEvent(models.Model):
    """One line of an inquiry's timeline. Written once; the newest one's id is what a screen has seen."""

    wagtail_reference_index_ignore = True
    sealed_with = ["inquiry_id", "kind", "by_name"]

    uuid = models.UUIDField(default=uuid4, editable=False)
    inquiry = models.ForeignKey("inquiries.Inquiry", on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=20, choices=EventKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200, blank=True, help_text=_("Outlives the account."))
    changes = models.JSONField(default=dict, help_text=_("Of each changed field, [old, new]."))
    detail = models.CharField(max_length=100, blank=True)
    text = EncryptedTextField(blank=True)
    get_text_display: Callable[[], str]  # made by the field
    bulk = models.ForeignKey(
        "inquiries.BulkAction", on_delete=models.SET_NULL, null=True, related_name="events"
    )

    # The call or note that this entry takes back; the original stays.
    corrects = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="corrections")

    # Of the page that it was done from: sent twice, the same press is done once.
    idempotency_key = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
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

    def __str__(self):
        return f"{self.inquiry_id}: {self.kind}"

    def describe(self):
        """One sentence for the timeline."""
        detail = DETAILS.get(self.detail, self.detail)
        by_detail = None if self.kind in ABOUT_QUESTIONS else BY_DETAIL.get(self.detail)
        sentence = by_detail or SENTENCES[self.kind]
        return sentence % {"by": self.by_name, "detail": detail}

    @property
    def answers_patient(self) -> bool:
        """Whether the patient heard from us, or the inquiry was closed without it."""
        if self.kind == EventKind.CALL:
            return self.detail in REACHED
        closed = self.changes.get("status", ["", ""])[1] == Status.CLOSED
        return closed or self.kind in {EventKind.REPLIED, EventKind.NO_CALL}

    def shown_changes(self):
        """(what, old, new) for each change that a colleague wants to know of."""
        for field, label in SHOWN_CHANGES.items():
            if field in self.changes and self.detail not in {WAS_URGENT, WAS_NOT_URGENT}:
                old, new = self.changes[field]
                yield label, shown_value(field, old), shown_value(field, new)


def unanswered(events: Iterable[InquiryEvent]) -> dict[str, InquiryEvent]:
    """Of one inquiry's events, newest first: by kind, the newest that nobody has acted on yet.

    A reply, a call or closing it acts on them; an entry made in error or an undone bulk action doesn't.
    """
    found: dict[str, InquiryEvent] = {}
    void, is_undone = set(), False
    for event in events:
        void.add(event.corrects_id)
        if event.answers_patient and event.pk not in void and not is_undone:
            break
        is_undone = event.kind == EventKind.UNDONE  # always of the event right before it
        if event.kind in ASKS_FOR_WORK:
            found.setdefault(event.kind, event)
    if EventKind.CODE in found and found[EventKind.CODE].detail != CODE_LOCKED:
        del found[EventKind.CODE]
    return found


def shown_value(field, value):
    if field == "assignee":
        return value["name"] if value else gettext("unassigned")
    if value is not None and field in {"urgent", "was_urgent", "probably_spam"}:
        return gettext("yes") if value else gettext("no")
    if value and field in {"follow_up_at", "due_at", "appointment_at"}:
        moment = timezone.localtime(datetime.fromisoformat(value))
        return date_format(moment, "D, M j, g:i A")
    labels = dict(Status.choices) | dict(Outcome.choices)
    return labels.get(value, value or "–")

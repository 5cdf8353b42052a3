"""What the front desk can do to an inquiry, one declaration an action.

The page of an inquiry and the bulk actions of the queue are made from this table. A new action is a method
of the model, a line here, and its test.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from clinic.models import ClinicSettings
from inquiries import deadlines, email_queue, reading_codes
from inquiries.choices import OPEN, Call, Outcome, Status
from inquiries.desk.forms import (
    ActionForm,
    ClinicianField,
    ColleagueField,
    InquiryField,
    MomentField,
    NoteField,
    PlaceField,
    SeenField,
    WasUrgentField,
)
from inquiries.models import BulkAction, Inquiry


@dataclass(frozen=True)
class Many:
    """What the queue says when the action is done to many inquiries at once."""

    question: str
    aria_label: str
    done: str  # a plural of %(number)s
    label: str = ""  # of the button, where the action's own would be too long
    shows_messages: bool = (
        False  # whole, so that who confirms has read them: only what was read is ever erased
    )


@dataclass(eq=False)
class Action:
    name: str  # in addresses
    label: str | Callable[[Inquiry], str]
    do: Callable[..., object]  # takes the inquiry, `by`, `seen`, and what the fields say
    done: str | Callable[[Inquiry], str]
    fields: dict[str, forms.Field] = field(default_factory=dict)
    fields_for_one: dict[str, forms.Field] = field(default_factory=dict)  # not asked of many at once
    permission: str = "handle"
    place: str = ""  # where the page offers it: "next", "then" or "more"
    offered: Callable[[Inquiry], bool] = lambda inquiry: True
    many: Many | None = None
    # Checks what the form says; then the page says who will read it, and asks once more.
    asks_first: Callable[[Inquiry, dict[str, Any]], None] | None = None

    @cached_property
    def form_class(self) -> type[ActionForm]:
        return type(f"{self.name.title()}Form", (ActionForm,), self.fields | self.fields_for_one)

    def form(self, *args, **kwargs) -> ActionForm:
        return self.form_class(*args, auto_id=f"id_{self.name}_%s", **kwargs)

    def label_for(self, inquiry: Inquiry) -> str:
        return self.label(inquiry) if callable(self.label) else self.label

    def done_to(self, inquiry: Inquiry) -> str:
        return self.done(inquiry) if callable(self.done) else self.done


def move_to(status: Status) -> Callable[..., None]:
    return lambda inquiry, **answers: inquiry.change_status(status, **answers)


def can_become(status: Status, *sources: Status) -> Callable[[Inquiry], bool]:
    return lambda inquiry: status in inquiry.moves and (not sources or inquiry.status in sources)


def take_label(inquiry: Inquiry) -> str:
    if not inquiry.assignee_id:
        return _now("Assign to me")
    return _now("Take over from %(name)s") % {"name": inquiry.assignee_name}


def assigned(inquiry: Inquiry) -> str:
    if not inquiry.assignee_id:
        return _now("Unassigned.")
    return _now("Assigned to %(name)s.") % {"name": inquiry.assignee_name}


def snoozed(inquiry: Inquiry) -> str:
    return _now("Snoozed until %(when)s.") % {"when": deadlines.moment(inquiry.follow_up_at)}


def linked(inquiry: Inquiry) -> str:
    if inquiry.duplicate_of_id:
        return _now("Linked as a duplicate of %(reference)s.") % {"reference": inquiry.duplicate_of}
    return _now("Linked: this one stays the original.")


def call_back(inquiry: Inquiry, call_back_at: datetime, **how) -> None:
    inquiry.change_status(Status.WAITING, follow_up_at=call_back_at, call_back=True, **how)


def call_back_set(inquiry: Inquiry) -> str:
    return _now("You'll be reminded to call back %(when)s.") % {
        "when": deadlines.moment(inquiry.follow_up_at)
    }


def give_code(inquiry: Inquiry, **answers) -> None:
    inquiry.new_code = inquiry.issue_reading_code(**answers)


def new_code(inquiry: Inquiry) -> str:
    return _now(
        "The new reading code is %(code)s. Read it out on the phone number on file; it isn't shown again."
    ) % {"code": reading_codes.shown(inquiry.new_code)}


ALL = [
    Action(
        "take",
        label=take_label,
        do=Inquiry.take,
        done=_("Assigned to you."),
        place="next",
        offered=lambda inquiry: inquiry.status in OPEN,
    ),
    Action(
        "reopen",
        label=_("Reopen"),
        do=move_to(Status.IN_PROGRESS),
        done=_("Reopened."),
        place="next",
        offered=can_become(Status.IN_PROGRESS, Status.CLOSED),
    ),
    Action(
        "call",
        label=_("Log a call"),
        do=Inquiry.log_call,
        done=_("Call logged."),
        fields={
            "result": forms.ChoiceField(
                choices=Call, error_messages={"required": _("Choose how the call went.")}
            ),
            "text": NoteField(label=_("What was said (optional)"), required=False, rows=3),
        },
    ),
    Action(
        "reply",
        label=_("Reply to the patient"),
        do=email_queue.reply,
        done=_("Reply sent. The patient reads it with their reading code."),
        fields={
            "answer": NoteField(
                label=_("Reply to the patient"),
                rows=6,
                help_text=_("The patient will read this. The email only says that there's an answer."),
                error_messages={"required": _("Write the reply first.")},
            ),
            "link_days": forms.IntegerField(
                label=_("The link works for (days)"), initial=7, min_value=1, max_value=28
            ),
            "plain_email": forms.BooleanField(
                label=_("Send as plain email, as the patient asked"), required=False
            ),
        },
        place="reply",
        asks_first=lambda inquiry, said: inquiry.check_reply(
            said["answer"], said["link_days"], said["plain_email"]
        ),
        offered=lambda inquiry: bool(inquiry.email) and inquiry.status != Status.SPAM,
    ),
    Action(
        "ask",
        label=_("Ask a clinician"),
        do=email_queue.ask,
        done=_("Asked. They get an email without health information, and can read this inquiry for now."),
        fields={
            "clinician": ClinicianField(
                label=_("Who"),
                help_text=_("Managers give the role “Clinicians” to those who may be asked."),
                error_messages={"required": _("Choose whom to ask.")},
            ),
            "question": NoteField(
                label=_("Question"),
                rows=3,
                help_text=_("They see this question, who wrote, and the patient's words. Nothing else."),
                error_messages={"required": _("Write the question first.")},
            ),
        },
        place="more",
        offered=lambda inquiry: inquiry.status in OPEN,
    ),
    Action(
        "withdraw_question",
        label=_("Withdraw the question"),
        do=Inquiry.withdraw_question,
        done=_("Withdrawn. They can't read this inquiry anymore."),
        fields={"asked": SeenField()},
    ),
    Action(
        "code",
        label=_("Give a new reading code"),
        do=give_code,
        done=new_code,
        place="more",
        offered=lambda inquiry: inquiry.status != Status.SPAM,
    ),
    Action(
        "consent",
        label=_("Patient wants plain email and knows the risk"),
        do=Inquiry.agree_to_plain_email,
        done=_("Noted. You can now reply by plain email."),
        place="more",
        offered=lambda inquiry: (
            not inquiry.plain_email_agreed_at and ClinicSettings.recent().allow_plain_email
        ),
    ),
    Action(
        "assign",
        label=_("Assign"),
        do=Inquiry.assign,
        done=assigned,
        fields={"to": ColleagueField(label=_("Colleague"))},
        place="more",
        many=Many(
            _("Who should answer these inquiries?"),
            _("Assign the selected inquiries"),
            ngettext_lazy("%(number)s inquiry assigned", "%(number)s inquiries assigned", "number"),
        ),
    ),
    Action(
        "no_call",
        label=_("No call needed"),
        do=Inquiry.no_call,
        done=_("Noted why no call is needed."),
        fields={"text": NoteField(label=_("Why no call is needed"), rows=3)},
    ),
    Action(
        "retract",
        label=_("Entered in error"),
        do=Inquiry.retract,
        done=_("Marked as entered in error. The original stays on the timeline."),
        fields={"event": SeenField()},
    ),
    Action(
        "call_back",
        label=_("Call back"),
        do=call_back,
        done=call_back_set,
        fields={
            "call_back_at": MomentField(
                label=_("Call back at"), error_messages={"required": _("Choose when to call back.")}
            )
        },
        place="then",
        offered=can_become(Status.WAITING),
    ),
    Action(
        "wait",
        label=_("Wait for the patient"),
        do=move_to(Status.WAITING),
        done=snoozed,
        fields={
            "follow_up_at": MomentField(
                label=_("Comes back on"), error_messages={"required": _("Choose when it comes back.")}
            )
        },
        place="then",
        offered=can_become(Status.WAITING),
        many=Many(
            _("When should these inquiries come back?"),
            _("Snooze the selected inquiries"),
            ngettext_lazy("%(number)s inquiry snoozed", "%(number)s inquiries snoozed", "number"),
            label=_("Snooze"),
        ),
    ),
    Action(
        "close",
        label=_("Close"),
        do=email_queue.close,
        done=lambda inquiry: _now("Closed: %(outcome)s.") % {"outcome": inquiry.get_outcome_display()},
        fields={
            "outcome": forms.ChoiceField(
                label=_("Outcome"),
                choices=[("", _("Choose …")), *Outcome.choices],
                error_messages={"required": _("Choose how it ended.")},
            ),
            "text": NoteField(label=_("Note (optional)"), required=False, rows=2),
        },
        fields_for_one={
            "appointment_at": MomentField(label=_("Date and time of the appointment"), required=False),
            "place": PlaceField(label=_("Place"), required=False),
            "tell_patient": forms.BooleanField(
                label=_("Email the patient a calendar file, and a reminder the day before"), required=False
            ),
            "was_urgent": WasUrgentField(label=_("Was it urgent?")),
        },
        place="then",
        offered=can_become(Status.CLOSED),
        many=Many(
            _("How did these inquiries end?"),
            _("Close the selected inquiries"),
            ngettext_lazy("%(number)s inquiry closed", "%(number)s inquiries closed", "number"),
        ),
    ),
    Action(
        "work",
        label=_("Set to in progress"),
        do=move_to(Status.IN_PROGRESS),
        done=_("In progress."),
        place="more",
        offered=can_become(Status.IN_PROGRESS, Status.NEW, Status.WAITING),
        many=Many(
            _("Set these inquiries to “In progress”?"),
            _("Set the selected inquiries to in progress"),
            ngettext_lazy("%(number)s inquiry in progress", "%(number)s inquiries in progress", "number"),
            label=_("In progress"),
        ),
    ),
    Action(
        "note",
        label=_("Add note"),
        do=Inquiry.add_note,
        done=_("Note added. Only staff can read it."),
        fields={
            "text": NoteField(
                label=_("Note"), rows=3, error_messages={"required": _("Write the note first.")}
            )
        },
        many=Many(
            _("Which note should these inquiries get?"),
            _("Add a note to the selected inquiries"),
            ngettext_lazy("Note added to %(number)s inquiry", "Note added to %(number)s inquiries", "number"),
        ),
    ),
    Action(
        "spam",
        label=_("Mark as spam"),
        do=move_to(Status.SPAM),
        done=_("Marked as spam."),
        place="more",
        offered=can_become(Status.SPAM),
        many=Many(
            _("Mark these inquiries as spam? Read them first."),
            _("Mark the selected inquiries as spam"),
            ngettext_lazy(
                "%(number)s inquiry marked as spam", "%(number)s inquiries marked as spam", "number"
            ),
            label=_("Spam"),
            shows_messages=True,
        ),
    ),
    Action(
        "not_spam",
        label=_("Not spam"),
        do=Inquiry.not_spam,
        done=_("Back in the queue. Emails that were held back are being sent."),
        place="next",
        offered=lambda inquiry: inquiry.probably_spam or inquiry.status == Status.SPAM,
        many=Many(
            _("Put these inquiries back in the queue? Emails that were held back are sent."),
            _("Put the selected inquiries back in the queue"),
            ngettext_lazy(
                "%(number)s inquiry back in the queue", "%(number)s inquiries back in the queue", "number"
            ),
        ),
    ),
    Action(
        "urgent",
        label=_("Mark as urgent"),
        do=partial(Inquiry.set_urgent, urgent=True),
        done=_("Marked as urgent."),
        place="more",
        offered=lambda inquiry: not inquiry.urgent,
    ),
    Action(
        "not_urgent",
        label=_("Remove the urgent flag"),
        do=partial(Inquiry.set_urgent, urgent=False),
        done=_("Urgent flag removed."),
        place="more",
        offered=lambda inquiry: inquiry.urgent,
    ),
    Action(
        "was_urgent",
        label=_("It was urgent"),
        do=partial(Inquiry.label_urgency, was_urgent=True),
        done=_("Noted: it was urgent."),
        place="more",
        offered=lambda inquiry: inquiry.was_urgent is not True,
    ),
    Action(
        "was_not_urgent",
        label=_("It wasn't urgent"),
        do=partial(Inquiry.label_urgency, was_urgent=False),
        done=_("Noted: it wasn't urgent."),
        place="more",
        offered=lambda inquiry: inquiry.was_urgent is not False and bool(inquiry.urgency_reasons),
    ),
    Action(
        "link",
        label=_("Link as a duplicate"),
        do=lambda inquiry, original, **how: inquiry.link(original, **how),
        done=linked,
        fields={
            "original": InquiryField(
                label=_("Reference of the other inquiry"),
                error_messages={"required": _("Enter the reference of the other inquiry.")},
            )
        },
        place="more",
        offered=lambda inquiry: not inquiry.duplicate_of_id,
    ),
    Action(
        "unlink",
        label=_("Not a duplicate"),
        do=Inquiry.unlink,
        done=_("No longer linked."),
        place="more",
        offered=lambda inquiry: bool(inquiry.duplicate_of_id),
    ),
    Action(
        "hold",
        label=_("Put on legal hold"),
        do=Inquiry.hold,
        done=_("On legal hold. It can't be erased."),
        fields={"reason": NoteField(label=_("Why (optional)"), required=False, rows=2)},
        permission="hold",
        place="more",
        offered=lambda inquiry: not inquiry.on_hold,
    ),
    Action(
        "release",
        label=_("Lift the legal hold"),
        do=Inquiry.release,
        done=_("Legal hold lifted."),
        fields={"reason": NoteField(label=_("Why (optional)"), required=False, rows=2)},
        permission="hold",
        place="more",
        offered=lambda inquiry: inquiry.on_hold,
    ),
]
ACTIONS = {action.name: action for action in ALL}


def done_text(bulk: BulkAction) -> str:
    """Return what a bulk action did, as in "20 inquiries closed"."""
    action = ACTIONS.get(bulk.name)  # none where a version before this one did it
    return action.many.done % {"number": bulk.changed} if action else bulk.name

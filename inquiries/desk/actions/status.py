"""Actions that assign an inquiry, let it wait, or close it."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext as _now, gettext_lazy as _, ngettext_lazy

from clinic import locations
from inquiries.choices import OPEN, Outcome, Status
from inquiries.desk.actions.action import Action, Many, can_become, move_to
from inquiries.desk.forms import MomentField, NoteField, StaffField
from inquiries.email import queue
from inquiries.models import Inquiry
from inquiries.models.event import Detail
from inquiries.models.inquiry import deadlines
from inquiries.permissions import colleagues


def take_label(inquiry: Inquiry) -> str:
    if not inquiry.assignee_id:
        return _now("Assign to me")
    return _now("Take over from %(name)s") % {"name": inquiry.assignee_name}


def assigned(inquiry: Inquiry) -> str:
    if not inquiry.assignee_id:
        return _now("Unassigned.")
    return _now("Assigned to %(name)s.") % {"name": inquiry.assignee_name}


def comes_back(inquiry: Inquiry) -> str:
    assert inquiry.follow_up_at  # all that wait have one
    return deadlines.format_time(inquiry.follow_up_at)


def snoozed(inquiry: Inquiry) -> str:
    return _now("Snoozed until %(when)s.") % {"when": comes_back(inquiry)}


def closed(inquiry: Inquiry) -> str:
    text = _now("Closed: %(outcome)s.") % {"outcome": inquiry.get_outcome_display()}
    at = inquiry.appointment_at
    if at and inquiry.has_upcoming_appointment and inquiry.outcome != Outcome.APPOINTMENT:
        stays = _now(
            "The appointment stays booked: %(when)s. If it's off, close it as “Appointment canceled”."
        )
        return f"{text} {stays % {'when': deadlines.format_time(at)}}"
    event = inquiry.events.get(pk=inquiry.newest_event)
    if event.changes.get("appointment_at", [None, ""])[1] is None:
        return f"{text} " + _now("The appointment and its reminder are off. Make sure the patient knows.")
    if event.detail != Detail.CALENDAR_EMAIL:
        return text
    return f"{text} " + _now("A calendar email is on its way to %(email)s.") % {"email": inquiry.email}


def call_back(inquiry: Inquiry, call_back_at: datetime, **how) -> None:
    inquiry.change_status(Status.WAITING, follow_up_at=call_back_at, call_back=True, **how)


def call_back_set(inquiry: Inquiry) -> str:
    return _now("You'll be reminded to call back %(when)s.") % {"when": comes_back(inquiry)}


STATUS = [
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
        "assign",
        label=_("Assign"),
        do=Inquiry.assign,
        done=assigned,
        fields={
            "to": StaffField(colleagues(), required=False, empty_label=_("Unassigned"), label=_("Colleague"))
        },
        many=Many(
            _("Who should answer these inquiries?"),
            _("Assign the selected inquiries"),
            ngettext_lazy("%(number)s inquiry assigned", "%(number)s inquiries assigned", "number"),
        ),
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
                label=_("Remind me on"), error_messages={"required": _("Choose when to be reminded.")}
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
        do=queue.close,
        done=closed,
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
            "place": forms.ChoiceField(
                label=_("Place"),
                choices=lambda: [(place, place) for place in locations.office_addresses()],
                required=False,
                widget=forms.RadioSelect,  # a select would cut long addresses off
            ),
            "tell_patient": forms.BooleanField(
                label=_("Email the patient a calendar file, and a reminder the day before"), required=False
            ),
            # The model says which inquiries need an answer.
            "was_urgent": forms.TypedChoiceField(
                label=_("Was it urgent?"),
                choices=[(True, _("It was urgent")), (False, _("It wasn't urgent"))],
                coerce=lambda value: value == "True",
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            ),
        },
        place="then",
        offered=can_become(Status.CLOSED),
        many=Many(
            _("How did these inquiries end?"),
            _("Close the selected inquiries"),
            ngettext_lazy("%(number)s inquiry closed", "%(number)s inquiries closed", "number"),
            ends_work=True,
        ),
    ),
    Action(
        "work",
        label=_("Mark in progress"),
        do=move_to(Status.IN_PROGRESS),
        done=_("In progress."),
        offered=can_become(Status.IN_PROGRESS, Status.NEW, Status.WAITING),
        many=Many(
            _("Mark these inquiries in progress?"),
            _("Mark the selected inquiries in progress"),
            ngettext_lazy("%(number)s inquiry in progress", "%(number)s inquiries in progress", "number"),
            label=_("In progress"),
        ),
    ),
]

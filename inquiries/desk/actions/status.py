"""Actions that assign, snooze, close or reopen an inquiry."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext, gettext_lazy as _, ngettext_lazy

from clinic import locations
from inquiries.choices import OPEN, Outcome, Status
from inquiries.desk.actions.action import Action, BulkOptions, can_become, move_to
from inquiries.desk.forms import FutureDateTimeField, NoteField, StaffField
from inquiries.email import queue
from inquiries.models import Inquiry
from inquiries.models.event import Detail
from inquiries.models.inquiry import deadlines
from inquiries.permissions import colleagues


def take_label(inquiry: Inquiry) -> str:
    if not inquiry.assignee_id:
        return gettext("Assign to me")
    return gettext("Take over from %(name)s") % {"name": inquiry.assignee_name}


def assigned_message(inquiry: Inquiry) -> str:
    if not inquiry.assignee_id:
        return gettext("Unassigned.")
    return gettext("Assigned to %(name)s.") % {"name": inquiry.assignee_name}


def follow_up_text(inquiry: Inquiry) -> str:
    assert inquiry.follow_up_at  # a database constraint requires it while waiting
    return deadlines.format_time(inquiry.follow_up_at)


def snoozed_message(inquiry: Inquiry) -> str:
    return gettext("Snoozed until %(when)s.") % {"when": follow_up_text(inquiry)}


def closed_message(inquiry: Inquiry) -> str:
    text = gettext("Closed: %(outcome)s.") % {"outcome": inquiry.get_outcome_display()}
    at = inquiry.appointment_at if inquiry.has_upcoming_appointment else None
    if at and inquiry.outcome != Outcome.APPOINTMENT:
        reminder = gettext(
            "The appointment stays booked: %(when)s. If it's off, close it as “Appointment canceled”."
        )
        return f"{text} {reminder % {'when': deadlines.format_time(at)}}"
    event = inquiry.events.get(pk=inquiry.newest_event)
    if event.changes.get("appointment_at", [None, ""])[1] is None:
        return f"{text} " + gettext("The appointment and its reminder are off. Make sure the patient knows.")
    if event.detail != Detail.CALENDAR_EMAIL:
        return text
    return f"{text} " + gettext("A calendar email is on its way to %(email)s.") % {"email": inquiry.email}


def call_back(inquiry: Inquiry, call_back_at: datetime, **kwargs) -> None:
    inquiry.change_status(Status.WAITING, follow_up_at=call_back_at, call_back=True, **kwargs)


def call_back_message(inquiry: Inquiry) -> str:
    return gettext("You'll be reminded to call back %(when)s.") % {"when": follow_up_text(inquiry)}


STATUS = [
    Action(
        "take",
        label=take_label,
        perform=Inquiry.take,
        success_message=_("Assigned to you."),
        section="next",
        is_offered=lambda inquiry: inquiry.status in OPEN,
    ),
    Action(
        "reopen",
        label=_("Reopen"),
        perform=move_to(Status.IN_PROGRESS),
        success_message=_("Reopened."),
        section="next",
        is_offered=can_become(Status.IN_PROGRESS, Status.CLOSED),
    ),
    Action(
        "assign",
        label=_("Assign"),
        perform=Inquiry.assign,
        success_message=assigned_message,
        fields={
            "to": StaffField(colleagues(), required=False, empty_label=_("Unassigned"), label=_("Colleague"))
        },
        bulk=BulkOptions(
            _("Who should answer these inquiries?"),
            _("Assign the selected inquiries"),
            ngettext_lazy("%(number)s inquiry assigned", "%(number)s inquiries assigned", "number"),
        ),
    ),
    Action(
        "call_back",
        label=_("Call back"),
        perform=call_back,
        success_message=call_back_message,
        fields={
            "call_back_at": FutureDateTimeField(
                label=_("Call back at"), error_messages={"required": _("Choose when to call back.")}
            )
        },
        section="then",
        is_offered=can_become(Status.WAITING),
    ),
    Action(
        "wait",
        label=_("Wait for the patient"),
        perform=move_to(Status.WAITING),
        success_message=snoozed_message,
        fields={
            "follow_up_at": FutureDateTimeField(
                label=_("Remind me on"), error_messages={"required": _("Choose when to be reminded.")}
            )
        },
        section="then",
        is_offered=can_become(Status.WAITING),
        bulk=BulkOptions(
            _("When should these inquiries come back?"),
            _("Snooze the selected inquiries"),
            ngettext_lazy("%(number)s inquiry snoozed", "%(number)s inquiries snoozed", "number"),
            label=_("Snooze"),
        ),
    ),
    Action(
        "close",
        label=_("Close"),
        perform=queue.close,
        success_message=closed_message,
        fields={
            "outcome": forms.ChoiceField(
                label=_("Outcome"),
                choices=[("", _("Choose …")), *Outcome.choices],
                error_messages={"required": _("Choose how it ended.")},
            ),
            "text": NoteField(label=_("Note (optional)"), required=False, rows=2),
        },
        single_fields={
            "appointment_at": FutureDateTimeField(
                label=_("Date and time of the appointment"), required=False
            ),
            "place": forms.ChoiceField(
                label=_("Place"),
                choices=lambda: [(place, place) for place in locations.office_addresses()],
                required=False,
                widget=forms.RadioSelect,  # a select would truncate long addresses
            ),
            "tell_patient": forms.BooleanField(
                label=_("Email the patient a calendar file, and a reminder the day before"), required=False
            ),
            # Optional here; the model requires it for flagged inquiries.
            "was_urgent": forms.TypedChoiceField(
                label=_("Was it urgent?"),
                choices=[(True, _("It was urgent")), (False, _("It wasn't urgent"))],
                coerce=lambda value: value == "True",
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            ),
        },
        section="then",
        is_offered=can_become(Status.CLOSED),
        bulk=BulkOptions(
            _("How did these inquiries end?"),
            _("Close the selected inquiries"),
            ngettext_lazy("%(number)s inquiry closed", "%(number)s inquiries closed", "number"),
            closes_inquiries=True,
        ),
    ),
    Action(
        "work",
        label=_("Mark in progress"),
        perform=move_to(Status.IN_PROGRESS),
        success_message=_("In progress."),
        is_offered=can_become(Status.IN_PROGRESS, Status.NEW, Status.WAITING),
        bulk=BulkOptions(
            _("Mark these inquiries in progress?"),
            _("Mark the selected inquiries in progress"),
            ngettext_lazy("%(number)s inquiry in progress", "%(number)s inquiries in progress", "number"),
            label=_("In progress"),
        ),
    ),
]

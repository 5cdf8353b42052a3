"""Actions of staff and patients that also queue emails."""

import re
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clinic.accounts.names import display_name
from clinic.email.delivery import Priority
from inquiries.choices import Outcome, Status
from inquiries.jobs import send_code, send_email, send_reply, tell_staff
from inquiries.models import Inquiry, Question, Reply
from inquiries.models.event import Detail
from inquiries.models.workflow.status import Appointment
from inquiries.permissions import colleagues


def reply(
    inquiry: Inquiry, answer: str, link_days: int, plain_email: bool = False, *, by: User, seen: int
) -> None:
    with transaction.atomic():
        stored = inquiry.reply(answer, days=link_days, plain=plain_email, by=by, seen=seen)
        send_reply.defer(reply_id=stored.pk)


def text_code(reply: Reply) -> None:
    """Queue a text with a code that opens the reply, if the patient can request one."""
    with transaction.atomic():
        if reply.count_texted_code():
            send_code.configure(priority=Priority.URGENT).defer(reply_id=reply.pk)


def ask(inquiry: Inquiry, clinician: User, question: str, *, by: User, seen: int) -> None:
    with transaction.atomic():
        asked = inquiry.ask(clinician, question, by=by, seen=seen)
        notify_colleague("question", inquiry, clinician, asked.pk)


def answer(question: Question, text: str, *, by: User) -> None:
    """Store a clinician's answer and notify the colleague who asked, or who now works on the inquiry."""
    inquiry = question.inquiry
    with transaction.atomic():
        inquiry.answer_question(question, text, by=by)
        for user in filter(None, {inquiry.assignee, question.event.by}):
            notify_colleague("answer", inquiry, user, question.pk)


def notify_mentioned(inquiry: Inquiry, note: str, *, by: User) -> None:
    """Queue a notice to each colleague whose @name is in the note."""
    note = note.casefold()
    for user in colleagues().exclude(pk=by.pk) if "@" in note else ():
        if re.search(rf"@{re.escape(display_name(user).casefold())}(?!\w)", note):
            notify_colleague("mention", inquiry, user, inquiry.newest_event)


def notify_colleague(notice: str, inquiry: Inquiry, to: User, about: int) -> None:
    task = tell_staff.configure(priority=inquiry.priority_of("front_desk_notice"))
    task.defer(notice=notice, inquiry_id=inquiry.pk, user_id=to.pk, about=about)


def patient_wrote(inquiry: Inquiry, text: str) -> None:
    """Store what the patient adds, and notify the front desk."""
    with transaction.atomic():
        if inquiry.patient_wrote(text):
            notify_front_desk(inquiry)


def patient_withdrew(inquiry: Inquiry) -> None:
    with transaction.atomic():
        if inquiry.patient_withdrew():
            notify_front_desk(inquiry)


def notify_front_desk(inquiry: Inquiry) -> None:
    """Queue the notice that the patient wrote back or no longer needs an answer."""
    task = send_email.configure(priority=inquiry.priority_of("front_desk_notice"))
    task.defer(letter="wrote_back", inquiry_id=inquiry.pk)


def close(inquiry: Inquiry, outcome: str, place: str = "", tell_patient: bool = False, **extra: Any) -> None:
    """Close an inquiry, with its appointment if one is booked.

    `tell_patient` emails the appointment to the patient, and a reminder later. Without a new date, an earlier
    appointment stays. Bulk actions pass no `appointment_at`, so they don't require a date.
    """
    at, appointment = extra.pop("appointment_at", False), None
    if outcome == Outcome.APPOINTMENT and at is None and not inquiry.has_upcoming_appointment:
        raise ValidationError({"appointment_at": _("Enter the date and time of the appointment.")})
    if outcome == Outcome.APPOINTMENT and at:
        appointment = Appointment(at, place, remind=tell_patient)
    with transaction.atomic():
        emails_calendar = bool(appointment and tell_patient and inquiry.email)
        detail = Detail.CALENDAR_EMAIL if emails_calendar else ""
        inquiry.change_status(Status.CLOSED, outcome=outcome, appointment=appointment, detail=detail, **extra)
        if emails_calendar:
            send_email.defer(letter="appointment", inquiry_id=inquiry.pk)

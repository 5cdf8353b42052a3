"""Replies to patients: encrypted, on the timeline, and announced by an email without their text."""

import smtplib

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.exceptions import ValidationError
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.models import ClinicSettings
from inquiries import jobs
from inquiries.choices import EventKind, Outcome, Status
from inquiries.email import emails
from inquiries.models import Inquiry, Reply
from inquiries.models.workflow.status import Appointment
from tests.inquiries.desk.helpers import ANSWERS, FIRST_ATTEMPT, act, clinic_date, in_hours, page_html, seen

CANARY = "Canary: stop the aspirin on Friday."


def reply(desk, inquiry, **fields):
    fields = {"answer": CANARY, "link_days": 7, "confirmed": 1} | fields
    return act(desk, "reply", inquiry, follow=True, **fields)


def test_a_reply_is_recorded_and_emails_and_jobs_dont_contain_its_text(desk, inquiry):
    assert CANARY in reply(desk, inquiry).content.decode()
    assert (inquiry.status, inquiry.events.last().kind) == (Status.WAITING, EventKind.REPLIED)
    jobs.send_reply.func(FIRST_ATTEMPT, reply_id=Reply.objects.get().pk)
    [message] = mail.outbox
    assert Reply.objects.get().link in message.body
    assert inquiry.reference in message.body
    queued = map(str, ProcrastinateJob.objects.values_list("args", flat=True))
    for text in [message.subject, message.body, *queued]:
        assert "aspirin" not in text
        assert inquiry.name not in text
    assert Reply.objects.get().delivery == "sent"


def test_a_rejected_address_becomes_a_task_to_call(desk, inquiry, monkeypatch):
    reply(desk, inquiry)

    def refuse(*args):
        raise smtplib.SMTPRecipientsRefused({inquiry.email: (550, b"no such user")})

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    jobs.send_reply.func(FIRST_ATTEMPT, reply_id=Reply.objects.get().pk)
    inquiry.refresh_from_db()
    assert inquiry.status == Status.IN_PROGRESS
    assert "call instead" in str(inquiry.events.last().describe())


def test_replies_need_confirmation_and_detect_a_colleagues_change(desk, inquiry, colleague):
    assert act(desk, "reply", inquiry, answer="  ", link_days=7).status_code == 422
    html = act(desk, "reply", inquiry, answer=CANARY, link_days=7).content.decode()
    shown = seen(inquiry)
    hidden_field = f'name="seen" value="{shown}"'
    for text in ["Ana Lovelace will read this.", "Yes, send it to Ana Lovelace", CANARY, hidden_field]:
        assert text in html
    inquiry.add_note("I called her", by=colleague, seen=shown)
    assert reply(desk, inquiry, seen=shown).status_code == 409
    assert not Reply.objects.exists()


def test_plain_email_requires_the_clinics_setting_and_the_patients_consent(inquiry, front_desk):
    with pytest.raises(ValidationError):
        inquiry.reply(CANARY, by=front_desk, seen=seen(inquiry), plain=True)
    ClinicSettings.objects.update(allow_plain_email=True)
    inquiry.agree_to_plain_email(by=front_desk, seen=seen(inquiry))
    sent = inquiry.reply(CANARY, by=front_desk, seen=seen(inquiry), plain=True)
    assert CANARY in emails.reply_notice(sent).body


def test_a_new_reading_code_is_shown_once(desk, inquiry):
    assert "The new reading code is" in act(desk, "code", inquiry, follow=True).content.decode()
    assert "The new reading code is" not in page_html(desk, inquiry)


def test_an_urgent_inquiry_stays_to_do_after_a_reply(inquiry, front_desk):
    Inquiry.objects.filter(pk=inquiry.pk).update(urgent=True, urgent_because="x", severity=13)
    inquiry.refresh_from_db()
    inquiry.reply(CANARY, by=front_desk, seen=seen(inquiry))
    assert inquiry.status != Status.WAITING
    inquiry.log_call("spoke", by=front_desk, seen=seen(inquiry))
    closed = {"outcome": Outcome.ANSWERED, "was_urgent": True}
    inquiry.change_status(Status.CLOSED, by=front_desk, seen=seen(inquiry), **closed)
    inquiry.reply(CANARY, by=front_desk, seen=seen(inquiry))  # returns if the patient doesn't open it
    assert inquiry.status == Status.WAITING


def test_a_reply_keeps_the_appointments_reminder(inquiry, front_desk):
    booked = {"outcome": Outcome.APPOINTMENT, "appointment": Appointment(in_hours(72), "Main", remind=True)}
    inquiry.change_status(Status.CLOSED, by=front_desk, seen=seen(inquiry), **booked)
    inquiry.reply(CANARY, by=front_desk, seen=seen(inquiry))
    assert (inquiry.status, inquiry.reminder_due) == (Status.WAITING, True)


def test_a_reply_keeps_an_earlier_call_back(inquiry, front_desk):
    for call_at, label in [(in_hours(1), "Call back"), (in_hours(24 * 30), "Waiting for the patient")]:
        call_back = {"follow_up_at": call_at, "call_back": True}
        inquiry.change_status(Status.WAITING, by=front_desk, seen=seen(inquiry), **call_back)
        inquiry.reply(CANARY, by=front_desk, seen=seen(inquiry))
        assert inquiry.get_status_display() == label
        assert (inquiry.follow_up_at == call_at) == inquiry.call_back


def test_a_reply_without_an_address_becomes_a_task_to_call(desk, inquiry, mailoutbox):
    """The address may be removed while the email is queued."""
    reply(desk, inquiry)
    act(desk, "correct", inquiry, name=inquiry.name, phone=inquiry.phone, email="")
    jobs.send_reply.func(FIRST_ATTEMPT, reply_id=inquiry.replies.get().pk)
    assert not mailoutbox
    assert inquiry.events.last().kind == EventKind.UNDELIVERED


def test_replying_to_an_entered_call_requires_a_reading_code(desk, front_desk):
    """Callers never saw a confirmation page with a code."""
    inquiry = Inquiry.objects.enter(by=front_desk, source="phone", **ANSWERS)
    refused = act(desk, "reply", inquiry, answer=CANARY, link_days=7)
    assert refused.status_code == 422
    assert "no reading code yet" in refused.content.decode()
    inquiry.issue_reading_code(by=front_desk, seen=seen(inquiry))
    assert "Yes, send it" in act(desk, "reply", inquiry, answer=CANARY, link_days=7).content.decode()


def test_a_clinic_without_hours_can_reply(front_desk, inquiry):
    ClinicSettings.objects.update(opening_hours=[])
    inquiry.reply(CANARY, by=front_desk, seen=seen(inquiry))
    assert clinic_date(inquiry.follow_up_at) == clinic_date(in_hours(48))


def test_other_buttons_are_refused_while_a_reply_is_unsent(desk, inquiry):
    for button in ["compose", "take", "assign"]:
        response = act(desk, button, inquiry, answer=CANARY, did="note", text="A note", to="")
        html = response.content.decode()
        assert response.status_code == 422, button
        assert "Your reply hasn&#x27;t been sent." in html
        assert f"{CANARY}</textarea>" in html
    open_details = BeautifulSoup(html, "html.parser").select("details[open]")
    # Browsers open only the first <details> of a name.
    assert [details.get("name") for details in open_details] == [None, "action"]
    assert inquiry.events.count() == 1

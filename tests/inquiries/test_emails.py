"""Emails have a reference and a link, and never the patient's text."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from clinic.models import ClinicSettings
from inquiries.email import emails
from tests.inquiries.desk.helpers import receive

CANARIES = {"name": "Canary Goldfinch", "message": "Wren in the hayloft", "email": "canary@patient.example"}
REFERRAL = {
    "asker": "clinician",
    "patient_name": "Nuthatch Minor",
    "practice": "Bullfinch Family Practice",
    "phone": "(202) 555-0143, ask for Bluetit",
}


PRIVATE = ["goldfinch", "canary@", "hayloft", "nuthatch", "bullfinch", "bluetit", "555-0143", "2025550143"]


@pytest.fixture
def inquiry():
    return receive(**CANARIES)


def test_the_receipt_has_the_reference_and_a_link(inquiry):
    email, clinic = emails.receipt(inquiry), ClinicSettings.current()
    assert (email.to, inquiry.reference in email.subject) == ([CANARIES["email"]], True)
    for text in [inquiry.get_absolute_url(), clinic.phone_display, clinic.emergency_sentence]:
        assert text in email.body


def test_the_front_desk_notice_has_the_reference_and_a_link(inquiry):
    email = emails.front_desk_notice(inquiry)
    assert email.to == [ClinicSettings.current().front_desk_email]
    assert inquiry.reference in email.subject
    assert reverse("inquiry:inspect", args=[inquiry.pk]) in email.body


def test_the_front_desk_notice_shows_urgency_without_the_reason(inquiry):
    for urgent, phone, instruction in [
        *[(True, "+12025550143", "Call now."), (True, "", "Answer now.")],
        (False, "", ""),
    ]:
        inquiry.urgent, inquiry.urgent_because, inquiry.phone = urgent, "Chest pain", phone
        email = emails.front_desk_notice(inquiry)
        assert f"Inquiry {inquiry.reference} is waiting. {instruction}".strip() in email.body.splitlines()
        assert email.subject.startswith("URGENT") == urgent
        assert "hest" not in email.subject + email.body


def test_a_delayed_receipt_doesnt_promise_a_past_time(inquiry):
    assert "You'll hear from us by" in emails.receipt(inquiry).body
    assert "The answer is due by" in emails.front_desk_notice(inquiry).body
    inquiry.due_at = timezone.now() - timedelta(minutes=1)
    assert "You'll hear from us by" not in emails.receipt(inquiry).body


def test_emails_about_an_emergency_dont_promise_a_time_or_suggest_waiting(inquiry):
    inquiry.urgent, inquiry.advice = True, "emergency"
    assert "due by" not in emails.front_desk_notice(inquiry).body
    body = emails.receipt(inquiry).body
    assert "You'll hear from us by" not in body
    assert "If you cannot wait" not in body
    assert "To talk to us, call" in body


def test_all_attempts_at_an_email_have_the_same_message_id(inquiry):
    first, second = emails.receipt(inquiry), emails.receipt(inquiry)
    assert first.message()["Message-ID"] == second.message()["Message-ID"]
    assert first.message()["Message-ID"] != emails.front_desk_notice(inquiry).message()["Message-ID"]


def test_the_worker_sends_emails_without_patient_text(committed_db, client, answers, run_worker, mail_server):
    client.post(reverse("inquiries:contact"), {**answers, **CANARIES, **REFERRAL})
    assert not mail_server.emails
    run_worker()
    assert mail_server.recipients() == sorted([CANARIES["email"], ClinicSettings.current().front_desk_email])
    for message in mail_server.emails:
        del message["To"], message["X-RcptTo"], message["X-MailFrom"], message["X-Peer"]
        text = message.as_string().lower()
        assert [word for word in PRIVATE if word in text] == []
    assert not mail.outbox

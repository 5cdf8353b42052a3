"""Emails say that there is something, and where; never what the patient wrote."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from clinic.models import ClinicSettings
from inquiries.email import emails
from tests.inquiries.desk.desk_cast import receive
from tests.support.mail_server import MailServer

CANARIES = {"name": "Canary Goldfinch", "message": "Wren in the hayloft", "email": "canary@patient.example"}


@pytest.fixture
def inquiry(db):
    return receive(**CANARIES)


def test_the_patients_email_has_the_reference_and_a_link(inquiry):
    email, clinic = emails.receipt(inquiry), ClinicSettings.current()
    assert (email.to, inquiry.reference in email.subject) == ([CANARIES["email"]], True)
    for said in [inquiry.get_absolute_url(), clinic.phone_display, clinic.emergency_sentence]:
        assert said in email.body


def test_the_front_desks_email_has_the_reference_and_a_link(inquiry):
    email = emails.front_desk_notice(inquiry)
    assert email.to == [ClinicSettings.current().front_desk_email]
    assert inquiry.reference in email.subject
    assert reverse("inquiry:inspect", args=[inquiry.pk]) in email.body


@pytest.mark.parametrize(
    ("urgent", "phone", "said"),
    [(True, "+12025550143", "Call at once."), (True, "", "Answer at once."), (False, "", "")],
)
def test_the_front_desks_email_says_what_cannot_wait_and_not_why(inquiry, urgent, phone, said):
    inquiry.urgent, inquiry.urgent_because, inquiry.phone = urgent, "Chest pain", phone
    email = emails.front_desk_notice(inquiry)
    assert f"Inquiry {inquiry.reference} is waiting. {said}".strip() in email.body.splitlines()
    assert email.subject.startswith("URGENT") == urgent
    assert "hest" not in email.subject + email.body


def test_no_email_holds_what_the_patient_wrote(inquiry):
    for email in [emails.receipt(inquiry), emails.front_desk_notice(inquiry)]:
        text = f"{email.subject} {email.body}"
        for word in ["Canary Goldfinch", "Goldfinch", "Wren in", "hayloft", "555-0143", "2025550143"]:
            assert word not in text


def test_a_receipt_that_has_waited_promises_nothing_that_is_past(inquiry):
    assert "You'll hear from us by" in emails.receipt(inquiry).body
    inquiry.due_at = timezone.now() - timedelta(minutes=1)
    assert "You'll hear from us by" not in emails.receipt(inquiry).body


def test_emails_about_an_emergency_promise_nothing_and_send_nobody_to_wait(inquiry):
    inquiry.urgent, inquiry.advice = True, "emergency"
    assert "promised" not in emails.front_desk_notice(inquiry).body
    body = emails.receipt(inquiry).body
    assert "You'll hear from us by" not in body
    assert "If you cannot wait" not in body
    assert "To talk to us, call" in body


def test_every_attempt_at_an_email_has_the_same_message_id(inquiry):
    first, second = emails.receipt(inquiry), emails.receipt(inquiry)
    assert first.message()["Message-ID"] == second.message()["Message-ID"]
    assert first.message()["Message-ID"] != emails.front_desk_notice(inquiry).message()["Message-ID"]


def test_the_worker_hands_the_emails_to_a_mail_server(committed_db, client, answers, run_worker, settings):
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    try:
        client.post(reverse("inquiries:contact"), answers)
        assert not server.emails
        run_worker()
    finally:
        server.stop()
    assert server.recipients() == sorted([answers["email"], ClinicSettings.current().front_desk_email])
    assert not mail.outbox

"""Letters say that there is something, and where; never what the patient wrote."""

import email
import socket
from email import policy

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.urls import reverse

from clinic.models import ClinicSettings
from inquiries import letters
from inquiries.models import Inquiry

CANARIES = {"name": "Canary Goldfinch", "message": "Wren in the rafters", "email": "canary@patient.example"}


@pytest.fixture
def inquiry(db, client, answers):
    client.post(reverse("inquiries:contact"), {**answers, **CANARIES})
    return Inquiry.objects.get()


@pytest.fixture
def clinic(db):
    return ClinicSettings.current()


def test_the_patients_letter_has_the_reference_and_a_link(inquiry, clinic):
    letter = letters.receipt(inquiry)
    assert letter.to == [CANARIES["email"]]
    assert inquiry.reference in letter.subject
    assert inquiry.get_absolute_url() in letter.body
    assert clinic.phone_display in letter.body
    assert clinic.emergency_sentence in letter.body


def test_the_front_desks_letter_has_the_reference_and_a_link(inquiry, clinic):
    letter = letters.front_desk_notice(inquiry)
    assert letter.to == [clinic.front_desk_email]
    assert inquiry.reference in letter.subject
    assert reverse("inquiry:inspect", args=[inquiry.pk]) in letter.body


@pytest.mark.parametrize("name", ["receipt", "front_desk_notice"])
def test_no_letter_holds_what_the_patient_wrote(inquiry, answers, name):
    letter = getattr(letters, name)(inquiry)
    text = f"{letter.subject} {letter.body}"
    for word in [CANARIES["name"], "Goldfinch", CANARIES["message"], "rafters", "555-0143", "2025550143"]:
        assert word not in text


def test_every_attempt_at_a_letter_has_the_same_message_id(inquiry):
    first, second = letters.receipt(inquiry), letters.receipt(inquiry)
    assert first.message()["Message-ID"] == second.message()["Message-ID"]
    assert first.message()["Message-ID"] != letters.front_desk_notice(inquiry).message()["Message-ID"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Postbox:
    """An SMTP server's memory."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.letters.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


def test_the_worker_hands_the_letters_to_a_mail_server(committed_db, client, answers, run_worker, settings):
    postbox = Postbox()
    server = Controller(postbox, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.hostname, server.port
    try:
        client.post(reverse("inquiries:contact"), answers)
        assert not postbox.letters
        run_worker()
    finally:
        server.stop()
    recipients = {letter["To"] for letter in postbox.letters}
    assert recipients == {answers["email"], ClinicSettings.current().front_desk_email}
    assert not mail.outbox

"""The confirmation reassures the patient, and shows details only to the sender's browser for an hour."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from clinic.models import ClinicSettings
from clinic.templatetags import clinic_tags
from inquiries.email import emails
from inquiries.public.confirmation import is_sender, masked, sender_url
from tests.inquiries.desk.helpers import overwrite, receive, seen

AFTER_HOURS = {"after_hours_phone": "202-555-0177"}
CRISIS = "I want to end my life tonight"
OPEN, CLOSED = (datetime(2026, 11, day, 15, tzinfo=ZoneInfo("America/New_York")) for day in (24, 28))


def text_of(client, address):
    main = BeautifulSoup(client.get(address).content, "html.parser").main
    return " ".join(main.text.split())


@pytest.fixture
def set_time(monkeypatch):
    return lambda moment: monkeypatch.setattr(clinic_tags.timezone, "now", lambda: moment)


def test_reassurance_comes_first_and_the_reference_last(client, answers):
    response = client.post(reverse("inquiries:contact"), answers, follow=True)
    text = text_of(client, response.redirect_chain[0][0])
    parts = ["We have your message", "A person will read it", "You'll hear from us by", "Your reference:"]
    positions = [text.index(part) for part in parts]
    assert positions == sorted(positions)
    assert "confirmation email is on its way to ma•••a@patient.example" in text


def test_the_confirmation_of_a_spanish_message_is_also_in_spanish(client):
    inquiry = receive(message="Me duele mucho la espalda desde hace dos semanas y no puedo dormir.")
    inquiry.try_triage()
    assert "Recibimos su mensaje." in text_of(client, sender_url(inquiry))
    assert "Recibimos" not in text_of(client, receive(name="English").get_absolute_url())


def test_others_with_the_reference_see_only_it_and_the_next_step(client):
    urgent, calm = receive(message=CRISIS), receive(name="Calm")
    own, theirs = text_of(client, sender_url(urgent)), text_of(client, urgent.get_absolute_url())
    assert "988" in own
    assert "Don't wait for us" in own
    assert "Check on your message or add to it" in theirs  # the email's link leads there
    assert theirs.replace(urgent.reference, "") == text_of(client, calm.get_absolute_url()).replace(
        calm.reference, ""
    )


def test_the_senders_proof_is_valid_for_an_hour_and_one_inquiry(client, monkeypatch):
    urgent, other = receive(message=CRISIS), receive(name="Other", message=CRISIS)
    address = sender_url(urgent)
    proof = address.split("/")[4]
    assert "988" in text_of(client, address)
    for forged in [f"{proof}x", "%00"]:
        assert "988" not in text_of(client, f"{urgent.get_absolute_url()}{forged}/")
    for forged in ["x", "a:b:c", "\x00", ""]:
        assert not is_sender(urgent, forged)
    assert "988" not in text_of(client, f"{other.get_absolute_url()}{proof}/")
    later = timezone.now().timestamp() + 3601
    monkeypatch.setattr(signing.time, "time", lambda: later)
    assert "988" not in text_of(client, address)


def test_the_sender_of_a_look_first_inquiry_sees_what_to_do_if_it_gets_worse(client):
    inquiry = overwrite(receive(), tier="look-first")
    assert "If this gets worse, don't wait for our answer." in text_of(client, sender_url(inquiry))
    assert "If this gets worse" not in text_of(client, inquiry.get_absolute_url())


def test_pages_show_the_after_hours_contact_while_the_clinic_is_closed(client, set_time):
    instruction = {"after_hours_instruction": "Go to Mercy Hospital."}
    contact, received = "/contact/", sender_url(receive())
    for path, facts, moment, sentence in [
        (contact, {}, OPEN, "Call us: (202) 555-0100."),
        (contact, {}, CLOSED, "You can call us Monday from 8:00 AM: (202) 555-0100."),
        (contact, instruction, CLOSED, "Go to Mercy Hospital."),
        *(
            (path, AFTER_HOURS, CLOSED, "While we're closed, call (202) 555-0177.")
            for path in [contact, received]
        ),
        ("/problem/503/", AFTER_HOURS, CLOSED, "While we're closed, call (202) 555-0177."),
        (received, AFTER_HOURS, OPEN, "Call us: (202) 555-0100."),
    ]:
        ClinicSettings.objects.update(**{"after_hours_instruction": ""} | facts)
        set_time(moment)
        assert sentence in text_of(client, path), (path, facts, moment)


def test_the_receipt_discourages_replies_and_mentions_the_code_only_if_it_was_shown():
    email = emails.receipt(receive())
    assert "Please don't reply to this email" in email.subject
    for text in [
        "Please don't reply to this email. This inbox isn't monitored.",
        "To talk to us, call (202) 555-0100 while we're open:\n  Monday – Friday, 8:00 AM",
        "Keep the reading code you saw on screen.",
    ]:
        assert text in email.body
    assert email.reply_to == []
    assert "reading code" not in emails.receipt(receive(source="phone", message="By phone")).body
    ClinicSettings.objects.update(reply_to_email="noreply@clinic.example", **AFTER_HOURS)
    email = emails.receipt(receive())
    assert email.message()["Reply-To"] == "noreply@clinic.example"
    assert "While we're closed, call (202) 555-0177." in email.body


def test_a_masked_address_still_reveals_typos():
    assert masked("maria@patient.example") == "ma•••a@patient.example"
    assert masked("bob@gmaol.com") == "b•••@gmaol.com"
    assert masked('"a@b"@x.example') == '"a•••"@x.example'


@pytest.mark.parametrize("status", [429, 503])
def test_the_proxys_error_pages_start_with_911_and_988(client, status):
    text = text_of(client, f"/problem/{status}/")
    assert text.index("911") < text.index("988") < text.index("message")


@pytest.mark.parametrize(("moment", "number"), [(OPEN, "+12025550100"), (CLOSED, "+12025550177")])
def test_phone_links_follow_the_opening_hours(client, set_time, front_desk, moment, number):
    ClinicSettings.objects.update(**AFTER_HOURS)
    set_time(moment)
    for path in ("/", "/search/"):
        page = BeautifulSoup(client.get(path).content, "html.parser")
        links = page.select(".top .call, main a[href^=tel], .bar a[href^=tel]")
        assert {link["href"] for link in links} == {f"tel:{number}"}
    inquiry = receive()
    code = inquiry.issue_reading_code(by=front_desk, seen=seen(inquiry))
    page = client.post("/contact/status/", {"reference": inquiry.reference, "code": code})
    assert f'To talk to us, call <a href="tel:{number}">' in page.content.decode()

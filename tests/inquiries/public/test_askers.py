"""Caregivers name the patient, and clinicians also their practice, NPI and call-back number."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from inquiries.models import Inquiry
from inquiries.privacy.data_subject import Contact
from inquiries.public.form.fields import is_npi
from inquiries.public.form.inquiry_form import InquiryForm
from tests.inquiries.desk.helpers import page_html, receive

URL = reverse("inquiries:contact")
REFERRAL = {
    "asker": "clinician",
    "patient_name": "Rosa Canary",
    "practice": "Starling Family Practice",
    "npi": "1234567893",
    "phone": "202-555-0143 back line, ask for Wren",
}


@pytest.fixture
def referral(client, answers):
    client.post(URL, {**answers, **REFERRAL})
    return Inquiry.objects.get()


def test_a_referral_is_stored_encrypted(referral):
    assert (referral.asker, referral.patient_name, referral.npi) == ("clinician", "Rosa Canary", "1234567893")
    assert (referral.practice, referral.phone) == (REFERRAL["practice"], "+12025550143")
    assert referral.phone_note == REFERRAL["phone"]
    [row] = Inquiry.objects.values_list("patient_name", "practice", "phone_note")
    assert not any(word in bytes(value) for value in row for word in [b"Canary", b"Starling", b"Wren"])


def test_a_caregivers_messages_about_two_patients_are_two_inquiries(client, answers):
    for name in ["Rosa", "Rose"]:
        client.post(URL, {**answers, "asker": "caregiver", "patient_name": name, "npi": "junk"})
    stored = [(inquiry.patient_name, inquiry.npi) for inquiry in Inquiry.objects.order_by("pk")]
    assert stored == [("Rosa", ""), ("Rose", "")]


def test_an_invalid_npi_is_an_error(answers):
    npis = ["1234567893", "1245319599", "1234567890"]
    assert [is_npi(npi) for npi in npis] == [True, True, False]
    form = InquiryForm({**answers, **REFERRAL, "npi": "1234567890"})
    assert form.errors["npi"] == ["Check the NPI: it has 10 digits. You can also leave it out."]


def test_a_referral_is_shown_to_the_front_desk_exported_and_erased(desk, referral, manager):
    for name in ["inquiry:inspect", "inquiry:print"]:
        html = desk.get(reverse(name, args=[referral.pk])).content.decode()
        for text in REFERRAL.values():
            assert text in html or text == "clinician"
    contact = Contact.read("(202) 555-0143")
    copy = str(contact.everything())
    assert all(text in copy for text in list(REFERRAL.values())[1:])
    contact.erase(by=manager, seen=contact.state())
    assert not Inquiry.objects.exists()


def test_a_remark_against_voicemail_overrides_the_checkbox(client, answers):
    for remark, allowed in [("do NOT leave a message", False), ("no voicemail", False), ("after 5", True)]:
        client.post(URL, {**answers, "phone": f"202-555-0143 {remark}", "voicemail_ok": "on"})
        assert Inquiry.objects.latest("pk").voicemail_ok is allowed


def test_an_inquiry_without_referral_details_shows_none(desk):
    html = page_html(desk, receive())
    assert "Their note:" not in html
    assert "None" not in BeautifulSoup(html, "html.parser").select_one(".inquiry").text


def test_times_to_call_are_within_the_clinics_hours(client):
    page = BeautifulSoup(client.get(URL).content, "html.parser")
    times = [option.text for option in page.select("[name=best_time] option")]
    assert times == ["Any time we're open", "8–11 AM", "11 AM–1 PM", "1–5 PM"]

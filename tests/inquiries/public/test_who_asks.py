"""Who asks for somebody else says for whom; a clinician also gives practice, NPI and a call-back number."""

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


def test_what_a_referring_clinician_gives_is_stored_and_not_in_plain_text(referral):
    assert (referral.asker, referral.patient_name, referral.npi) == ("clinician", "Rosa Canary", "1234567893")
    assert (referral.practice, referral.phone) == (REFERRAL["practice"], "+12025550143")
    assert referral.phone_note == REFERRAL["phone"]
    [row] = Inquiry.objects.values_list("patient_name", "practice", "phone_note")
    assert not any(word in bytes(value) for value in row for word in [b"Canary", b"Starling", b"Wren"])


def test_a_caregiver_gives_the_patients_name_and_another_patient_is_another_message(client, answers):
    for name in ["Rosa", "Rose"]:
        client.post(URL, {**answers, "asker": "caregiver", "patient_name": name, "npi": "junk"})
    stored = [(inquiry.patient_name, inquiry.npi) for inquiry in Inquiry.objects.order_by("pk")]
    assert stored == [("Rosa", ""), ("Rose", "")]


def test_a_wrong_npi_is_asked_about(answers):
    npis = ["1234567893", "1245319599", "1234567890"]
    assert [is_npi(npi) for npi in npis] == [True, True, False]
    form = InquiryForm({**answers, **REFERRAL, "npi": "1234567890"})
    assert form.errors["npi"] == ["Check the NPI: it has 10 digits. You can also leave it out."]


def test_the_front_desk_sees_it_and_the_persons_copy_and_their_erasure_hold_it(desk, referral, manager):
    for name in ["inquiry:inspect", "inquiry:print"]:
        html = desk.get(reverse(name, args=[referral.pk])).content.decode()
        for text in REFERRAL.values():
            assert text in html or text == "clinician"
    contact = Contact.read("(202) 555-0143")
    copy = str(contact.everything())
    assert all(text in copy for text in list(REFERRAL.values())[1:])
    contact.erase(by=manager, seen=contact.state())
    assert not Inquiry.objects.exists()


def test_leave_no_message_beside_the_number_outweighs_a_ticked_box(client, answers):
    for words, allowed in [("do NOT leave a message", False), ("no voicemail", False), ("after 5", True)]:
        client.post(URL, {**answers, "phone": f"202-555-0143 {words}", "voicemail_ok": "on"})
        assert Inquiry.objects.latest("pk").voicemail_ok is allowed


def test_an_inquiry_without_any_of_it_has_nothing_to_show(desk):
    html = page_html(desk, receive())
    assert "They wrote:" not in html
    assert "None" not in BeautifulSoup(html, "html.parser").select_one(".inquiry").text


def test_the_times_to_call_are_the_clinics_hours(client):
    page = BeautifulSoup(client.get(URL).content, "html.parser")
    times = [option.text for option in page.select("[name=best_time] option")]
    assert times == ["Any time we're open", "8–11 AM", "11 AM–1 PM", "1–5 PM"]

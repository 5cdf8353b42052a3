"""The clinic's facts stand in one place; every page, form, confirmation and email takes them from there."""

import json
from datetime import datetime, time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from clinic.caching import clinic_fallback
from clinic.models import ClinicSettings
from clinic.templatetags.clinic_tags import with_emergency_calls
from inquiries.email import emails
from inquiries.models import Inquiry

FACTS = {
    "name": "Harbor Spine Clinic",
    "phone": "202-555-0177",
    "front_desk_email": "desk@harbor.example",
    "street_address": "9 Pier Road",
    "emergency_sentence": "In an emergency dial 911 at once.",
    "time_zone": "America/Los_Angeles",
    "response_hours": 4,
}
LINKED_SENTENCE = 'In an emergency dial <a href="tel:911">911</a> at once.'
SHOWN_PHONE, DIALLED_PHONE = "(202) 555-0177", "tel:+12025550177"


@pytest.fixture
def clinic(db):
    clinic = ClinicSettings.current()
    for name, value in FACTS.items():
        setattr(clinic, name, value)
    clinic.opening_hours = [("hours", {"days": ["1"], "opens": time(7, 30), "closes": time(12)})]
    clinic.closed_days = [
        ("closed", {"date": timezone.localdate() + timedelta(days=9), "name": "Stocktaking"})
    ]
    clinic.full_clean()
    clinic.save()
    return clinic


def test_header_and_footer_show_them_and_a_form_has_the_emergency_sentence_above_it(client, clinic):
    facts = [FACTS["name"], SHOWN_PHONE, DIALLED_PHONE, FACTS["street_address"]]
    facts += ["7:30 AM", "Tuesday", "Stocktaking"]
    with_form = ["/contact/", "/education/kyphoplasty/"]
    for path in [*with_form, "/", "/education/", "/search/"]:
        html = client.get(path).text
        assert [fact for fact in facts if fact not in html] == [], path
        assert ('id="id_message"' in html) is (path in with_form), path
        if path in with_form:
            assert 0 < html.find(LINKED_SENTENCE) < html.find('id="id_message"'), path


def test_emergency_numbers_can_be_called_from_the_sentence():
    for sentence, numbers in {
        "Call 911.": ["911"],
        "Call or text 988; in danger, call 911!": ["988", "911"],
        "Call 911, 24 hours a day; 988 24/7; 911 365 days a year.": ["911", "988", "911"],
        "Call (202) 911-0100, 202 988 0100 or 202-555-0911, or 911 0100 in town.": [],
        "<b>O’Neil & Co.</b>: 112": ["112"],
    }.items():
        linked = BeautifulSoup(with_emergency_calls(sentence), "html.parser")
        assert linked.text == sentence
        assert [(a["href"], a.text) for a in linked.select("*")] == [(f"tel:{n}", n) for n in numbers]


def test_confirmation_and_emails_show_them_and_promise_opening_hours(client, clinic, answers):
    html = client.post(reverse("inquiries:contact"), answers, follow=True).content.decode()
    inquiry = Inquiry.objects.get()
    email = emails.receipt(inquiry)
    for text, sentence in [(html, LINKED_SENTENCE), (email.body, FACTS["emergency_sentence"])]:
        for said in [SHOWN_PHONE, sentence, "Tuesday"]:
            assert said in text
    assert emails.front_desk_notice(inquiry).to == [FACTS["front_desk_email"]]
    due = inquiry.due_at.astimezone(clinic.hours.time_zone)
    assert due.weekday() == 1
    assert time(7, 30) <= due.time() <= time(12)


def test_the_starter_values_read_as_placeholders(db):
    clinic = ClinicSettings.current()
    for value in [clinic.name, clinic.street_address, clinic.city, clinic.front_desk_email]:
        assert "placeholder" in value.lower()
    assert "555-01" in clinic.phone  # numbers set aside for fiction


def test_all_that_is_wrong_with_them_is_said_at_once(db):
    now = timezone.now()
    wrong = {"name": "Reviewed by a physician", "on_call_phone": "1", "accent": "teal"}
    times = {"notice_from": now, "notice_until": now}
    for phone in ["call us", "555-0100", ""]:
        with pytest.raises(ValidationError) as refusal:
            ClinicSettings(phone=phone, **wrong, **times).clean()
        assert refusal.value.message_dict.keys() == {*wrong, "phone", "notice_until"}, phone


def test_hours_that_end_before_they_begin_are_refused(db):
    block = ClinicSettings._meta.get_field("opening_hours").stream_block.child_blocks["hours"]
    with pytest.raises(ValidationError) as refusal:
        block.clean(block.to_python({"days": ["0"], "opens": "17:00", "closes": "08:00"}))
    assert "later than the opening time" in str(refusal.value.block_errors["closes"])


def test_a_clinic_without_hours_still_takes_messages(client, clinic, answers):
    clinic.opening_hours = []
    clinic.save()
    response = client.post(reverse("inquiries:contact"), answers, follow=True)
    assert response.status_code == 200
    inquiry = Inquiry.objects.get()
    assert inquiry.due_at - inquiry.received_at >= timedelta(hours=4)


def test_pages_of_the_form_cost_few_queries(
    client, answers, db, django_assert_max_num_queries, within_a_second
):
    client.post(reverse("inquiries:contact"), answers)
    for path, budget in {
        "/contact/": 12,
        f"/contact/received/{Inquiry.objects.get().reference}/": 10,
    }.items():
        client.get(path)
        with django_assert_max_num_queries(budget):
            client.get(path)


def test_facts_that_stay_the_same_are_written_down_once(db, monkeypatch):
    written = []
    monkeypatch.setattr(clinic_fallback, "_write", written.append)
    monkeypatch.setattr(clinic_fallback, "known", {})
    clinic = ClinicSettings.current()
    # As a migration may leave it: blocks without ids.
    hours = {"days": ["0"], "opens": "08:00:00", "closes": "17:00:00"}
    ClinicSettings.objects.update(opening_hours=json.dumps([{"type": "hours", "value": hours}]))
    for _ in range(3):
        clinic_fallback.remember(ClinicSettings.objects.get(pk=clinic.pk))
    assert len(written) == 1
    ClinicSettings.objects.update(name="Another name")
    clinic_fallback.remember(ClinicSettings.objects.get(pk=clinic.pk))
    assert "Another name" in written[1]


def test_hours_that_overlap_count_once(clinic):
    morning = {"days": ["0"], "opens": time(8), "closes": time(13)}
    clinic.opening_hours = [("hours", morning), ("hours", {**morning, "opens": time(12), "closes": time(17)})]
    monday = datetime(2026, 11, 23, 8, tzinfo=clinic.hours.time_zone)
    assert clinic.hours.after(monday, timedelta(hours=9)) == monday.replace(hour=17)
    assert clinic.weekly_hours[0] == ("Monday", "8:00 AM – 5:00 PM")


def test_without_a_default_site_the_first_one_counts(client, clinic, answers):
    Site.objects.update(is_default_site=False)
    assert client.get(reverse("inquiries:contact")).status_code == 200
    assert client.post(reverse("inquiries:contact"), answers, follow=True).status_code == 200

"""The clinic's facts come from the settings on every page, form, confirmation and email."""

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
PHONE, PHONE_URI = "(202) 555-0177", "tel:+12025550177"


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


def test_pages_show_the_facts_and_forms_the_emergency_sentence_first(client, clinic):
    facts = [FACTS["name"], PHONE, PHONE_URI, FACTS["street_address"]]
    facts += ["7:30 AM", "Tuesday", "Stocktaking"]
    paths_with_form = ["/contact/", "/education/kyphoplasty/"]
    for path in [*paths_with_form, "/", "/education/", "/search/"]:
        html = client.get(path).text
        assert [fact for fact in facts if fact not in html] == [], path
        assert ('id="id_message"' in html) is (path in paths_with_form), path
        if path in paths_with_form:
            assert 0 < html.find(LINKED_SENTENCE) < html.find('id="id_message"'), path


def test_emergency_numbers_become_tel_links():
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


def test_confirmation_and_emails_show_the_facts_and_promise_opening_hours(client, clinic, answers):
    html = client.post(reverse("inquiries:contact"), answers, follow=True).content.decode()
    inquiry = Inquiry.objects.get()
    email = emails.receipt(inquiry)
    for text, sentence in [(html, LINKED_SENTENCE), (email.body, FACTS["emergency_sentence"])]:
        for fact in [PHONE, sentence, "Tuesday"]:
            assert fact in text
    assert emails.front_desk_notice(inquiry).to == [FACTS["front_desk_email"]]
    due = inquiry.due_at.astimezone(clinic.hours.time_zone)
    assert due.weekday() == 1
    assert time(7, 30) <= due.time() <= time(12)


def test_the_starter_values_are_recognizable_placeholders(db):
    clinic = ClinicSettings.current()
    for value in [clinic.name, clinic.street_address, clinic.city, clinic.front_desk_email]:
        assert "placeholder" in value.lower()
    assert "555-01" in clinic.phone  # reserved for fiction


def test_all_invalid_fields_are_reported_together(db):
    now = timezone.now()
    invalid = {"name": "Reviewed by a physician", "on_call_phone": "1", "accent": "teal"}
    times = {"notice_from": now, "notice_until": now}
    for phone in ["call us", "555-0100", ""]:
        with pytest.raises(ValidationError) as error:
            ClinicSettings(phone=phone, **invalid, **times).clean()
        assert error.value.message_dict.keys() == {*invalid, "phone", "notice_until"}, phone


def test_opening_hours_that_end_before_they_begin_are_rejected(db):
    block = ClinicSettings._meta.get_field("opening_hours").stream_block.child_blocks["hours"]
    with pytest.raises(ValidationError) as error:
        block.clean(block.to_python({"days": ["0"], "opens": "17:00", "closes": "08:00"}))
    assert "later than the opening time" in str(error.value.block_errors["closes"])


def test_a_clinic_without_opening_hours_still_accepts_messages(client, clinic, answers):
    clinic.opening_hours = []
    clinic.save()
    response = client.post(reverse("inquiries:contact"), answers, follow=True)
    assert response.status_code == 200
    inquiry = Inquiry.objects.get()
    assert inquiry.due_at - inquiry.received_at >= timedelta(hours=4)


def test_the_confirmation_needs_few_queries(
    client, answers, db, django_assert_max_num_queries, within_a_second
):
    client.post(reverse("inquiries:contact"), answers)
    path = Inquiry.objects.get().get_absolute_url()
    client.get(path)
    with django_assert_max_num_queries(10):
        assert client.get(path).status_code == 200


def test_the_fallback_file_is_only_written_when_facts_change(db, monkeypatch):
    written = []
    monkeypatch.setattr(clinic_fallback, "_write", written.append)
    monkeypatch.setattr(clinic_fallback, "known", {})
    clinic = ClinicSettings.current()
    # A migration can leave blocks without ids.
    hours = {"days": ["0"], "opens": "08:00:00", "closes": "17:00:00"}
    ClinicSettings.objects.update(opening_hours=json.dumps([{"type": "hours", "value": hours}]))
    for _ in range(3):
        clinic_fallback.remember(ClinicSettings.objects.get(pk=clinic.pk))
    assert len(written) == 1
    ClinicSettings.objects.update(name="Another name")
    clinic_fallback.remember(ClinicSettings.objects.get(pk=clinic.pk))
    assert "Another name" in written[1]


def test_overlapping_opening_hours_are_merged(clinic):
    morning = {"days": ["0"], "opens": time(8), "closes": time(13)}
    clinic.opening_hours = [("hours", morning), ("hours", {**morning, "opens": time(12), "closes": time(17)})]
    monday = datetime(2026, 11, 23, 8, tzinfo=clinic.hours.time_zone)
    assert clinic.hours.after(monday, timedelta(hours=9)) == monday.replace(hour=17)
    assert clinic.weekly_hours[0] == ("Monday", "8:00 AM – 5:00 PM")


def test_without_a_default_site_the_first_one_is_used(client, clinic, answers):
    Site.objects.update(is_default_site=False)
    assert client.get(reverse("inquiries:contact")).status_code == 200
    assert client.post(reverse("inquiries:contact"), answers, follow=True).status_code == 200

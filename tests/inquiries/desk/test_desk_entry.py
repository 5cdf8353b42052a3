"""Calls and visits typed in by a colleague; call scripts; paper."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries.desk.manual_entry import EntryForm
from inquiries.models import CannedText, Inquiry
from tests.inquiries.desk.helpers import in_hours, page_html, receive

ENTER = reverse("inquiry:enter")
CALL = {
    "source": "phone",
    "name": "Old Mr Grünwald",
    "phone": "202-555-0188",
    "message": "Wants to know whether we see workers' compensation patients.",
}


def test_a_call_goes_into_the_same_queue_marked_with_who_took_it(desk, front_desk):
    response = desk.post(ENTER, CALL)
    inquiry = Inquiry.objects.get()
    assert response["Location"] == reverse("inquiry:inspect", args=[inquiry.pk])
    assert (inquiry.source, inquiry.entered_by_name, inquiry.status) == ("phone", "Amara Okafor", "new")
    assert (inquiry.phone, inquiry.topic, inquiry.asker) == ("+12025550188", "condition", "patient")
    assert inquiry.due_at > inquiry.received_at
    html = desk.get(response["Location"]).content.decode()
    assert "Phone call, taken by Amara Okafor" in html
    assert "Amara Okafor entered this inquiry" in html
    assert not ProcrastinateJob.objects.exists()  # nobody needs an email about what they said


def test_the_form_speaks_as_a_receptionist_does(desk):
    html = desk.get(ENTER).content.decode()
    for words in ["Family member or caregiver", "Referring doctor&#x27;s office", "Reason for call"]:
        assert words in html


def test_who_calls_again_in_the_same_words_is_on_the_timeline_twice_or_a_new_inquiry(desk):
    for _call in range(2):
        desk.post(ENTER, CALL)
        Inquiry.objects.update(received_at=in_hours(-2))
    assert [event.kind for event in Inquiry.objects.get().events.all()] == ["entered", "entered"]
    Inquiry.objects.update(status="in_progress")
    desk.post(ENTER, CALL)
    assert Inquiry.objects.count() == 2


def test_mistakes_are_shown_and_store_nothing(desk):
    for field, value, says in [
        ("name", "", ""),
        ("phone", "12", "Enter a phone number with its area code"),
        ("phone", "", "Enter a phone number or an email address so we can reach the caller."),
        ("message", "", ""),
        ("source", "form", ""),
        ("source", "", ""),
    ]:
        [error] = EntryForm(CALL | {field: value}).errors[field]
        assert says in error
    response = desk.post(ENTER, CALL | {"name": ""})
    assert (response.status_code, b"error-message" in response.content) == (422, True)
    assert not Inquiry.objects.exists()


def test_save_pressed_twice_is_one_call_assigned_on_request(desk, front_desk):
    first, again = (desk.post(ENTER, {**CALL, "take": "1"})["Location"] for _pressed in range(2))
    inquiry = Inquiry.objects.get()
    assert (first, inquiry.assignee, inquiry.status) == (again, front_desk, "in_progress")
    assert [event.kind for event in inquiry.events.order_by("pk")] == ["entered", "taken"]


def test_entering_is_for_those_who_work_on_inquiries(client, onlooker, editor):
    for user in [onlooker, editor]:
        client.force_login(user)
        assert client.post(ENTER, CALL)["Location"] == reverse("wagtailadmin_home")
    assert not Inquiry.objects.exists()


def test_scripts_are_filled_in_and_a_name_that_looks_like_a_placeholder_stays_a_name(desk):
    CannedText.objects.create(title="Greeting", text="Hello {name}, {my_name} of {clinic}: {reference}.")
    inquiry = receive(name="{clinic_phone}<b>")
    filled_in = "Hello {clinic_phone}&lt;b&gt;, Amara Okafor of Placeholder Pain and Spine Clinic: "
    assert f"{filled_in}{inquiry.reference}." in page_html(desk, inquiry)
    with pytest.raises(ValidationError, match="nonsense"):
        CannedText(title="x", text="Hello {nonsense}").full_clean()


def test_only_managers_keep_saved_texts_each_for_a_topic(desk, as_user, manager):
    url = reverse("saved-texts:add")
    assert desk.get(url)["Location"] == reverse("wagtailadmin_home")
    text = {"use": "reply", "title": "Bills", "text": "Hello {name}", "topic": "billing", "position": 1}
    assert "Insurance or a bill" in as_user(manager).get(url).content.decode()
    as_user(manager).post(url, text)
    assert (CannedText.objects.get().title, CannedText.objects.get().topic) == ("Bills", "billing")


def test_an_inquiry_prints_on_its_own_page(desk, inquiry):
    html = desk.get(reverse("inquiry:print", args=[inquiry.pk])).content.decode()
    assert "My back hurts." in html
    assert "<nav" not in html
    assert "<title>" + inquiry.reference in html

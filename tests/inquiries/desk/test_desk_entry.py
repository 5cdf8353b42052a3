"""Manual entry of calls and visits, call scripts, and the print page."""

import pytest
from bs4 import BeautifulSoup
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


def test_an_entered_call_joins_the_queue_with_its_source_and_who_took_it(desk, front_desk):
    response = desk.post(ENTER, CALL)
    inquiry = Inquiry.objects.get()
    assert response["Location"] == reverse("inquiry:inspect", args=[inquiry.pk])
    assert (inquiry.source, inquiry.entered_by_name, inquiry.status) == ("phone", "Amara Okafor", "new")
    assert (inquiry.phone, inquiry.topic, inquiry.asker) == ("+12025550188", "condition", "patient")
    assert inquiry.due_at > inquiry.received_at
    html = desk.get(response["Location"]).content.decode()
    assert "Phone call, taken by Amara Okafor" in html
    assert "Amara Okafor entered this inquiry" in html
    assert not ProcrastinateJob.objects.exists()  # neither caller nor front desk gets an email


def test_entering_the_same_call_again_adds_an_event_or_an_inquiry(desk):
    for _call in range(2):
        desk.post(ENTER, CALL)
        Inquiry.objects.update(received_at=in_hours(-2))
    assert [event.kind for event in Inquiry.objects.get().events.all()] == ["entered", "entered"]
    Inquiry.objects.update(status="in_progress")
    desk.post(ENTER, CALL)
    assert Inquiry.objects.count() == 2


def test_browsers_dont_suggest_one_patients_data_for_another(desk, inquiry):
    for address in [ENTER, reverse("inquiry:inspect", args=[inquiry.pk])]:
        page = BeautifulSoup(desk.get(address).content, "html.parser")
        assert page.find("input", {"name": "email"}).find_parent("form")["autocomplete"] == "off"


def test_invalid_entries_show_errors_and_store_nothing(desk):
    for field, value, message in [
        ("name", "", ""),
        ("phone", "12", "Enter a phone number with its area code"),
        ("phone", "", "Enter a phone number or an email address so we can reach the caller."),
        ("message", "", ""),
        ("source", "form", ""),
        ("source", "", ""),
    ]:
        [error] = EntryForm(CALL | {field: value}).errors[field]
        assert message in error
    response = desk.post(ENTER, CALL | {"name": ""})
    assert (response.status_code, b"error-message" in response.content) == (422, True)
    assert not Inquiry.objects.exists()


def test_a_call_submitted_twice_is_stored_once_and_assigned_on_request(desk, front_desk):
    first, again = (desk.post(ENTER, {**CALL, "take": "1"})["Location"] for _pressed in range(2))
    inquiry = Inquiry.objects.get()
    assert (first, inquiry.assignee, inquiry.status) == (again, front_desk, "in_progress")
    assert [event.kind for event in inquiry.events.order_by("pk")] == ["entered", "taken"]


def test_only_users_who_handle_inquiries_can_enter_calls(client, onlooker, editor):
    for user in [onlooker, editor]:
        client.force_login(user)
        assert client.post(ENTER, CALL)["Location"] == reverse("wagtailadmin_home")
    assert not Inquiry.objects.exists()


def test_scripts_are_filled_in_but_placeholders_in_names_arent(desk):
    CannedText.objects.create(title="Greeting", text="Hello {name}, {my_name} of {clinic}: {reference}.")
    inquiry = receive(name="{clinic_phone}<b>")
    filled_in = "Hello {clinic_phone}&lt;b&gt;, Amara Okafor of Placeholder Pain and Spine Clinic: "
    assert f"{filled_in}{inquiry.reference}." in page_html(desk, inquiry)
    with pytest.raises(ValidationError, match="nonsense"):
        CannedText(title="x", text="Hello {nonsense}").full_clean()


def test_only_managers_edit_saved_texts(desk, as_user, manager):
    url = reverse("saved-texts:add")
    assert desk.get(url)["Location"] == reverse("wagtailadmin_home")
    text = {"use": "reply", "title": "Bills", "text": "Hello {name}", "topic": "billing", "position": 1}
    assert "Insurance or a bill" in as_user(manager).get(url).content.decode()
    as_user(manager).post(url, text)
    assert (CannedText.objects.get().title, CannedText.objects.get().topic) == ("Bills", "billing")

"""Calls and visits typed in by a colleague; call scripts; paper."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries.models import CannedText, Inquiry
from tests.inquiries.desk.desk_cast import receive

pytestmark = pytest.mark.django_db

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


def test_two_calls_with_the_same_words_are_two(desk):
    desk.post(ENTER, CALL)
    Inquiry.objects.update(status="in_progress")
    desk.post(ENTER, CALL)
    assert Inquiry.objects.count() == 2


def test_save_pressed_twice_is_one(desk):
    assert desk.post(ENTER, CALL)["Location"] == desk.post(ENTER, CALL)["Location"]
    assert Inquiry.objects.get().events.count() == 1


@pytest.mark.parametrize(
    "mistake",
    [{"name": ""}, {"phone": "12"}, {"phone": ""}, {"message": ""}, {"source": "form"}, {"source": ""}],
)
def test_mistakes_are_shown_with_what_was_typed(desk, mistake):
    response = desk.post(ENTER, {**CALL, **mistake})
    assert response.status_code == 422
    assert "error-message" in response.content.decode()
    assert not Inquiry.objects.exists()


def test_a_call_without_number_or_address_is_refused_in_the_colleagues_words(desk):
    html = desk.post(ENTER, {**CALL, "phone": ""}).content.decode()
    assert "Enter a phone number or an email address so we can reach the caller." in html


def test_an_entered_call_is_assigned_on_request(desk, front_desk):
    for _pressed in range(2):
        desk.post(ENTER, {**CALL, "take": "1"})
    inquiry = Inquiry.objects.get()
    assert (inquiry.assignee, inquiry.status) == (front_desk, "in_progress")
    assert [event.kind for event in inquiry.events.order_by("pk")] == ["entered", "taken"]


def test_entering_is_for_those_who_work_on_inquiries(client, onlooker, editor):
    for user in [onlooker, editor]:
        client.force_login(user)
        assert client.post(ENTER, CALL)["Location"] == reverse("wagtailadmin_home")
    assert not Inquiry.objects.exists()


def test_scripts_are_filled_in_on_the_page(desk, inquiry):
    CannedText.objects.create(title="Greeting", text="Hello {name}, {my_name} of {clinic}: {reference}.")
    html = desk.get(reverse("inquiry:inspect", args=[inquiry.pk])).content.decode()
    assert (
        f"Hello Ana Lovelace, Amara Okafor of Placeholder Pain and Spine Clinic: {inquiry.reference}." in html
    )


def test_a_name_that_looks_like_a_placeholder_stays_a_name(desk):
    CannedText.objects.create(title="Greeting", text="Hello {name}!")
    inquiry = receive(name="{clinic_phone}<b>")
    assert (
        "Hello {clinic_phone}&lt;b&gt;!"
        in desk.get(reverse("inquiry:inspect", args=[inquiry.pk])).content.decode()
    )


def test_scripts_with_unknown_placeholders_are_refused():
    with pytest.raises(ValidationError, match="nonsense"):
        CannedText(title="x", text="Hello {nonsense}").full_clean()


def test_only_managers_keep_scripts(desk, client, manager):
    url = reverse("saved-texts:add")
    assert desk.get(url)["Location"] == reverse("wagtailadmin_home")
    manager.user_permissions.add(*Permission.objects.filter(codename__endswith="_cannedtext"))
    client.force_login(manager)
    client.post(url, {"title": "Greeting", "text": "Hello {name}", "position": 1, "use": "call"})
    assert CannedText.objects.get().title == "Greeting"


def test_an_inquiry_prints_on_its_own_page(desk, inquiry):
    html = desk.get(reverse("inquiry:print", args=[inquiry.pk])).content.decode()
    assert "My back hurts." in html
    assert "<nav" not in html
    assert "<title>" + inquiry.reference in html

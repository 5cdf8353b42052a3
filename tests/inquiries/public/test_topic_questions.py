"""Topics' extra questions, whose answers are optional, encrypted, and judged for urgency."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from education.models import HomePage, LocationIndexPage, LocationPage
from inquiries.models import Inquiry, Topic
from inquiries.public.form.inquiry_form import InquiryForm
from inquiries.public.form.offer import recent_offer
from tests.inquiries.desk.helpers import receive

CONTACT = reverse("inquiries:contact")
EXTRA_FIELDS = ["extra", "times", "visit", "insurance", "location"]


def update_topic(code="appointment", **values):
    Topic.objects.filter(code=code).update(**values)


def add_questions():
    """Let appointments ask for everything, and bills ask their own question."""
    update_topic(asks_times=True, asks_visit=True, asks_insurance=True, question="Who sent you?")
    update_topic("billing", question="Which bill is it <about>?")


@pytest.fixture
def extra_questions():
    add_questions()


@pytest.fixture
def offices():
    index = HomePage.objects.get().add_child(instance=LocationIndexPage(title="Offices"))
    contact = {"street_address": "1 Sample Street", "city": "Sample", "phone": "(202) 555-0100"}
    return [
        index.add_child(instance=LocationPage(title="Main office")),
        index.add_child(instance=LocationPage(title="Harbor office", **contact)),
    ]


def form(client):
    return BeautifulSoup(client.get(CONTACT).content, "html.parser")


def test_topics_have_no_extra_questions_unless_a_manager_adds_them(client):
    assert not any(form(client).select(f"[name={name}]") for name in EXTRA_FIELDS)
    add_questions()
    page = form(client)
    asks = {option["value"]: option.get("data-asks") for option in page.select("[name=topic] option")}
    assert (asks["appointment"], asks["billing"]) == ("times visit insurance extra q1", "extra q2")
    assert asks["other"] is None
    assert page.select_one(".field--extra .q--2").text == "Which bill is it <about>?"
    assert page.select_one(".field--times")


def test_answers_are_shown_to_the_front_desk_and_stored_encrypted(client, answers, extra_questions, desk):
    more = {"times": "Monday\nmornings", "visit": "new", "insurance": "Acme Health", "extra": "Dr. Sample"}
    assert client.post(CONTACT, answers | {"topic": "appointment"} | more).status_code == 302
    inquiry = Inquiry.objects.get()
    assert inquiry.details_shown == [
        ("Who sent you?", "Dr. Sample"),
        ("What days and times work for you?", "Monday mornings"),
        ("Have you been a patient here before?", "No, it would be my first visit"),
        ("Your insurance", "Acme Health"),
    ]
    for name in ["inquiry:inspect", "inquiry:print"]:
        assert "Acme Health" in desk.get(reverse(name, args=[inquiry.pk])).content.decode()
    [stored] = Inquiry.objects.values_list("details", flat=True)
    assert b"Acme" not in bytes(stored)


def test_urgency_is_judged_from_the_answers_but_not_from_our_questions(client, answers, extra_questions):
    update_topic(question="Do you have chest pain or trouble breathing?")
    client.post(CONTACT, answers | {"topic": "appointment", "extra": "no"})
    assert not Inquiry.objects.latest("pk").urgent
    client.post(CONTACT, answers | {"topic": "appointment", "times": "I want to kill myself"})
    assert Inquiry.objects.latest("pk").tier == "crisis"
    invalid = {"name": "", "topic": "appointment", "times": "I want to kill myself"}
    assert "Call or text 988 now" in client.post(CONTACT, answers | invalid).content.decode()


def test_an_invalid_answer_is_an_error_of_its_field(answers, extra_questions):
    for text in ["x" * 201, "a\x00b", "\ufffd"]:
        form = InquiryForm(answers | {"topic": "appointment", "extra": text})
        assert list(form.errors) == ["extra"]


def test_answers_to_questions_that_were_just_removed_are_kept(client, answers, extra_questions):
    update_topic(asks_insurance=False, question="")
    update_topic("billing", question="")
    client.post(CONTACT, answers | {"topic": "appointment", "insurance": "Acme", "extra": "Dr. Sample"})
    kept = [("One more question", "Dr. Sample"), ("Your insurance", "Acme")]
    assert Inquiry.objects.get().details_shown == kept


def test_at_most_six_topics_have_a_question(as_user, manager):
    Topic.objects.exclude(code="billing").update(question="What?")
    url = reverse("topics:edit", args=[Topic.objects.get(code="billing").pk])
    data = {"label": "Bills", "position": 1, "question": "Which?"}
    assert "Six topics already have" in as_user(manager).post(url, data).content.decode()


def test_patients_can_choose_among_several_offices(client, answers, offices, desk):
    options = [option.text for option in form(client).select("[name=location] option")]
    assert options == ["Any office", "Main office", "Harbor office"]
    client.post(CONTACT, answers | {"location": offices[1].pk})
    inquiry = Inquiry.objects.get()
    assert (inquiry.location_id, inquiry.location_name) == (offices[1].pk, "Harbor office")
    receive(name="Elsewhere")
    html = desk.get("/admin/inquiries/", {"location": offices[1].pk}).content.decode()
    assert ("Maria Example" in html, "Elsewhere" in html) == (True, False)
    offices[1].delete()
    inquiry.refresh_from_db()
    assert (inquiry.location_id, inquiry.location_name) == (None, "Harbor office")


def test_an_invalid_office_is_ignored(client, answers, offices):
    for sent in ["", "0", "9" * 30, "x", "-1", "1"]:
        found = InquiryForm(answers | {"location": sent}, offer=recent_offer())
        assert found.is_valid(), sent
        assert found.answers()["location_id"] is None, sent
    offices[1].unpublish()
    assert not form(client).select("[name=location]")  # there's only one office
    assert client.post(CONTACT, answers | {"location": offices[1].pk}).status_code == 302
    assert Inquiry.objects.get().location_id is None


def test_the_front_desks_form_has_the_same_extra_questions(desk, offices, extra_questions):
    data = {"source": "phone", "name": "Bo", "phone": "202 555 0143", "message": "Hi", "topic": "appointment"}
    data |= {"asker": "patient", "preferred_contact": "either", "location": offices[0].pk}
    assert desk.post(reverse("inquiry:enter"), data | {"insurance": "Acme"}).status_code == 302
    inquiry = Inquiry.objects.get()
    assert (inquiry.location_name, inquiry.details_shown) == ("Main office", [("Insurance", "Acme")])

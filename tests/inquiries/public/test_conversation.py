"""A patient opens a reply with its link and reading code, and can write back."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from inquiries.choices import EventKind, Status
from inquiries.lookup import reading_codes
from inquiries.models import Inquiry, Reply
from inquiries.public.conversation import ticket_for
from tests.inquiries.desk.helpers import seen
from tests.inquiries.public.conftest import STATUS, TEXT, ticket


def test_the_reading_code_opens_a_reply_in_any_format_until_the_link_expires(client, link, code, inquiry):
    cross_site = {"sec-fetch-site": "cross-site", "origin": "https://evil.example"}
    for address, proof in [
        (link, {"code": code}),
        (STATUS, {"reference": inquiry.reference, "code": code}),
        (STATUS, {"ticket": ticket_for(inquiry)}),
    ]:
        assert TEXT not in client.post(address, proof, headers=cross_site).content.decode(), proof
    assert TEXT in client.post(link, {"code": f" {code.lower()[:3]}-{code[3:]} "}).content.decode()
    assert Reply.objects.get().delivery == "opened"
    assert Inquiry.objects.get().events.filter(kind=EventKind.OPENED).count() == 1
    Reply.objects.update(expires_at=timezone.now())
    assert client.post(link, {"code": code}).status_code == 410


def test_a_guessed_link_opens_nothing(client, reply, code):
    for guess in ["x", reply.token[:-1], reply.token_digest, "\x00", "é" * 40]:
        assert client.post(reverse("inquiries:reply", args=[guess]), {"code": code}).status_code == 410


def test_five_wrong_codes_lock_the_link_until_a_new_code_is_issued(
    client, link, code, inquiry, reply, front_desk
):
    for _ in range(4):
        inquiry.check_reading_code("AAAAAA", reply)
    assert TEXT not in client.post(link, {"code": "AAAAAA"}).content.decode()
    assert client.post(link, {"code": code}).status_code == 410
    inquiry.refresh_from_db()
    assert inquiry.events.last().describe() == "Locked after five wrong reading codes: call the patient"
    assert inquiry.status == Status.IN_PROGRESS
    new = inquiry.issue_reading_code(by=front_desk, seen=seen(inquiry))
    assert TEXT not in client.post(link, {"code": code}).content.decode()
    assert TEXT in client.post(link, {"code": new}).content.decode()


def test_a_patients_answer_reopens_the_inquiry_for_its_assignee(client, inquiry, reply, front_desk):
    response = client.post(STATUS, {"ticket": ticket_for(inquiry), "message": "Thank you. Which Friday?"})
    assert "Which Friday?" in response.content.decode()
    inquiry.refresh_from_db()
    assert (inquiry.status, inquiry.assignee) == (Status.IN_PROGRESS, front_desk)
    assert inquiry.due_at > timezone.now()
    crisis = {"ticket": ticket_for(inquiry), "message": "I want to end my life tonight."}
    assert "988" in client.post(STATUS, crisis).content.decode()
    inquiry.refresh_from_db()
    assert inquiry.urgent


def test_an_answer_that_only_the_classifier_finds_urgent_is_stored(client, inquiry):
    """The classifier's reasons are translated strings, while those of phrases are in the database."""
    message = "My husband has been talking strangely since an hour and dropped his cup twice."
    html = client.post(STATUS, {"ticket": ticket_for(inquiry), "message": message}).content.decode()
    assert "Call 911 now" in html
    inquiry.refresh_from_db()
    assert (inquiry.urgent_because, inquiry.advice) == ("Reads like an emergency", "emergency")
    message = "Now I have chest pain and can't breathe"
    client.post(STATUS, {"ticket": ticket_for(inquiry), "message": message})
    inquiry.refresh_from_db()
    newest, *_others, first = inquiry.urgent_because.splitlines()
    assert ("hest pain" in newest, first) == (True, "Reads like an emergency")


@pytest.mark.parametrize(
    ("problem", "status", "sentence"),
    [
        ("forged or too late", 403, "That page was open for too long"),
        ("broken", 503, "Something went wrong on our side, so nothing was sent."),
        ("too long", 422, "Shorten this text to 5,000 characters."),
    ],
)
def test_an_answer_that_wasnt_stored_is_returned_below_the_advice(client, inquiry, problem, status, sentence):
    message = "I want to end my life tonight."
    answer = {"ticket": ticket_for(inquiry), "message": message * (200 if problem == "too long" else 1)}
    if problem == "broken":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE inquiries_inquiryevent RENAME TO elsewhere")
    if problem == "forged or too late":
        answer["ticket"] = "x"
    response = client.post(STATUS, answer)
    html = response.content.decode()
    assert (response.status_code, sentence in html) == (status, True)
    assert html.index('href="tel:988"') < html.index("<h1>") < html.index(message)


def test_text_from_an_expired_page_is_restored_after_entering_the_code(client, inquiry, code):
    message = "It hurts less.\n\n«Gracias»"
    data = {"ticket": "x", "message": message}
    for typed in [{}, {"reference": inquiry.reference, "code": "CCCCCC"}, {"code": code}]:
        form = BeautifulSoup(client.post(STATUS, data).content, "html.parser").select_one("form.form")
        data = {field["name"]: field.get("value", "") for field in form.select("input")} | typed
    textarea = BeautifulSoup(client.post(STATUS, data).content, "html.parser").textarea
    assert textarea.text.strip() == message
    assert not inquiry.events.filter(kind=EventKind.WROTE).exists()


def test_the_reference_and_reading_code_show_the_inquirys_status(client, inquiry, code):
    proof = {"reference": inquiry.reference, "code": code}
    assert "We have your message, but" in client.post(STATUS, proof).content.decode()
    Inquiry.objects.update(opened_at=timezone.now())
    html = client.post(STATUS, proof).content.decode()
    for text in ["We&#x27;re working on your message.", "Anything to add?", "I don't need an answer anymore"]:
        assert text in html


def test_a_locked_status_page_doesnt_reveal_whether_the_inquiry_exists(client, inquiry, code):
    def page(reference, typed, **hidden):
        html = client.post(STATUS, {"reference": reference, "code": typed, **hidden}).content.decode()
        return re.sub("<input[^>]*>", "", html[html.index("<main") :])

    unknown = page("CCCC-CCCC", code)
    assert "That reference and reading code don&#x27;t match" in unknown
    first = page(inquiry.reference, "CCCCCC")
    for _ in range(3):
        inquiry.check_reading_code("CCCCCC")
    fifth = page(inquiry.reference, "CCCCCC")
    locked, old = page(inquiry.reference, code), page(inquiry.reference, code, drawn=0)
    assert {unknown, first, fifth, locked, old} == {unknown}
    assert "Five wrong codes lock a message." in unknown
    assert "Cinco códigos incorrectos bloquean un mensaje." in unknown
    assert unknown.count('href="tel:+12025550100"') >= 2


def test_a_withdrawn_inquiry_stays_open_and_can_be_added_to(client, inquiry, code, front_desk):
    page = client.post(STATUS, {"ticket": ticket_for(inquiry), "withdraw": "1"})
    assert "You told us you don&#x27;t need an answer." in page.content.decode()
    assert 'name="withdraw"' not in page.content.decode()
    assert "You don't need an answer anymore" in page.content.decode()
    inquiry.refresh_from_db()
    assert (inquiry.status, inquiry.events.last().kind) == (Status.NEW, EventKind.WITHDRAWN)
    page = client.post(STATUS, {"ticket": ticket(page), "message": "I have chest pain and can't breathe."})
    assert "You told us" not in page.content.decode()
    assert 'name="withdraw"' in page.content.decode()
    html = client.post(STATUS, {"ticket": ticket(page), "withdraw": "1"}).content.decode()
    assert "Your message may be urgent, so we may still call you." in html
    assert html.index('href="tel:911"') < html.index("<h1>")
    inquiry.refresh_from_db()
    closing = {"outcome": "answered", "was_urgent": True}
    inquiry.log_call("spoke", by=front_desk, seen=seen(inquiry))
    inquiry.change_status("closed", by=front_desk, seen=seen(inquiry), **closing)
    page = client.post(STATUS, {"reference": inquiry.reference, "code": code})
    assert 'name="withdraw"' not in page.content.decode()


def test_a_repeated_addition_counts_again_after_a_colleague_has_acted(inquiry, front_desk):
    assert [inquiry.patient_wrote("Please call me.") for _ in range(2)] == [True, False]
    inquiry.change_status("closed", outcome="not_for_us", by=front_desk, seen=seen(inquiry))
    assert [inquiry.patient_wrote("Please call me.") for _ in range(2)] == [True, False]
    assert inquiry.status == Status.NEW
    assert inquiry.events.filter(kind=EventKind.WROTE).count() == 2


def test_only_a_keyed_hash_of_the_reading_code_is_stored(inquiry, code, settings):
    inquiry.refresh_from_db()
    assert code not in str(vars(inquiry))
    stored = inquiry.reading_code_hash
    settings.SECRET_KEY = "another"
    assert reading_codes.hash_of(code, inquiry.uuid) != stored

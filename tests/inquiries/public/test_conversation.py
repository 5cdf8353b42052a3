"""A reply arrives as a link; link and reading code open it, and the patient can answer there."""

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


def test_the_reading_code_opens_it_however_it_is_typed_until_the_link_ends(client, link, code, inquiry):
    elsewhere = {"sec-fetch-site": "cross-site", "origin": "https://evil.example"}
    for address, proof in [
        (link, {"code": code}),
        (STATUS, {"reference": inquiry.reference, "code": code}),
        (STATUS, {"ticket": ticket_for(inquiry)}),
    ]:
        assert TEXT not in client.post(address, proof, headers=elsewhere).content.decode(), proof
    assert TEXT in client.post(link, {"code": f" {code.lower()[:3]}-{code[3:]} "}).content.decode()
    assert Reply.objects.get().delivery == "opened"
    assert Inquiry.objects.get().events.filter(kind=EventKind.OPENED).count() == 1
    Reply.objects.update(expires_at=timezone.now())
    assert client.post(link, {"code": code}).status_code == 410


def test_a_guessed_link_opens_nothing(client, reply, code):
    for guess in ["x", reply.token[:-1], reply.token_digest, "\x00", "é" * 40]:
        assert client.post(reverse("inquiries:reply", args=[guess]), {"code": code}).status_code == 410


def test_five_wrong_codes_lock_the_link_until_there_is_a_new_one(
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


def test_the_patient_answers_there_and_it_comes_back_to_its_assignee(client, inquiry, reply, front_desk):
    response = client.post(STATUS, {"ticket": ticket_for(inquiry), "message": "Thank you. Which Friday?"})
    assert "Which Friday?" in response.content.decode()
    inquiry.refresh_from_db()
    assert (inquiry.status, inquiry.assignee) == (Status.IN_PROGRESS, front_desk)
    assert inquiry.due_at > timezone.now()
    # An urgent one is met with help.
    crisis = {"ticket": ticket_for(inquiry), "message": "I want to end my life tonight."}
    assert "988" in client.post(STATUS, crisis).content.decode()
    inquiry.refresh_from_db()
    assert inquiry.urgent


def test_an_answer_that_only_the_learned_score_finds_urgent_is_stored(client, inquiry):
    """The reasons of the score are translated texts; those of the phrases are in the database."""
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
    ("how", "status", "says"),
    [
        ("forged or too late", 403, "That page was open for too long"),
        ("broken", 503, "Something went wrong on our side, so nothing was sent."),
        ("too long", 422, "Shorten this text to 5,000 characters."),
    ],
)
def test_an_answer_that_was_not_stored_comes_back_below_the_advice(client, inquiry, how, status, says):
    sent = ticket_for(inquiry)
    words = "I want to end my life tonight."
    if how == "broken":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE inquiries_inquiryevent RENAME TO elsewhere")
    answer = {"ticket": "x" if how == "forged or too late" else sent}
    answer["message"] = words * (200 if how == "too long" else 1)
    response = client.post(STATUS, answer)
    html = response.content.decode()
    assert (response.status_code, says in html) == (status, True)
    assert html.index('href="tel:988"') < html.index("<h1>") < html.index(words)


def test_what_was_typed_for_too_long_is_there_again_after_the_code(client, inquiry, code):
    words = "It hurts less.\n\n«Gracias»"
    data = {"ticket": "x", "message": words}
    for more in [{}, {"reference": inquiry.reference, "code": "CCCCCC"}, {"code": code}]:
        form = BeautifulSoup(client.post(STATUS, data).content, "html.parser").select_one("form.form")
        data = {field["name"]: field.get("value", "") for field in form.select("input")} | more
    box = BeautifulSoup(client.post(STATUS, data).content, "html.parser").textarea
    assert box.text.strip() == words
    assert not inquiry.events.filter(kind=EventKind.WROTE).exists()


def test_reference_and_code_show_where_it_stands(client, inquiry, code):
    proof = {"reference": inquiry.reference, "code": code}
    assert "Nobody has read it yet" in client.post(STATUS, proof).content.decode()
    Inquiry.objects.update(opened_at=timezone.now())
    html = client.post(STATUS, proof).content.decode()
    for words in ["We&#x27;re working on your message.", "Write back", "I don't need an answer anymore"]:
        assert words in html


def test_a_locked_page_says_what_to_do_and_not_whether_the_inquiry_exists(client, inquiry, code):
    def answer(reference, typed, **old):
        html = client.post(STATUS, {"reference": reference, "code": typed, **old}).content.decode()
        return re.sub("<input[^>]*>", "", html[html.index("<main") :])

    unknown = answer("CCCC-CCCC", code)
    assert "That reference and reading code don&#x27;t match" in unknown
    first = answer(inquiry.reference, "CCCCCC")
    for _ in range(3):
        inquiry.check_reading_code("CCCCCC")
    fifth = answer(inquiry.reference, "CCCCCC")
    locked, old = answer(inquiry.reference, code), answer(inquiry.reference, code, drawn=0)
    assert {unknown, first, fifth, locked, old} == {unknown}
    assert "Five wrong codes lock a message." in unknown
    assert "Cinco códigos incorrectos bloquean un mensaje." in unknown
    assert unknown.count('href="tel:+12025550100"') >= 2


def test_withdrawing_hides_nothing_and_whoever_writes_again_waits_for_an_answer(
    client, inquiry, code, front_desk
):
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
    how = {"outcome": "answered", "was_urgent": True}
    inquiry.log_call("spoke", by=front_desk, seen=seen(inquiry))
    inquiry.change_status("closed", by=front_desk, seen=seen(inquiry), **how)
    page = client.post(STATUS, {"reference": inquiry.reference, "code": code})
    assert 'name="withdraw"' not in page.content.decode()


def test_the_same_words_count_again_once_a_colleague_has_done_something(inquiry, front_desk):
    assert [inquiry.patient_wrote("Please call me.") for _ in range(2)] == [True, False]
    inquiry.change_status("closed", outcome="not_for_us", by=front_desk, seen=seen(inquiry))
    assert [inquiry.patient_wrote("Please call me.") for _ in range(2)] == [True, False]
    assert inquiry.status == Status.NEW
    assert inquiry.events.filter(kind=EventKind.WROTE).count() == 2


def test_the_code_is_not_stored_and_no_dump_of_the_row_finds_it(inquiry, code, settings):
    inquiry.refresh_from_db()
    assert code not in str(vars(inquiry))
    stored = inquiry.reading_code_hash
    settings.SECRET_KEY = "another"
    assert reading_codes.hash_of(code, inquiry.uuid) != stored

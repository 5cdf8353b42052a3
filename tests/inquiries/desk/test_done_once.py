"""A press whose answer got lost, or that was pressed twice, is done once; its draft doesn't come back."""

from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries import jobs
from inquiries.choices import EventKind
from inquiries.models import Draft, InquiryEvent, Reply
from tests.inquiries.desk.helpers import FIRST_ATTEMPT, act, seen

TEXT = "Canary: stop the aspirin on Friday."


@pytest.fixture
def page(inquiry):
    """What an open page sends along: the same for each press of its buttons."""
    return {"seen": seen(inquiry), "idempotency_key": str(uuid4())}


def send(desk, inquiry, page, answer=TEXT, **more):
    return act(desk, "reply", inquiry, answer=answer, link_days=7, confirmed="1", **page | more)


def autosave(desk, inquiry, page, **typed):
    return desk.post(reverse("inquiry:draft", args=[inquiry.pk]), page | typed).status_code


def test_a_reply_sent_again_by_reload_or_double_click_goes_out_once(desk, inquiry, page):
    assert send(desk, inquiry, page).status_code == 302
    again = send(desk, inquiry, page, follow=True)
    assert "You sent this before, so nothing was done twice." in again.content.decode()
    assert Reply.objects.count() == 1
    assert ProcrastinateJob.objects.filter(task_name="inquiries.send_reply").count() == 1
    assert not Draft.objects.exists()


def test_a_page_has_a_key_and_the_one_that_asks_first_has_the_same(desk, inquiry):
    opened = desk.get(reverse("inquiry:inspect", args=[inquiry.pk]))
    key = str(opened.context["idempotency_key"])
    asked = act(desk, "reply", inquiry, answer=TEXT, link_days=7, idempotency_key=key)
    for page in [opened, asked]:
        assert f'name="idempotency_key" value="{key}"' in page.content.decode()


def test_what_is_typed_anew_on_a_page_that_was_gone_back_to_is_neither_sent_nor_lost(desk, inquiry, page):
    send(desk, inquiry, page)
    back = send(desk, inquiry, page, answer="Another answer", text="A note")
    assert back.status_code == 409
    assert "Another answer</textarea>" in back.content.decode()
    assert back.context["idempotency_key"] != page["idempotency_key"]
    assert (Draft.objects.get().answer, Draft.objects.get().text) == ("Another answer", "A note")
    assert Reply.objects.count() == 1


def test_an_autosave_that_arrives_after_the_reply_does_not_bring_the_draft_back(desk, inquiry, page):
    assert autosave(desk, inquiry, page, answer=TEXT) == 200
    send(desk, inquiry, page)
    assert autosave(desk, inquiry, page, answer=TEXT[:20]) == 409
    assert not Draft.objects.exists()


def test_a_note_and_a_closing_pressed_twice_are_on_the_timeline_once(desk, inquiry, page):
    press = {"did": "no_answer", "text": "She asks for a morning.", "then": "close", "outcome": "no_answer"}
    answers = [act(desk, "compose", inquiry, **press, **page).status_code for _ in range(2)]
    assert answers == [302, 302]
    kinds = inquiry.events.exclude(by=None).values_list("kind", flat=True)
    assert list(kinds) == [EventKind.CALL, EventKind.STATUS]


def test_the_database_keeps_one_event_a_key(desk, inquiry, page):
    send(desk, inquiry, page)
    with pytest.raises(IntegrityError), transaction.atomic():
        InquiryEvent.objects.create(
            inquiry=inquiry, kind=EventKind.NOTE, idempotency_key=page["idempotency_key"]
        )
    assert send(desk, inquiry, page | {"seen": 2**62}).status_code == 302


def test_a_page_without_a_key_still_works(desk, inquiry):
    keys = ["", "\x00", "0" * 31]
    for key in keys:
        assert send(desk, inquiry, {"idempotency_key": key}).status_code == 302
    assert Reply.objects.count() == len(keys)


def test_a_job_that_runs_again_sends_no_second_email(desk, inquiry, page):
    send(desk, inquiry, page)
    for _ in range(2):  # its worker was killed before it could say so
        jobs.send_reply.func(FIRST_ATTEMPT, reply_id=Reply.objects.get().pk)
    assert len(mail.outbox) == 1

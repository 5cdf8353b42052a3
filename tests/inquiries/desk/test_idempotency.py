"""Idempotency: a form submitted twice is processed once, and its draft doesn't reappear."""

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
    """The hidden fields of an open page, the same for each submission."""
    return {"seen": seen(inquiry), "idempotency_key": str(uuid4())}


def send(desk, inquiry, page, answer=TEXT, **extra):
    return act(desk, "reply", inquiry, answer=answer, link_days=7, confirmed="1", **page | extra)


def autosave(desk, inquiry, page, **typed):
    return desk.post(reverse("inquiry:draft", args=[inquiry.pk]), page | typed).status_code


def test_a_reply_submitted_twice_is_sent_once(desk, inquiry, page):
    assert send(desk, inquiry, page).status_code == 302
    again = send(desk, inquiry, page, follow=True)
    assert "You already sent this, so it was not done again." in again.content.decode()
    assert Reply.objects.count() == 1
    assert ProcrastinateJob.objects.filter(task_name="inquiries.send_reply").count() == 1
    assert not Draft.objects.exists()


def test_the_confirmation_page_keeps_the_idempotency_key(desk, inquiry):
    opened = desk.get(reverse("inquiry:inspect", args=[inquiry.pk]))
    key = str(opened.context["idempotency_key"])
    confirmation = act(desk, "reply", inquiry, answer=TEXT, link_days=7, idempotency_key=key)
    for page in [opened, confirmation]:
        assert f'name="idempotency_key" value="{key}"' in page.content.decode()


def test_new_text_submitted_from_a_used_page_is_neither_sent_nor_lost(desk, inquiry, page):
    send(desk, inquiry, page)
    back = send(desk, inquiry, page, answer="Another answer", text="A note")
    assert back.status_code == 409
    assert "Another answer</textarea>" in back.content.decode()
    assert back.context["idempotency_key"] != page["idempotency_key"]
    assert (Draft.objects.get().answer, Draft.objects.get().text) == ("Another answer", "A note")
    assert Reply.objects.count() == 1


def test_a_late_autosave_doesnt_restore_the_draft_of_a_sent_reply(desk, inquiry, page):
    assert autosave(desk, inquiry, page, answer=TEXT) == 200
    send(desk, inquiry, page)
    assert autosave(desk, inquiry, page, answer=TEXT[:20]) == 409
    assert not Draft.objects.exists()


def test_a_call_and_closing_submitted_twice_are_recorded_once(desk, inquiry, page):
    data = {"did": "no_answer", "text": "She asks for a morning.", "then": "close", "outcome": "no_answer"}
    assert [act(desk, "compose", inquiry, **data, **page).status_code for _ in range(2)] == [302, 302]
    kinds = inquiry.events.exclude(by=None).values_list("kind", flat=True)
    assert list(kinds) == [EventKind.CALL, EventKind.STATUS]


def test_the_database_allows_one_event_per_idempotency_key(desk, inquiry, page):
    send(desk, inquiry, page)
    with pytest.raises(IntegrityError), transaction.atomic():
        InquiryEvent.objects.create(
            inquiry=inquiry, kind=EventKind.NOTE, idempotency_key=page["idempotency_key"]
        )
    assert send(desk, inquiry, page | {"seen": 2**62}).status_code == 302


def test_missing_or_invalid_idempotency_keys_are_accepted(desk, inquiry):
    keys = ["", "\x00", "0" * 31]
    for key in keys:
        assert send(desk, inquiry, {"idempotency_key": key}).status_code == 302
    assert Reply.objects.count() == len(keys)


def test_a_repeated_job_sends_no_second_email(desk, inquiry, page):
    send(desk, inquiry, page)
    for _ in range(2):  # the worker was killed before it could mark the job as done
        jobs.send_reply.func(FIRST_ATTEMPT, reply_id=Reply.objects.get().pk)
    assert len(mail.outbox) == 1

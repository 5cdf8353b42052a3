"""Probable spam sends no emails until staff decides that it isn't spam; then each is queued once."""

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries import jobs
from inquiries.choices import Status
from inquiries.models import BulkAction, Inquiry
from tests.inquiries.desk.helpers import act, confirm, ids, page_html, receive, seen

FIRST_EMAILS = ["front_desk_notice", "receipt"]
PITCH = "We offer SEO services: https://rank.example"


def queued():
    emails = ProcrastinateJob.objects.filter(task_name=jobs.send_email.name).order_by("pk")
    return [job.args["letter"] for job in emails]


@pytest.fixture(params=["labeled", "spam"])
def held_back(request, client, answers):
    """An inquiry labeled for its trap field, or moved to Spam because it also has a sales pitch."""
    pitch = {"message": PITCH} if request.param == "spam" else {}
    client.post(reverse("inquiries:contact"), {**answers, **pitch, "url": "https://filled.example"})
    inquiry = Inquiry.objects.get()
    assert (inquiry.status == Status.SPAM) == bool(pitch)
    assert (inquiry.probably_spam, queued()) == (True, [])
    return inquiry


def test_marking_and_unmarking_spam_doesnt_send_emails_again(desk, front_desk):
    inquiry = receive()
    assert queued() == FIRST_EMAILS
    inquiry.change_status(Status.SPAM, by=front_desk, seen=seen(inquiry))
    mark_not_spam(desk, inquiry)
    assert queued() == FIRST_EMAILS


def mark_not_spam(desk, inquiry):
    act(desk, "not_spam", inquiry)
    assert (inquiry.status, inquiry.probably_spam) == (Status.NEW, False)


def test_marking_as_not_spam_queues_the_emails_once(desk, front_desk, held_back):
    mark_not_spam(desk, held_back)
    assert queued() == FIRST_EMAILS
    page = page_html(desk, held_back)
    assert "Emails that were held back are being sent." in page
    assert "Amara Okafor said that it isn&#x27;t spam" in page
    held_back.change_status(Status.SPAM, by=front_desk, seen=seen(held_back))
    mark_not_spam(desk, held_back)
    assert queued() == FIRST_EMAILS


@pytest.mark.parametrize("held_back", ["labeled"], indirect=True)
def test_assigning_an_inquiry_queues_its_emails(front_desk, held_back):
    held_back.take(by=front_desk, seen=seen(held_back))
    assert (held_back.probably_spam, queued()) == (False, FIRST_EMAILS)


def test_undoing_a_bulk_not_spam_doesnt_queue_the_emails_again(desk, held_back, front_desk):
    status = held_back.status
    confirm(desk, "not_spam", ids([held_back]))
    assert queued() == FIRST_EMAILS
    assert BulkAction.objects.get().undo(by=front_desk) == 1
    held_back.refresh_from_db()
    assert (held_back.status, held_back.probably_spam) == (status, True)
    mark_not_spam(desk, held_back)
    assert queued() == FIRST_EMAILS


@pytest.mark.parametrize("held_back", ["spam"], indirect=True)
def test_a_note_or_a_stale_change_doesnt_queue_the_emails(desk, front_desk, held_back):
    held_back.add_note("Is it?", by=front_desk, seen=seen(held_back))
    assert act(desk, "not_spam", held_back, seen=0).status_code == 409
    assert (held_back.probably_spam, queued()) == (True, [])

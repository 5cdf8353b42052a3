"""What looks like spam sends no emails, until somebody says that it isn't spam: then each is queued, once."""

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries import jobs
from inquiries.choices import Status
from inquiries.models import BulkAction, Inquiry
from tests.inquiries.desk.helpers import act, confirm, ids, page_html, receive, seen

BOTH = ["front_desk_notice", "receipt"]
PITCH = "We offer SEO services: https://rank.example"


def queued():
    emails = ProcrastinateJob.objects.filter(task_name=jobs.send_email.name).order_by("pk")
    return [job.args["letter"] for job in emails]


@pytest.fixture(params=["labeled", "spam"])
def held_back(request, client, answers):
    """Labeled for its trap field, or in Spam for a pitch besides."""
    pitch = {"message": PITCH} if request.param == "spam" else {}
    client.post(reverse("inquiries:contact"), {**answers, **pitch, "url": "https://filled.example"})
    inquiry = Inquiry.objects.get()
    assert (inquiry.status == Status.SPAM) == bool(pitch)
    assert (inquiry.probably_spam, queued()) == (True, [])
    return inquiry


def test_marking_as_spam_sends_no_emails_again(desk, front_desk):
    inquiry = receive()
    assert queued() == BOTH
    inquiry.change_status(Status.SPAM, by=front_desk, seen=seen(inquiry))
    not_spam(desk, inquiry)
    assert queued() == BOTH


def not_spam(desk, inquiry):
    act(desk, "not_spam", inquiry)
    assert (inquiry.status, inquiry.probably_spam) == (Status.NEW, False)


def test_an_inquiry_judged_ordinary_releases_its_emails_once(desk, front_desk, held_back):
    not_spam(desk, held_back)
    assert queued() == BOTH
    page = page_html(desk, held_back)
    assert "Emails that were held back are being sent." in page
    assert "Amara Okafor said that it isn&#x27;t spam" in page
    held_back.change_status(Status.SPAM, by=front_desk, seen=seen(held_back))
    not_spam(desk, held_back)
    assert queued() == BOTH


@pytest.mark.parametrize("held_back", ["labeled"], indirect=True)
def test_assigning_an_inquiry_releases_its_emails(front_desk, held_back):
    held_back.take(by=front_desk, seen=seen(held_back))
    assert (held_back.probably_spam, queued()) == (False, BOTH)


def test_many_that_are_no_spam_get_them_and_not_again_after_it_was_undone(desk, held_back, front_desk):
    was = held_back.status
    confirm(desk, "not_spam", ids([held_back]))
    assert queued() == BOTH
    assert BulkAction.objects.get().undo(by=front_desk) == 1
    held_back.refresh_from_db()
    assert (held_back.status, held_back.probably_spam) == (was, True)
    not_spam(desk, held_back)
    assert queued() == BOTH


@pytest.mark.parametrize("held_back", ["spam"], indirect=True)
def test_neither_a_note_nor_a_refused_change_decides_anything(desk, front_desk, held_back):
    held_back.add_note("Is it?", by=front_desk, seen=seen(held_back))
    assert act(desk, "not_spam", held_back, seen=0).status_code == 409
    assert (held_back.probably_spam, queued()) == (True, [])

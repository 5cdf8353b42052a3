"""What came in as spam has no letters: they are queued once a colleague says that it is none."""

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries import jobs
from inquiries.choices import Status
from inquiries.models import BulkAction, Inquiry
from tests.inquiries.desk.desk_cast import seen
from tests.inquiries.desk.test_desk_actions import act
from tests.inquiries.desk.test_desk_bulk import confirm, ids

pytestmark = pytest.mark.django_db


def queued():
    letters = ProcrastinateJob.objects.filter(task_name=jobs.send_letter.name).order_by("pk")
    return [job.args["letter"] for job in letters]


@pytest.fixture
def taken_for_spam(client, answers):
    client.post(reverse("inquiries:contact"), {**answers, "url": "https://filled.example"})
    inquiry = Inquiry.objects.get()
    assert (inquiry.status, queued()) == (Status.SPAM, [])
    return inquiry


@pytest.fixture
def marked_by_hand(client, answers, front_desk):
    client.post(reverse("inquiries:contact"), answers)
    inquiry = Inquiry.objects.get()
    inquiry.change_status(Status.SPAM, by=front_desk, seen=seen(inquiry))
    return inquiry


def not_spam(desk, inquiry):
    act(desk, "not_spam", inquiry)
    inquiry.refresh_from_db()
    assert inquiry.status == Status.NEW


def test_one_that_is_given_back_gets_them(desk, taken_for_spam):
    not_spam(desk, taken_for_spam)
    assert queued() == ["front_desk_notice", "receipt"]
    page = desk.get(reverse("inquiry:inspect", args=[taken_for_spam.pk])).content.decode()
    assert "Its emails are being sent." in page
    assert "Amara Okafor put it back in the queue; its emails were sent" in page


def test_many_that_are_given_back_get_them(desk, taken_for_spam):
    confirm(desk, "not_spam", ids([taken_for_spam]))
    assert queued() == ["front_desk_notice", "receipt"]


def test_only_once(desk, taken_for_spam, front_desk):
    not_spam(desk, taken_for_spam)
    act(desk, "spam", taken_for_spam)
    not_spam(desk, taken_for_spam)
    assert len(queued()) == 2


def test_nor_anew_after_it_was_undone(desk, taken_for_spam, front_desk):
    confirm(desk, "not_spam", ids([taken_for_spam]))
    assert BulkAction.objects.get().undo(by=front_desk) == (1, 0)
    taken_for_spam.refresh_from_db()
    assert taken_for_spam.status == Status.SPAM
    not_spam(desk, taken_for_spam)
    assert len(queued()) == 2


def test_what_a_colleague_took_for_spam_had_them_already(desk, marked_by_hand):
    before = queued()
    not_spam(desk, marked_by_hand)
    assert queued() == before


def test_a_refused_change_queues_nothing(desk, taken_for_spam):
    assert act(desk, "not_spam", taken_for_spam, seen=0).status_code == 409
    assert queued() == []

"""Send pressed twice, or on eight connections at once, is one inquiry with one reference."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries.choices import EventKind, Outcome, Status
from inquiries.jobs import bring_back_waiting
from inquiries.models import SAME_MESSAGE, Inquiry
from tests.inquiries.desk.desk_cast import receive, seen, shift

URL = reverse("inquiries:contact")


def test_pressed_twice_gives_the_same_reference(db, client, answers):
    first, second = client.post(URL, answers), client.post(URL, answers)
    assert first["Location"].split("/")[3] == second["Location"].split("/")[3]
    assert Inquiry.objects.count() == 1
    assert ProcrastinateJob.objects.count() == 2


def test_the_front_desk_sees_that_it_was_sent_again(db, client, answers):
    client.post(URL, answers)
    client.post(URL, answers)
    kinds = Inquiry.objects.get().events.values_list("kind", flat=True)
    assert list(kinds) == [EventKind.RECEIVED, EventKind.REPEATED]


def test_sending_again_after_assignment_stores_one_inquiry(db, client, answers, front_desk):
    first = client.post(URL, answers)
    inquiry = Inquiry.objects.get()
    inquiry.take(by=front_desk, seen=inquiry.events.last().pk)
    again = client.post(URL, answers)
    assert again["Location"].split("/")[3] == first["Location"].split("/")[3]


def test_the_same_words_from_another_person_are_another_inquiry(db, client, answers):
    client.post(URL, answers)
    client.post(URL, {**answers, "name": "Someone Else"})
    assert Inquiry.objects.count() == 2


def test_days_later_the_same_words_are_a_new_inquiry(db, client, answers, front_desk):
    client.post(URL, answers)
    inquiry = Inquiry.objects.get()
    inquiry.take(by=front_desk, seen=inquiry.events.last().pk)
    Inquiry.objects.update(received_at=inquiry.received_at - SAME_MESSAGE - timedelta(minutes=1))
    client.post(URL, answers)
    assert Inquiry.objects.count() == 2


@pytest.mark.parametrize("done", [Status.CLOSED, Status.SPAM, Status.WAITING])
def test_the_same_words_after_it_was_dealt_with_are_a_new_inquiry(db, client, answers, front_desk, done):
    client.post(URL, answers)
    inquiry = Inquiry.objects.get()
    details = {
        Status.CLOSED: {"outcome": Outcome.ANSWERED},
        Status.WAITING: {"follow_up_at": timezone.now() + timedelta(days=1)},
    }
    inquiry.change_status(done, by=front_desk, seen=inquiry.events.last().pk, **details.get(done, {}))
    Inquiry.objects.update(received_at=inquiry.received_at - timedelta(minutes=11))
    client.post(URL, answers)
    assert Inquiry.objects.filter(status=Status.NEW).count() == 1
    assert Inquiry.objects.count() == 2


@pytest.fixture
def earlier(db, front_desk):
    """Nobody's, and waiting; since then the patient has sent the same message again, which is New."""
    inquiry = receive()
    later = timezone.now() + timedelta(hours=1)
    inquiry.change_status(Status.WAITING, by=front_desk, seen=seen(inquiry), follow_up_at=later)
    shift(inquiry, received_at=timezone.now() - timedelta(hours=2))
    assert receive().status == Status.NEW
    return inquiry


def test_what_waits_comes_back_though_the_same_message_is_in_new(earlier):
    shift(earlier, follow_up_at=timezone.now() - timedelta(minutes=1))
    bring_back_waiting(timestamp=0)
    assert earlier in Inquiry.objects.to_do()


def test_a_patient_can_write_to_it_though_the_same_message_is_in_new(earlier):
    assert earlier.patient_wrote("It got worse.")
    assert earlier in Inquiry.objects.to_do()


def test_a_reference_that_is_taken_is_drawn_again(db, client, answers, monkeypatch):
    drawn = iter("CCCCDDDD" * 2 + "FFFFGGGG")
    monkeypatch.setattr(secrets, "choice", lambda alphabet: next(drawn))
    locations = [
        client.post(URL, {**answers, "name": name})["Location"] for name in ["Maria", "Someone Else"]
    ]
    assert [location.split("/")[3] for location in locations] == ["CCCC-DDDD", "FFFF-GGGG"]
    assert ProcrastinateJob.objects.count() == 4


@pytest.mark.usefixtures("committed_db")
def test_eight_connections_at_once_give_one_inquiry(answers):
    def send(number):
        try:
            return Client().post(URL, answers)["Location"].split("/")[3]
        finally:
            connections.close_all()

    for attempt in range(3):
        answers["message"] = f"Attempt {attempt}"
        with ThreadPoolExecutor(8) as pool:
            locations = set(pool.map(send, range(8)))
        assert len(locations) == 1
    assert Inquiry.objects.count() == 3
    assert ProcrastinateJob.objects.count() == 6

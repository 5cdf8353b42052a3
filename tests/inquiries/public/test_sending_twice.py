"""A message sent twice, or on eight connections simultaneously, is one inquiry with one reference."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import OperationalError, connection, connections
from django.db.transaction import atomic
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries.choices import EventKind, Outcome, Status
from inquiries.jobs import return_waiting
from inquiries.models import REPEAT_WINDOW, Inquiry, StaleInquiry
from tests.inquiries.desk.helpers import ANSWERS, in_hours, opened, overwrite, receive, seen, uncommitted

URL = reverse("inquiries:contact")


def test_resending_returns_the_same_reference_even_after_assignment(client, answers, front_desk):
    first, second = client.post(URL, answers), client.post(URL, answers)
    inquiry = Inquiry.objects.get()
    inquiry.take(by=front_desk, seen=seen(inquiry))
    third = client.post(URL, answers)
    assert {sent["Location"].split("/")[3] for sent in [first, second, third]} == {inquiry.reference}
    kinds = inquiry.events.values_list("kind", flat=True)
    assert list(kinds) == [EventKind.RECEIVED, EventKind.REPEATED, EventKind.TAKEN, EventKind.REPEATED]
    assert ProcrastinateJob.objects.count() == 2


@pytest.mark.parametrize("ending", ["withdrawn", "no call needed", "not urgent"])
def test_resending_a_message_that_needed_no_more_calls_is_one_addition(front_desk, ending):
    inquiry = opened(receive(message="I have chest pain."))
    if ending == "withdrawn":
        inquiry.patient_withdrew()
    elif ending == "not urgent":
        inquiry.set_urgent(False, by=front_desk, seen=seen(inquiry))
    else:
        inquiry.no_call("In hospital.", by=front_desk, seen=seen(inquiry))
    for _again in range(2):
        receive(message="I have chest pain.")
    [added] = inquiry.events.filter(kind=EventKind.WROTE)
    inquiry = Inquiry.objects.get()
    assert (added.get_text_display(), inquiry.needs_urgent_call) == ("I have chest pain.", True)
    assert inquiry.unread_since
    assert ProcrastinateJob.objects.filter(args__letter="wrote_back").count() == 1


def test_resending_a_withdrawn_message_clears_its_spam_label(client, answers):
    client.post(URL, {**answers, "url": "filled in by a machine"})
    Inquiry.objects.get(probably_spam=True).patient_withdrew()
    client.post(URL, answers)
    inquiry = Inquiry.objects.get()
    assert (inquiry.probably_spam, inquiry.status) == (False, Status.NEW)
    assert inquiry.events.filter(kind=EventKind.WROTE).exists()


def test_the_same_message_from_another_person_or_days_later_is_a_new_inquiry(db, client, answers, front_desk):
    client.post(URL, answers)
    inquiry = Inquiry.objects.get()
    client.post(URL, {**answers, "name": "Someone Else"})
    assert Inquiry.objects.count() == 2
    inquiry.take(by=front_desk, seen=seen(inquiry))
    overwrite(inquiry, received_at=inquiry.received_at - REPEAT_WINDOW - timedelta(minutes=1))
    client.post(URL, answers)
    assert Inquiry.objects.count() == 3


@pytest.mark.parametrize(
    ("status", "options"),
    [
        (Status.CLOSED, {"outcome": Outcome.ANSWERED}),
        (Status.SPAM, {}),
        (Status.WAITING, {"follow_up_at": in_hours(24)}),
    ],
)
def test_the_same_message_after_the_first_was_handled_is_a_new_inquiry(front_desk, status, options):
    inquiry = receive()
    inquiry.change_status(status, by=front_desk, seen=seen(inquiry), **options)
    receive()
    assert sorted(Inquiry.objects.values_list("status", flat=True)) == sorted([status, Status.NEW])


@pytest.mark.parametrize("message", ["When are you open?", "My chest hurts."])
def test_the_same_message_after_a_call_is_a_new_inquiry(front_desk, message):
    inquiry = receive(message=message)
    inquiry.log_call("spoke", by=front_desk, seen=seen(inquiry))
    receive(message=message)
    assert Inquiry.objects.filter(status=Status.NEW, assignee=None).count() == 1


@pytest.mark.parametrize("way", ["form", "phone"])
def test_an_inquiry_cant_be_closed_while_the_same_message_is_being_stored(committed_db, front_desk, way):
    inquiry = receive()
    close = partial(inquiry.change_status, Status.CLOSED, outcome="answered", by=front_desk)
    seen_before = seen(inquiry)
    enter = partial(Inquiry.objects.enter, by=front_desk, source="phone", **ANSWERS)
    overwrite(inquiry, received_at=in_hours(-1))
    with uncommitted(receive if way == "form" else enter), atomic():
        connection.cursor().execute("SET LOCAL lock_timeout = '1ms'")
        with pytest.raises(OperationalError), atomic():
            close(seen=seen_before)
    with pytest.raises(StaleInquiry):
        close(seen=seen_before)


@pytest.fixture
def earlier(front_desk):
    """An unassigned, waiting inquiry whose message the patient has sent again as a new one."""
    inquiry = receive()
    inquiry.change_status(Status.WAITING, by=front_desk, seen=seen(inquiry), follow_up_at=in_hours(1))
    overwrite(inquiry, received_at=in_hours(-2))
    assert receive().status == Status.NEW
    return inquiry


def test_a_waiting_inquiry_reopens_even_if_the_same_message_is_new(earlier):
    overwrite(earlier, follow_up_at=in_hours(-1))
    return_waiting(timestamp=0)
    assert earlier in Inquiry.objects.to_do()


def test_a_patient_can_add_to_an_inquiry_even_if_the_same_message_is_new(earlier):
    assert earlier.patient_wrote("It got worse.")
    assert earlier in Inquiry.objects.to_do()


def test_a_reference_that_exists_is_replaced(client, answers, monkeypatch):
    characters = iter("CCCCDDDD" * 2 + "FFFFGGGG")
    monkeypatch.setattr(secrets, "choice", lambda alphabet: next(characters))
    sent = [client.post(URL, {**answers, "name": name})["Location"] for name in ["Maria", "Someone Else"]]
    assert [location.split("/")[3] for location in sent] == ["CCCC-DDDD", "FFFF-GGGG"]
    assert ProcrastinateJob.objects.count() == 4


@pytest.mark.usefixtures("committed_db")
def test_eight_simultaneous_posts_create_one_inquiry(answers):
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

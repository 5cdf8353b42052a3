"""Urgent inquiries stay on top until someone speaks to the patient or notes why no call is needed."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from inquiries.desk import alerts
from inquiries.models import Inquiry
from tests.inquiries.desk.helpers import (
    QUEUE,
    act,
    in_hours,
    overwrite,
    page_html,
    receive,
    seen,
)


@pytest.fixture
def emergency():
    return receive(name="Ruth Example", message="I have chest pain since this morning.")


def test_an_urgent_inquiry_needs_a_call_until_someone_reaches_the_patient(desk, front_desk, emergency):
    emergency.log_call("no_answer", by=front_desk, seen=seen(emergency))
    assert (emergency.assignee, alerts.alert_counts()["urgent"]) == (front_desk, "1")
    assert "Call now." in page_html(desk, emergency)
    assert "call now" in desk.get(QUEUE).content.decode()
    emergency.log_call("spoke", by=front_desk, seen=seen(emergency))
    assert (emergency.due.text[:3], alerts.alert_counts()["urgent"]) == ("due", "0")
    assert "Call now." not in page_html(desk, emergency)
    act(desk, "close", emergency, outcome="emergency", was_urgent="True")
    assert emergency.status == "closed"


def test_noting_that_no_call_is_needed_requires_a_reason(desk, emergency):
    assert act(desk, "compose", emergency, did="no_call", text=" ").status_code == 422
    act(desk, "compose", emergency, did="no_call", text="Her son says she is in hospital.")
    assert not emergency.needs_urgent_call
    assert emergency.events.last().text == "Her son says she is in hospital."


def test_an_urgent_inquiry_can_be_snoozed_for_four_hours_and_stays_to_do(front_desk, emergency):
    def snooze(hours):
        emergency.change_status("waiting", by=front_desk, seen=seen(emergency), follow_up_at=in_hours(hours))

    with pytest.raises(ValidationError, match="within 4 hours"):
        snooze(5)
    snooze(1)
    assert list(Inquiry.objects.to_do()) == [emergency]
    assert emergency.due.text == "call now"


def test_model_and_database_never_hide_emergencies_that_need_a_call(front_desk, emergency, inquiry):
    inquiry.change_status("spam", by=front_desk, seen=seen(inquiry))
    with pytest.raises(ValidationError, match="nobody has spoken to the patient"):
        inquiry.set_urgent(True, by=front_desk, seen=seen(inquiry))
    for one, changes in [
        (emergency, {"status": "closed", "outcome": "answered"}),
        (inquiry, {"urgent": True, "urgent_because": "Chest pain"}),
    ]:
        with pytest.raises(IntegrityError, match="nobody has called"), transaction.atomic():
            overwrite(one, **changes)


def test_untouched_emergencies_are_listed_before_taken_ones(front_desk, emergency):
    emergency.take(by=front_desk, seen=seen(emergency))
    untouched = receive(name="Bo Example", message="I have chest pain since yesterday.")
    settled = receive(name="Cy Example", message="I have chest pain when I cough.")
    settled.log_call("spoke", by=front_desk, seen=seen(settled))
    order = list(Inquiry.objects.to_do().in_queue_order())
    assert order[:2] == [untouched, emergency]
    assert settled in order[2:]


@pytest.mark.parametrize(
    ("message", "advice"),
    [("I have chest pain.", "Call 911"), ("I want to kill myself.", "Call or text 988")],
)
def test_the_page_shows_the_advice_given_to_the_patient(desk, message, advice):
    assert f"The patient was told: <strong>{advice}</strong>" in page_html(desk, receive(message=message))


def test_retracting_a_call_makes_an_emergency_need_a_call_again(desk, front_desk, emergency):
    emergency.log_call("spoke", by=front_desk, seen=seen(emergency), text="Wrong row")
    call = emergency.events.last()
    act(desk, "retract", emergency, event=call.pk)
    assert (emergency.needs_urgent_call, emergency.call_attempts) == (True, 0)
    html = page_html(desk, emergency)
    assert "entered in error by Amara Okafor" in html
    assert "Wrong row" in html
    assert act(desk, "retract", emergency, event=call.pk).status_code == 422


@pytest.fixture
def spoken_to(front_desk, emergency):
    """An emergency closed after a call."""
    emergency.log_call("spoke", by=front_desk, seen=seen(emergency))
    answers = {"outcome": "answered", "was_urgent": True}
    emergency.change_status("closed", by=front_desk, seen=seen(emergency), **answers)
    return emergency


def test_retracting_the_call_of_a_closed_emergency_reopens_it(front_desk, spoken_to):
    call = spoken_to.events.get(kind="call")
    spoken_to.retract(call.pk, by=front_desk, seen=seen(spoken_to))
    assert list(Inquiry.objects.needing_urgent_call()) == [spoken_to]


def test_a_new_emergency_needs_a_new_call(spoken_to):
    spoken_to.patient_wrote("Thank you.")
    assert not spoken_to.needs_urgent_call
    spoken_to.patient_wrote("Since tonight I can't feel my legs.")
    assert list(Inquiry.objects.needing_urgent_call()) == [spoken_to]

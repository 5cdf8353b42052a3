"""What is urgent stays on top until somebody spoke to the patient, or recorded why not."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from inquiries.desk import alerts
from inquiries.models import Inquiry
from tests.inquiries.desk.helpers import (
    QUEUE,
    act,
    confirm,
    in_hours,
    opened,
    overwrite,
    page_html,
    receive,
    seen,
)


@pytest.fixture
def emergency():
    return receive(name="Ruth Example", message="I have chest pain since this morning.")


def test_work_that_reached_nobody_leaves_it_needing_a_call_and_speaking_ends_it(desk, front_desk, emergency):
    emergency.log_call("no_answer", by=front_desk, seen=seen(emergency))
    assert (emergency.assignee, alerts.alarms()["urgent"]) == (front_desk, "1")
    assert "Call now." in page_html(desk, emergency)
    assert "call now" in desk.get(QUEUE).content.decode()
    emergency.log_call("spoke", by=front_desk, seen=seen(emergency))
    assert (emergency.due.text[:3], alerts.alarms()["urgent"]) == ("due", "0")
    assert "Call now." not in page_html(desk, emergency)
    act(desk, "close", emergency, outcome="emergency", was_urgent="True")
    assert emergency.status == "closed"


def test_writing_why_not_ends_it_and_a_reason_is_needed(desk, emergency):
    assert act(desk, "compose", emergency, did="no_call", text=" ").status_code == 422
    act(desk, "compose", emergency, did="no_call", text="Her son says she is in hospital.")
    assert not emergency.needs_urgent_call
    assert emergency.events.last().text == "Her son says she is in hospital."


def test_an_urgent_inquiry_snoozes_for_hours_at_most_and_stays_visible(front_desk, emergency):
    def snooze(hours):
        emergency.change_status("waiting", by=front_desk, seen=seen(emergency), follow_up_at=in_hours(hours))

    with pytest.raises(ValidationError, match="within 4 hours"):
        snooze(5)
    snooze(1)
    assert list(Inquiry.objects.to_do()) == [emergency]
    assert emergency.due.text == "call now"


@pytest.mark.parametrize(("action", "answers"), [("close", {"outcome": "answered"}), ("spam", {})])
def test_many_at_once_leave_it_out_and_say_so(desk, emergency, inquiry, action, answers):
    response = confirm(desk, action, [emergency.pk, opened(inquiry).pk], **answers)
    assert set(Inquiry.objects.filter(status="new")) == {emergency}
    html = desk.get(response["Location"]).content.decode()
    assert f"{emergency.reference}: Urgent, and nobody has spoken to the patient." in html


def test_nothing_makes_urgent_what_is_put_away_or_puts_it_away_past_the_site(front_desk, emergency, inquiry):
    inquiry.change_status("spam", by=front_desk, seen=seen(inquiry))
    with pytest.raises(ValidationError, match="nobody has spoken to the patient"):
        inquiry.set_urgent(True, by=front_desk, seen=seen(inquiry))
    for one, changes in [
        (emergency, {"status": "closed", "outcome": "answered"}),
        (inquiry, {"urgent": True, "urgent_because": "Chest pain"}),
    ]:
        with pytest.raises(IntegrityError, match="nobody has called"), transaction.atomic():
            overwrite(one, **changes)


def test_an_untouched_emergency_stands_above_a_taken_one(front_desk, emergency):
    emergency.take(by=front_desk, seen=seen(emergency))
    untouched = receive(name="Bo Example", message="I have chest pain since yesterday.")
    settled = receive(name="Cy Example", message="I have chest pain when I cough.")
    settled.log_call("spoke", by=front_desk, seen=seen(settled))
    order = list(Inquiry.objects.to_do().in_queue_order())
    assert order[:2] == [untouched, emergency]
    assert settled in order[2:]


@pytest.mark.parametrize(
    ("message", "told"), [("I have chest pain.", "Call 911"), ("I want to kill myself.", "Call or text 988")]
)
def test_the_page_says_what_the_patient_was_told(desk, message, told):
    assert f"The patient was told: <strong>{told}</strong>" in page_html(desk, receive(message=message))


def test_a_call_entered_in_error_makes_it_need_a_call_again(desk, front_desk, emergency):
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
    """Closed, after a call."""
    emergency.log_call("spoke", by=front_desk, seen=seen(emergency))
    how = {"outcome": "answered", "was_urgent": True}
    emergency.change_status("closed", by=front_desk, seen=seen(emergency), **how)
    return emergency


def test_one_that_was_closed_comes_back_with_the_call_entered_in_error(front_desk, spoken_to):
    call = spoken_to.events.get(kind="call")
    spoken_to.retract(call.pk, by=front_desk, seen=seen(spoken_to))
    assert list(Inquiry.objects.needing_urgent_call()) == [spoken_to]


def test_a_new_emergency_needs_a_new_call(spoken_to):
    spoken_to.patient_wrote("Thank you.")
    assert not spoken_to.needs_urgent_call
    spoken_to.patient_wrote("Since tonight I can't feel my legs.")
    assert list(Inquiry.objects.needing_urgent_call()) == [spoken_to]

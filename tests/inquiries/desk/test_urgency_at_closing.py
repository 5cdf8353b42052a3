"""Closing a flagged inquiry requires stating whether it was urgent, with the likely answer preselected."""

import pytest
from django.urls import reverse

from inquiries.desk.actions import ACTIONS
from inquiries.models import Inquiry
from tests.inquiries.desk.helpers import act, overwrite, page_html, receive, seen

URGENCY_FIELD = 'name="was_urgent"'


@pytest.fixture
def emergency(front_desk):
    """An urgent inquiry whose patient has been called."""
    inquiry = receive(message="I have chest pain")
    inquiry.log_call("spoke", by=front_desk, seen=seen(inquiry))
    return inquiry


def test_closing_records_whether_the_inquiry_was_urgent(desk, emergency):
    answers = {"did": "note", "then": "close", "outcome": "emergency"}
    act(desk, "compose", emergency, was_urgent="True", **answers)
    assert (emergency.status, emergency.was_urgent) == ("closed", True)
    assert ("Turned out to be urgent", "–", "yes") in [
        (str(label), old, new) for label, old, new in emergency.events.last().shown_changes()
    ]


def test_a_flagged_inquiry_cant_be_closed_without_an_answer(desk, emergency):
    response = act(desk, "close", emergency, outcome="answered")
    assert response.status_code == 422
    assert "Say whether it was urgent." in response.content.decode()
    assert emergency.status == "in_progress"


def test_only_flagged_inquiries_ask_and_preselect_the_likely_answer(desk, inquiry, emergency):
    assert URGENCY_FIELD not in page_html(desk, inquiry)
    radio = page_html(desk, emergency).partition(URGENCY_FIELD)[2].partition(">")[0]
    assert ('value="True"' in radio, "checked" in radio) == (True, True)
    act(desk, "close", inquiry, outcome="answered")
    assert (inquiry.status, inquiry.was_urgent) == ("closed", None)


def offered(inquiry):
    """Return the offered actions about urgency."""
    names = ["urgent", "not_urgent", "was_urgent", "was_not_urgent"]
    return [name for name in names if ACTIONS[name].is_offered(inquiry)]


def test_urgency_actions_depend_on_status_and_flag(desk, front_desk, inquiry, emergency):
    assert (offered(inquiry), offered(emergency)) == (["urgent"], ["not_urgent"])
    inquiry.change_status("closed", outcome="answered", by=front_desk, seen=seen(inquiry))
    assert offered(inquiry) == ["was_urgent"]  # a missed one
    assert reverse("inquiry:was_urgent", args=[inquiry.pk]) in page_html(desk, inquiry)
    act(desk, "was_urgent", inquiry)
    assert offered(inquiry) == []
    answers = {"outcome": "answered", "was_urgent": True}
    emergency.change_status("closed", by=front_desk, seen=seen(emergency), **answers)
    assert offered(emergency) == []  # answered when it was closed
    overwrite(emergency, was_urgent=None)  # closed before the question existed
    assert offered(emergency) == ["was_not_urgent"]
    assert offered(overwrite(receive(message="Spam"), status="spam")) == []


def test_the_tier_determines_the_preselected_answer():
    for tier, urgent, answer, likely in [
        ("emergency", True, None, True),
        ("crisis", False, None, True),
        ("look-first", True, None, False),
        ("none", True, None, True),  # flagged by staff
        ("emergency", True, False, False),
    ]:
        inquiry = Inquiry(tier=tier, urgent=urgent, was_urgent=answer)
        assert (inquiry.was_flagged, inquiry.was_probably_urgent) == (True, likely), (tier, urgent, answer)

"""Whoever closes a flagged inquiry says whether it was urgent: one click, with the likely answer chosen."""

from functools import partial

import pytest
from django.urls import reverse

from inquiries.desk.actions import ACTIONS
from inquiries.models import BulkAction, Inquiry
from tests.inquiries.desk.helpers import act, opened, overwrite, page_html, receive, seen

ASKED = 'name="was_urgent"'


@pytest.fixture
def emergency(front_desk):
    """The patient has been spoken to."""
    inquiry = receive(message="I have chest pain")
    inquiry.log_call("spoke", by=front_desk, seen=seen(inquiry))
    return inquiry


def test_the_answer_is_saved_with_the_closing(desk, emergency):
    answers = {"did": "note", "then": "close", "outcome": "emergency"}
    act(desk, "compose", emergency, was_urgent="True", **answers)
    assert (emergency.status, emergency.was_urgent) == ("closed", True)
    assert ("Turned out to be urgent", "–", "yes") in [
        (str(label), old, new) for label, old, new in emergency.events.last().shown_changes()
    ]


def test_a_flagged_inquiry_is_not_closed_without_an_answer(desk, emergency):
    response = act(desk, "close", emergency, outcome="answered")
    assert response.status_code == 422
    assert "Say whether it was urgent." in response.content.decode()
    assert emergency.status == "in_progress"


def test_only_flagged_inquiries_are_asked_about_with_the_likely_answer_checked(desk, inquiry, emergency):
    assert ASKED not in page_html(desk, inquiry)
    box = page_html(desk, emergency).partition(ASKED)[2].partition(">")[0]
    assert ('value="True"' in box, "checked" in box) == (True, True)
    act(desk, "close", inquiry, outcome="answered")
    assert (inquiry.status, inquiry.was_urgent) == ("closed", None)


def offered(inquiry):
    """Which of the buttons about urgency its page has."""
    names = ["urgent", "not_urgent", "was_urgent", "was_not_urgent"]
    return [name for name in names if ACTIONS[name].offered(inquiry)]


def test_buttons_about_urgency_fit_the_state(desk, front_desk, inquiry, emergency):
    assert (offered(inquiry), offered(emergency)) == (["urgent"], ["not_urgent"])
    inquiry.change_status("closed", outcome="answered", by=front_desk, seen=seen(inquiry))
    assert offered(inquiry) == ["was_urgent"]  # a missed one
    assert reverse("inquiry:was_urgent", args=[inquiry.pk]) in page_html(desk, inquiry)
    act(desk, "was_urgent", inquiry)
    assert offered(inquiry) == []
    how = {"outcome": "answered", "was_urgent": True}
    emergency.change_status("closed", by=front_desk, seen=seen(emergency), **how)
    assert offered(emergency) == []  # closing asked
    overwrite(emergency, was_urgent=None)  # closed before closing asked
    assert offered(emergency) == ["was_not_urgent"]
    assert offered(overwrite(receive(message="Spam"), status="spam")) == []


def test_the_tier_chooses_the_answer_beforehand():
    for tier, urgent, said, likely in [
        ("emergency", True, None, True),
        ("crisis", False, None, True),
        ("look-first", True, None, False),
        ("none", True, None, True),  # a colleague marked it
        ("emergency", True, False, False),
    ]:
        inquiry = Inquiry(tier=tier, urgent=urgent, was_urgent=said)
        assert (inquiry.was_flagged, inquiry.was_probably_urgent) == (True, likely), (tier, urgent, said)


def test_many_at_once_leave_out_what_nobody_has_judged(front_desk, inquiry, emergency):
    bulk = BulkAction.objects.perform(
        Inquiry.objects.filter(pk__in=[opened(inquiry).pk, opened(emergency).pk]),
        partial(Inquiry.change_status, status="closed", outcome="answered", by=front_desk),
        by=front_desk,
        seen={each.pk: seen(each) for each in [inquiry, emergency]},
        name="close",
    )
    assert bulk.changed == 1
    assert "Say whether it was urgent." in str(bulk.skipped)

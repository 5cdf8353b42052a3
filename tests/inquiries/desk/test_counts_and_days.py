"""What the list says about itself is true: counts that stop at a cap say so, and a day is the day typed."""

import pytest
from django.urls import reverse

from inquiries.desk.queue import listing, pagination
from tests.inquiries.desk.desk_cast import QUEUE, act, confirm, receive, search

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(db):
    return [receive(name=f"Patient Num{number}") for number in range(3)]


def test_a_search_or_a_list_that_stops_at_its_cap_says_and_more(desk, three, monkeypatch):
    for more in ["", "+"]:
        assert f"3{more} matches" in search(desk, "Patient").content.decode()
        assert f"3{more} inquiries" in desk.get(QUEUE).content.decode()
        monkeypatch.setattr(listing, "MAX_FOUND", 3)
        monkeypatch.setattr(pagination, "MAX_LISTED", 3)


def test_days_are_asked_for_by_the_browsers_own_picker(desk, three):
    html = desk.get(QUEUE, {"received_at_from": "2020-01-31"}).content.decode()
    assert (html.count('type="date"'), "3 matches" in html) == (2, True)


def test_spam_shows_its_message_and_undo_stays_on_its_tab(desk, inquiry):
    spam = reverse("inquiry:view", args=["spam"])
    confirm(desk, "spam", [inquiry.pk])
    assert "My back hurts." in desk.get(spam).content.decode()
    assert desk.post(reverse("inquiry:undo"), {"next": spam})["Location"] == spam
    assert desk.post(reverse("inquiry:undo"), {"next": "https://elsewhere.example/"}).status_code == 302


def test_not_reached_needs_at_least_one_call(desk, front_desk, inquiry):
    response = act(desk, "close", inquiry, outcome="no_answer")
    assert response.status_code == 422
    assert "log at least one call first" in response.content.decode()

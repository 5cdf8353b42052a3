"""A list is told of every inquiry that it does not show, and of no other, in whatever order they commit."""

import pytest
from django.urls import reverse

from inquiries.desk import alerts
from inquiries.models import Inquiry
from inquiries.models.rate_limit import Origin
from tests.inquiries.desk.desk_cast import on_its_way, opened, receive


def test_an_inquiry_committed_while_the_list_loads_is_news(committed_db, as_user, front_desk):
    elsewhere = Origin("203.0.113.5")
    with on_its_way(lambda: receive(name="Slow", message="My chest hurts.", origin=elsewhere)):
        receive(name="Quick")  # has the higher number
        desk = as_user(front_desk)
        newest = desk.get(reverse("inquiry:index")).context["newest"]
    news = desk.get(reverse("inquiry:news"), {"newest": newest}).json()
    assert (news["urgent"], news["newer"]) == ("1 new URGENT message. Show it", "")


@pytest.mark.parametrize("most", [1, 2, 3, 4, 100])
def test_the_list_asks_for_what_is_missing_among_its_newest(db, monkeypatch, most):
    monkeypatch.setattr(alerts, "MAX_AT_ONCE", most)
    pks = [receive(name=f"Patient {number}", message=f"Hello {number}").pk for number in range(4)]
    assert not {*pks[:3]} & set(alerts.newest(Inquiry))
    opened(Inquiry.objects.get(pk=pks[2])).delete()
    assert (pks[2] in alerts.newest(Inquiry)) == (most > 1)
    assert not {*pks[:2]} & set(alerts.newest(Inquiry))


def test_an_empty_list_is_told_of_everything(db):
    assert (bookmark := alerts.bookmark()) == "0;0"
    receive()
    assert alerts.news_since(bookmark)["newer"] == "1 new inquiry. Show it"

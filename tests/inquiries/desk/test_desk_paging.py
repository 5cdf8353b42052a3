"""Pagination of long lists, and bulk selection on their pages."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from inquiries.desk.queue import pagination
from inquiries.desk.queue.list_url import inquiries_listed_at
from inquiries.models import Inquiry
from tests.inquiries.desk.helpers import opened, overwrite, receive

ALL = reverse("inquiry:view", args=["all"])


@pytest.fixture(scope="module")
def received(module_db):
    """Patients 0 to 9; the last eight were received at the same time."""
    inquiries = [receive(name=f"Patient {number}") for number in range(10)]
    for inquiry in inquiries[3:]:
        overwrite(inquiry, received_at=inquiries[2].received_at)
    return inquiries


@pytest.fixture
def ten(received, monkeypatch):
    """Ten inquiries, in lists capped at four."""
    monkeypatch.setattr(pagination, "MAX_LISTED", 4)
    return received


def listed(html):
    return re.findall(r"Patient (\d)</span>", html)


def older(html):
    found = re.search(r'href="([^"]+)">Show older inquiries', html)
    return found and unescape(found[1])


def test_paging_lists_each_inquiry_once(desk, ten):
    found, query = [], "?"
    while query:
        html = desk.get(ALL + query).content.decode()
        found += listed(html)
        query = older(html)
    assert found == list("9876543210")


def test_older_pages_show_their_position_link_back_and_keep_filters(desk, ten):
    query = older(desk.get(f"{ALL}?status=new&p=1").content.decode())
    assert ("status=new" in query, "p=" in query) == (True, False)
    html = desk.get(ALL + query).content.decode()
    assert "Received before" in html
    assert 'href="?status=new">Back to the newest' in html


def test_lists_in_another_order_offer_filters_instead_of_older_pages(desk, ten):
    for view in ["open", "all"]:
        html = desk.get(reverse("inquiry:view", args=[view]), {"ordering": "due_at"}).content.decode()
        assert not older(html)
        assert "Only the first 1,000 are listed." in html


def test_selecting_all_on_an_older_page_covers_the_rest_of_the_list(desk, front_desk, ten):
    url = ALL + older(desk.get(ALL).content.decode())
    assert set(inquiries_listed_at(url, front_desk)) == set(ten[:6])
    opened(Inquiry.objects.get(pk=ten[6].pk)).delete()  # the cursor's inquiry
    assert listed(desk.get(url).content.decode()) == list("5432")


INVALID_CURSORS = ["", "_", "x_1", "2026-01-01_1", "2026-01-01T00:00:00+00:00_x", "9" * 99, "\x00"]
UNCONVERTIBLE = "0001-01-01T00:00:00+00:00_1"  # before year 1 in American time zones


def test_an_invalid_cursor_shows_the_first_page(desk, ten):
    assert listed(desk.get(ALL, {"before": UNCONVERTIBLE}).content.decode()) == list("9876")
    with timezone.override("America/New_York"):
        cursors = [*INVALID_CURSORS, UNCONVERTIBLE]
        assert [cursor for cursor in cursors if pagination.parse_cursor(cursor)] == []

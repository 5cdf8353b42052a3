"""A list of any length can be read to its end, and what is done to all of it is done to what it listed."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from inquiries.desk.queue import pagination
from inquiries.desk.queue.list_address import inquiries_listed_at
from inquiries.models import Inquiry
from tests.inquiries.desk.helpers import opened, overwrite, receive

ALL = reverse("inquiry:view", args=["all"])


@pytest.fixture(scope="module")
def received(module_db):
    """Patients 0 to 9; the last eight at the same instant."""
    inquiries = [receive(name=f"Patient {number}") for number in range(10)]
    for inquiry in inquiries[3:]:
        overwrite(inquiry, received_at=inquiries[2].received_at)
    return inquiries


@pytest.fixture
def ten(received, monkeypatch):
    """A list ends after four."""
    monkeypatch.setattr(pagination, "MAX_LISTED", 4)
    return received


def listed(html):
    return re.findall(r"Patient (\d)</span>", html)


def older(html):
    found = re.search(r'href="([^"]+)">Show older inquiries', html)
    return found and unescape(found[1])


def test_each_is_listed_once_to_the_very_end(desk, ten):
    seen, address = [], "?"
    while address:
        html = desk.get(ALL + address).content.decode()
        seen += listed(html)
        address = older(html)
    assert seen == list("9876543210")


def test_a_later_page_says_where_it_is_links_back_and_keeps_filters(desk, ten):
    address = older(desk.get(f"{ALL}?status=new&p=1").content.decode())
    assert ("status=new" in address, "p=" in address) == (True, False)
    html = desk.get(ALL + address).content.decode()
    assert "Received before" in html
    assert 'href="?status=new">Back to the newest' in html


def test_lists_in_another_order_offer_filters_instead_of_pages(desk, ten):
    for view in ["open", "all"]:
        html = desk.get(reverse("inquiry:view", args=[view]), {"ordering": "due_at"}).content.decode()
        assert not older(html)
        assert "Only the first 1,000 are listed." in html


def test_all_that_match_are_those_of_this_part_of_the_list_whatever_was_erased(desk, front_desk, ten):
    part = ALL + older(desk.get(ALL).content.decode())
    assert set(inquiries_listed_at(part, front_desk)) == set(ten[:6])
    opened(Inquiry.objects.get(pk=ten[6].pk)).delete()
    assert listed(desk.get(part).content.decode()) == list("5432")


DAMAGED = ["", "_", "x_1", "2026-01-01_1", "2026-01-01T00:00:00+00:00_x", "9" * 99, "\x00"]
NOWHERE = "0001-01-01T00:00:00+00:00_1"  # no time in America has a date for it


def test_a_damaged_place_is_the_beginning(desk, ten):
    assert listed(desk.get(ALL, {"before": NOWHERE}).content.decode()) == list("9876")
    with timezone.override("America/New_York"):
        assert [place for place in [*DAMAGED, NOWHERE] if pagination.read(place)] == []

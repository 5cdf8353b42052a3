"""The queue: everything in it, found by anything that people have at hand."""

import pytest

from inquiries.desk.queue import listing, pagination
from inquiries.lookup import references as inquiry_references
from inquiries.models import Inquiry
from tests.inquiries.desk.desk_cast import QUEUE, receive, search, seen

pytestmark = pytest.mark.django_db


def references(response):
    return [inquiry.reference for inquiry in response.context["object_list"]]


@pytest.fixture
def three(db):
    return [
        receive(name="Ana Lovelace", phone="+12025550143", email="ana@example.com"),
        receive(name="Bo Diddley", phone="+13035550187", email=""),
        receive(name="李小龍", phone="+442079460018", email="bruce@example.org"),
    ]


def test_sorts_by_time(desk, three):
    expected = [inquiry.reference for inquiry in three]
    assert references(desk.get(QUEUE, {"ordering": "received_at"})) == expected
    assert references(desk.get(QUEUE, {"ordering": "-received_at"})) == expected[::-1]


def test_filters_by_status_and_assignee(desk, front_desk, three):
    three[0].take(by=front_desk, seen=seen(three[0]))
    assert references(desk.get(QUEUE, {"status": "in_progress"})) == [three[0].reference]
    assert references(desk.get(QUEUE, {"assignee": front_desk.pk})) == [three[0].reference]
    assert three[0].reference not in references(desk.get(QUEUE, {"assignee": "null"}))


FINDS = {
    0: [
        *["lovel", "ANA@EXAMPLE.COM", "2025550143", "(202) 555-0143", "+1 202 555 0143", "1-202-555-0143"],
        *["001 202 555 0143", "202.555.0143", "555-0143", "5550143", "0143", "  202 555 01"],
    ],
    1: ["303 555"],
    2: ["020 7946 0018", "+44 20 7946 0018", "李小", "bruce@"],
}
WAYS = [str, str.lower, lambda text: text.replace("-", ""), lambda text: text.replace("-", " ")]


def found(text):
    return [inquiry.reference for inquiry in Inquiry.objects.search(text)]


def test_search_finds_a_person_or_a_reference_however_it_is_typed_and_survives_anything(desk, three):
    finds = {three[number].reference: texts for number, texts in FINDS.items()}
    finds[three[1].reference] += [change(three[1].reference) for change in WAYS]
    for reference, texts in finds.items():
        assert [text for text in texts if found(text) != [reference]] == []
    assert references(search(desk, " (202) 555-0143")) == [three[0].reference]
    for text in ["%", "_", "'", '"', "\\", "0", "nobody at all"]:
        found(text)
    for text in ["\x00", "x" * 10_000]:
        assert search(desk, text).status_code == 200


@pytest.fixture
def receive_as(monkeypatch):
    """Receive an inquiry that gets a given reference."""

    def receive_one(reference, **answers):
        with monkeypatch.context() as patched:
            patched.setattr(inquiry_references, "new", lambda: reference)
            return receive(**{"name": f"Somebody {reference}", **answers})

    return receive_one


def test_search_finds_a_reference_by_its_beginning(receive_as):
    receive_as("TRYR-4RCC", name="Ana Lovelace")
    receive_as("XTRY-R4RC", name="Bo Diddley")
    for text in ["TRYR", "tryr", "tryr-4", "TRYR4R", "tryr 4r", "tryr-"]:
        assert found(text) == ["TRYR-4RCC"], text
    for text in ["TRY", "TRYO", "TRYR-4RCCC"]:  # less, or what no reference has
        assert found(text) == [], text


def test_a_name_that_a_reference_may_begin_with_is_found_beside_it(receive_as):
    receive_as("WYNN-4RCC", name="Ana Lovelace")
    wynn = receive(name="Ed Wynn", phone="+13035550111", email="ed@example.com")
    assert set(found("wynn")) == {"WYNN-4RCC", wynn.reference}


def test_a_search_or_a_list_that_stops_at_its_cap_says_and_more(desk, three, monkeypatch):
    for more in ["", "+"]:
        assert f"2{more} matches" in search(desk, "@example").content.decode()
        assert f"3{more} inquiries" in desk.get(QUEUE).content.decode()
        monkeypatch.setattr(listing, "MAX_FOUND", 2)
        monkeypatch.setattr(pagination, "MAX_LISTED", 3)


def test_days_are_asked_for_by_the_browsers_own_picker(desk, three):
    html = desk.get(QUEUE, {"received_at_from": "2020-01-31"}).content.decode()
    assert (html.count('type="date"'), "3 matches" in html) == (2, True)


def test_query_budget_does_not_grow_with_the_queue(
    as_user, three, front_desk, within_a_second, django_assert_max_num_queries
):
    for number in range(20):
        receive(name=f"Patient {number}").take(by=front_desk, seen=10**9)
    desk = as_user(front_desk)  # with the menu and its numbers
    desk.get(QUEUE)
    with django_assert_max_num_queries(24):
        desk.get(QUEUE)

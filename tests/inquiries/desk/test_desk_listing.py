"""The queue: everything in it, found by anything that people have at hand."""

import pytest
from django.urls import reverse

from inquiries.lookup import references as inquiry_references
from inquiries.models import Inquiry
from tests.inquiries.desk.desk_cast import receive, search, seen

pytestmark = pytest.mark.django_db

QUEUE = reverse("inquiry:index")


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


def found(text):
    return [inquiry.reference for inquiry in Inquiry.objects.search(text)]


def test_search_finds_a_person(desk, three):
    for number, texts in FINDS.items():
        assert [text for text in texts if found(text) != [three[number].reference]] == []
    assert references(search(desk, " (202) 555-0143")) == [three[0].reference]


def test_search_finds_a_reference_however_it_is_typed(three):
    wanted = three[1].reference
    for text in [wanted, wanted.lower(), wanted.replace("-", ""), wanted.replace("-", " ")]:
        assert found(text) == [wanted], text


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


def test_search_survives_anything(desk, three):
    for text in ["%", "_", "'", '"', "\\", "0", "nobody at all"]:
        found(text)
    for text in ["\x00", "x" * 10_000]:
        assert search(desk, text).status_code == 200


def test_query_budget_does_not_grow_with_the_queue(
    as_user, three, front_desk, within_a_second, django_assert_max_num_queries
):
    for number in range(20):
        receive(name=f"Patient {number}").take(by=front_desk, seen=10**9)
    desk = as_user(front_desk)  # with the menu and its numbers
    desk.get(QUEUE)
    with django_assert_max_num_queries(24):
        desk.get(QUEUE)

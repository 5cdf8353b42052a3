"""The queue: everything in it, found by anything that people have at hand."""

import pytest
from django.urls import reverse

from inquiries.lookup import references as inquiry_references
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


def test_lists_what_a_receptionist_needs(desk, three):
    html = desk.get(QUEUE).content.decode()
    for inquiry in three:
        assert inquiry.reference in html
        assert inquiry.name in html
    assert "Pain or a condition" in html


@pytest.mark.parametrize(("ordering", "newest_first"), [("received_at", False), ("-received_at", True)])
def test_sorts_by_time(desk, three, ordering, newest_first):
    expected = [inquiry.reference for inquiry in three]
    found = references(desk.get(QUEUE, {"ordering": ordering}))
    assert found == (expected[::-1] if newest_first else expected)


def test_filters_by_status_and_assignee(desk, front_desk, three):
    three[0].take(by=front_desk, seen=seen(three[0]))
    assert references(desk.get(QUEUE, {"status": "in_progress"})) == [three[0].reference]
    assert references(desk.get(QUEUE, {"assignee": front_desk.pk})) == [three[0].reference]
    assert three[0].reference not in references(desk.get(QUEUE, {"assignee": "null"}))


@pytest.mark.parametrize(
    "text",
    [
        "lovel",
        "ANA@EXAMPLE.COM",
        "2025550143",
        "(202) 555-0143",
        "+1 202 555 0143",
        "1-202-555-0143",
        "001 202 555 0143",
        "202.555.0143",
        "555-0143",
        "5550143",
        "0143",
        "  202 555 01",
    ],
)
def test_search_finds_a_person(desk, three, text):
    assert references(search(desk, text)) == [three[0].reference]


@pytest.mark.parametrize(
    ("text", "which"),
    [("020 7946 0018", 2), ("+44 20 7946 0018", 2), ("李小", 2), ("303 555", 1), ("bruce@", 2)],
)
def test_search_finds_others_too(desk, three, text, which):
    assert references(search(desk, text)) == [three[which].reference]


def test_search_finds_a_reference_however_it_is_typed(desk, three):
    wanted = three[1].reference
    for text in [wanted, wanted.lower(), wanted.replace("-", ""), wanted.replace("-", " ")]:
        assert references(search(desk, text)) == [wanted]


@pytest.fixture
def receive_as(monkeypatch):
    """Receive an inquiry that gets a given reference."""

    def receive_one(reference, **answers):
        with monkeypatch.context() as patched:
            patched.setattr(inquiry_references, "new", lambda: reference)
            return receive(**{"name": f"Somebody {reference}", **answers})

    return receive_one


@pytest.mark.parametrize("text", ["TRYR", "tryr", "tryr-4", "TRYR4R", "tryr 4r", "tryr-"])
def test_search_finds_a_reference_by_its_beginning(desk, receive_as, text):
    receive_as("TRYR-4RCC", name="Ana Lovelace")
    receive_as("XTRY-R4RC", name="Bo Diddley")
    assert references(search(desk, text)) == ["TRYR-4RCC"]


def test_a_name_that_a_reference_may_begin_with_is_found_beside_it(desk, receive_as):
    receive_as("WYNN-4RCC", name="Ana Lovelace")
    wynn = receive(name="Ed Wynn", phone="+13035550111", email="ed@example.com")
    assert set(references(search(desk, "wynn"))) == {"WYNN-4RCC", wynn.reference}


@pytest.mark.parametrize("text", ["TRY", "TRYO", "TRYR-4RCCC"])
def test_search_finds_no_reference_by_less_or_by_what_none_has(desk, receive_as, text):
    receive_as("TRYR-4RCC", name="Ana Lovelace")
    assert references(search(desk, text)) == []


@pytest.mark.parametrize("text", ["%", "_", "'", '"', "\\", "\x00", "0", "x" * 10_000, "nobody at all"])
def test_search_survives_anything(desk, three, text):
    assert search(desk, text).status_code == 200


def test_query_budget_does_not_grow_with_the_queue(
    desk, three, front_desk, within_a_second, django_assert_max_num_queries
):
    for number in range(20):
        inquiry = receive(name=f"Patient {number}")
        inquiry.take(by=front_desk, seen=seen(inquiry))
    desk.get(QUEUE)
    with django_assert_max_num_queries(26):
        desk.get(QUEUE)

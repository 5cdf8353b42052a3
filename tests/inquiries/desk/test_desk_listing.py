"""The queue: everything in it, found by anything that people have at hand, and no search in an address."""

import pytest
from django.urls import reverse

from inquiries.desk.queue import listing, pagination
from inquiries.desk.queue.sealed_search import sealed, unsealed
from inquiries.lookup import references as inquiry_references
from inquiries.models import Inquiry
from tests.inquiries.desk.helpers import QUEUE, receive, search


def references(response):
    return [inquiry.reference for inquiry in response.context["object_list"]]


@pytest.fixture
def three():
    return [
        receive(name="Ana Lovelace", phone="+12025550143", email="ana@example.com"),
        receive(name="Bo Diddley", phone="+13035550187", email=""),
        receive(name="李小龍", phone="+442079460018", email="bruce@example.org"),
    ]


def test_sorts_by_time_and_asks_for_days_by_the_browsers_own_picker(desk, three):
    expected = [inquiry.reference for inquiry in three]
    page = desk.get(QUEUE, {"ordering": "received_at", "received_at_from": "2020-01-31"})
    assert references(page) == expected
    html = page.content.decode()
    assert (html.count('type="date"'), "3 matches" in html) == (2, True)
    assert references(desk.get(QUEUE, {"ordering": "-received_at"})) == expected[::-1]


def test_filters_stay_from_tab_to_tab_and_the_patient_is_called_with_one_tap(desk, inquiry):
    html = desk.get(QUEUE, {"topic": "condition", "p": "1"}).content.decode()
    assert f'href="{reverse("inquiry:view", args=["mine"])}?topic=condition"' in html
    assert f'class="inquiry-call" href="{inquiry.phone_uri}"' in html


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
    assert search(desk, "\x00").status_code == 200
    html = search(desk, "x" * 10_000).content.decode()
    assert "Messages and notes are encrypted, so they can&#x27;t be searched." in html


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


def test_query_budget_does_not_grow_with_the_queue(
    as_user, three, front_desk, within_a_second, django_assert_max_num_queries
):
    for number in range(9):
        receive(name=f"Patient {number}").take(by=front_desk, seen=10**9)
    desk = as_user(front_desk)  # with the menu and its numbers
    desk.get(QUEUE)
    with django_assert_max_num_queries(24):
        desk.get(QUEUE)


@pytest.fixture
def two():
    return [receive(name="Ana Lovelace", topic="billing"), receive(name="Ana Turing", topic="other")]


def listed(response):
    return {inquiry.name for inquiry in response.context["object_list"]}


def test_the_address_does_not_say_what_was_looked_for_whatever_tab_was_open(desk, two):
    response = search(desk, "lovelace", reverse("inquiry:view", args=["closed"]))
    assert listed(response) == {"Ana Lovelace"}
    assert "lovelace" not in response.redirect_chain[-1][0].lower()
    assert 'value="lovelace"' in response.content.decode()


def test_filters_keep_the_search_and_a_search_keeps_the_filters(desk, front_desk, two):
    found = sealed("ana", front_desk)
    page = desk.get(QUEUE, {"found": found, "topic": "billing"})
    assert listed(page) == {"Ana Lovelace"}
    assert f'<input type="hidden" name="found" value="{found}">' in page.content.decode()
    assert listed(search(desk, "ana", f"{QUEUE}?topic=billing&p=7")) == {"Ana Lovelace"}


def test_the_address_shows_the_queue_if_it_is_damaged_or_another_colleagues(
    as_user, colleague, two, front_desk
):
    found = sealed("lovelace", front_desk)
    assert unsealed(found, front_desk) == "lovelace"
    for damaged in ["", "x", "\x00", "é", "=" * 50, "a2V5OmFiYw=="]:
        assert unsealed(damaged, front_desk) == "", damaged
    response = as_user(colleague).get(QUEUE, {"found": found})
    assert "lovelace" not in response.context["find_form"]["q"].value()
    assert listed(response) == {"Ana Lovelace", "Ana Turing"}


def test_the_admin_offers_no_search_that_puts_a_name_into_an_address(as_user, manager, front_desk, editor):
    for user, offered in [(editor, True), (manager, False), (front_desk, False)]:
        html = as_user(user).get(reverse("wagtailadmin_home")).content.decode()
        found = "wagtail.sidebar.SearchModule" in html, "admin-no-pages.css" not in html
        assert found == (offered, offered), user


def test_an_empty_search_ends_the_search(desk, front_desk, two):
    response = search(desk, "  ", f"{QUEUE}?found={sealed('lovelace', front_desk)}")
    assert not response.context["is_searching"]
    assert "found=" not in response.redirect_chain[-1][0]

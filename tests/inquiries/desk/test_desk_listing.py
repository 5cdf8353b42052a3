"""The queue's list: sorting, filters, search, and search terms kept out of URLs."""

import pytest
from django.urls import reverse

from inquiries.desk.queue import listing, pagination
from inquiries.desk.queue.sealed_search import seal_search, unseal_search
from inquiries.lookup import references as inquiry_references
from inquiries.models import Inquiry
from inquiries.models.inquiry import querysets
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


def test_the_list_sorts_by_time_and_uses_native_date_pickers(desk, three):
    expected = [inquiry.reference for inquiry in three]
    page = desk.get(QUEUE, {"ordering": "received_at", "received_at_from": "2020-01-31"})
    assert references(page) == expected
    html = page.content.decode()
    assert (html.count('type="date"'), "3 matches" in html) == (2, True)
    assert references(desk.get(QUEUE, {"ordering": "-received_at"})) == expected[::-1]


def test_tab_links_keep_filters_and_rows_link_the_phone_number(desk, inquiry):
    html = desk.get(QUEUE, {"topic": "condition", "p": "1"}).content.decode()
    assert f'href="{reverse("inquiry:view", args=["mine"])}?topic=condition"' in html
    assert f'class="inquiry-call" href="{inquiry.phone_uri}"' in html


SEARCHES = {
    0: [
        *["lovel", "ANA@EXAMPLE.COM", "2025550143", "(202) 555-0143", "+1 202 555 0143", "1-202-555-0143"],
        *["001 202 555 0143", "202.555.0143", "555-0143", "5550143", "0143", "  202 555 01"],
    ],
    1: ["303 555"],
    2: ["020 7946 0018", "+44 20 7946 0018", "李小", "bruce@"],
}
REFERENCE_FORMATS = [str, str.lower, lambda text: text.replace("-", ""), lambda text: text.replace("-", " ")]


def found(text):
    return [inquiry.reference for inquiry in Inquiry.objects.search(text)]


def test_search_finds_people_and_references_in_any_format(desk, three):
    searches = {three[number].reference: texts for number, texts in SEARCHES.items()}
    searches[three[1].reference] += [change(three[1].reference) for change in REFERENCE_FORMATS]
    for reference, texts in searches.items():
        assert [text for text in texts if found(text) != [reference]] == []
    assert references(search(desk, " (202) 555-0143")) == [three[0].reference]
    for text in ["%", "_", "'", '"', "\\", "0", "nobody at all"]:
        found(text)
    assert search(desk, "\x00").status_code == 200
    html = search(desk, "x" * 10_000).content.decode()
    assert "Messages and notes are encrypted, so they can&#x27;t be searched." in html


@pytest.fixture
def receive_as(monkeypatch):
    """Return a function that creates an inquiry with a given reference."""

    def receive_one(reference, **answers):
        with monkeypatch.context() as patched:
            patched.setattr(inquiry_references, "new", lambda: reference)
            return receive(**{"name": f"Somebody {reference}", **answers})

    return receive_one


def test_search_finds_a_reference_by_its_prefix(receive_as):
    receive_as("TRYR-4RCC", name="Ana Lovelace")
    receive_as("XTRY-R4RC", name="Bo Diddley")
    for text in ["TRYR", "tryr", "tryr-4", "TRYR4R", "tryr 4r", "tryr-"]:
        assert found(text) == ["TRYR-4RCC"], text
    for text in ["TRY", "TRYO", "TRYR-4RCCC"]:  # too short, or matching no reference
        assert found(text) == [], text


def test_search_matches_names_as_well_as_reference_prefixes(receive_as):
    receive_as("WYNN-4RCC", name="Ana Lovelace")
    wynn = receive(name="Ed Wynn", phone="+13035550111", email="ed@example.com")
    assert set(found("wynn")) == {"WYNN-4RCC", wynn.reference}


def test_capped_counts_end_with_a_plus(desk, three, monkeypatch):
    for more in ["", "+"]:
        assert f"2{more} matches" in search(desk, "@example").content.decode()
        assert f"3{more} inquiries" in desk.get(QUEUE).content.decode()
        monkeypatch.setattr(listing, "MAX_FOUND", 2)
        monkeypatch.setattr(pagination, "MAX_LISTED", 3)


@pytest.fixture
def two():
    return [receive(name="Ana Lovelace", topic="billing"), receive(name="Ana Turing", topic="other")]


def listed(response):
    return {inquiry.name for inquiry in response.context["object_list"]}


def test_search_terms_never_appear_in_urls(desk, two):
    response = search(desk, "lovelace", reverse("inquiry:view", args=["closed"]))
    assert listed(response) == {"Ana Lovelace"}
    assert "lovelace" not in response.redirect_chain[-1][0].lower()
    assert 'value="lovelace"' in response.content.decode()


def test_filters_keep_the_search_and_searches_keep_the_filters(desk, front_desk, two):
    found = seal_search("ana", front_desk)
    page = desk.get(QUEUE, {"found": found, "topic": "billing"})
    assert listed(page) == {"Ana Lovelace"}
    assert f'<input type="hidden" name="found" value="{found}">' in page.content.decode()
    assert listed(search(desk, "ana", f"{QUEUE}?topic=billing&p=7")) == {"Ana Lovelace"}


def test_filters_apply_before_the_limit_on_matches(desk, two, monkeypatch):
    monkeypatch.setattr(querysets, "MAX_FOUND", 1)
    for inquiry in two:
        assert listed(search(desk, "ana", f"{QUEUE}?topic={inquiry.topic}")) == {inquiry.name}


def test_damaged_or_other_users_search_urls_show_the_whole_queue(as_user, colleague, two, front_desk):
    found = seal_search("lovelace", front_desk)
    assert unseal_search(found, front_desk) == "lovelace"
    for damaged in ["", "x", "\x00", "é", "=" * 50, "a2V5OmFiYw=="]:
        assert unseal_search(damaged, front_desk) == "", damaged
    response = as_user(colleague).get(QUEUE, {"found": found})
    assert "lovelace" not in response.context["find_form"]["q"].value()
    assert listed(response) == {"Ana Lovelace", "Ana Turing"}


def test_only_editors_see_wagtails_search_which_puts_terms_into_urls(as_user, manager, front_desk, editor):
    for user, offered in [(editor, True), (manager, False), (front_desk, False)]:
        html = as_user(user).get(reverse("wagtailadmin_home")).content.decode()
        found = "wagtail.sidebar.SearchModule" in html, "admin-no-pages.css" not in html
        assert found == (offered, offered), user


def test_an_empty_search_ends_the_search(desk, front_desk, two):
    response = search(desk, "  ", f"{QUEUE}?found={seal_search('lovelace', front_desk)}")
    assert not response.context["is_searching"]
    assert "found=" not in response.redirect_chain[-1][0]

"""A search names a patient: its address does not say what was looked for, and is good for one colleague."""

import pytest
from django.urls import reverse

from inquiries.desk.queue.sealed_search import sealed, unsealed
from tests.inquiries.desk.desk_cast import QUEUE, receive, search

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(db):
    return [receive(name="Ana Lovelace", topic="billing"), receive(name="Ana Turing", topic="other")]


def listed(response):
    return {inquiry.name for inquiry in response.context["object_list"]}


def test_the_address_does_not_say_what_was_looked_for_whatever_tab_was_open(desk, two):
    response = search(desk, "lovelace", reverse("inquiry:view", args=["closed"]))
    assert listed(response) == {"Ana Lovelace"}
    assert "lovelace" not in response.redirect_chain[-1][0].lower()
    assert 'value="lovelace"' in response.content.decode()


def test_filters_order_and_pages_keep_the_search_and_a_search_keeps_the_filters(desk, two):
    found = search(desk, "ana").context["found"]
    assert listed(desk.get(QUEUE, {"found": found})) == {"Ana Lovelace", "Ana Turing"}
    assert listed(desk.get(QUEUE, {"found": found, "topic": "billing"})) == {"Ana Lovelace"}
    assert listed(search(desk, "ana", f"{QUEUE}?topic=billing&p=7")) == {"Ana Lovelace"}
    html = desk.get(QUEUE, {"found": found}).content.decode()
    assert f'<input type="hidden" name="found" value="{found}">' in html


def test_another_colleague_cannot_use_the_address(as_user, colleague, desk, two, front_desk):
    found = sealed("lovelace", front_desk)
    assert listed(desk.get(QUEUE, {"found": found})) == {"Ana Lovelace"}
    response = as_user(colleague).get(QUEUE, {"found": found})
    assert "lovelace" not in response.context["find_form"]["q"].value()
    assert listed(response) == {"Ana Lovelace", "Ana Turing"}


def test_a_damaged_address_shows_the_queue(desk, front_desk, two):
    for found in ["", "x", "\x00", "é", "=" * 50, "a2V5OmFiYw=="]:
        assert unsealed(found, front_desk) == "", found
    assert listed(desk.get(QUEUE, {"found": "x"})) == {"Ana Lovelace", "Ana Turing"}


def test_the_admin_offers_no_search_that_puts_a_name_into_an_address(as_user, manager, front_desk, editor):
    for user, offered in [(editor, True), (manager, False), (front_desk, False)]:
        html = as_user(user).get(reverse("wagtailadmin_home")).content.decode()
        found = "wagtail.sidebar.SearchModule" in html, "admin-no-pages.css" not in html
        assert found == (offered, offered), user


def test_an_empty_search_ends_the_search(desk, front_desk, two):
    response = search(desk, "  ", f"{QUEUE}?found={sealed('lovelace', front_desk)}")
    assert not response.context["is_searching"]
    assert "found=" not in response.redirect_chain[-1][0]


def test_search_needs_permission_to_see_inquiries(as_user, editor, two):
    assert as_user(editor).post(QUEUE, {"q": "ana"})["Location"] == reverse("wagtailadmin_home")

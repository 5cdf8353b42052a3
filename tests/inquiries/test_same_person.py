"""Hints at other inquiries that may be from the same person, and links between duplicates."""

import re
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from inquiries.desk.detail import view as detail
from inquiries.lookup.search import is_similar_name
from inquiries.models import BulkAction, Inquiry
from tests.inquiries.desk.helpers import (
    QUEUE,
    act,
    bulk_form_data,
    bulk_url,
    confirm,
    ids,
    overwrite,
    page_html,
    receive,
    seen,
)


def test_duplicates_are_linked_by_hand_and_can_be_unlinked(desk, inquiry):
    other = receive(message="Me again")
    assert inquiry.reference in hints_at(desk, other)
    refused = act(desk, "link", other, original=["", ""]).content.decode()
    assert "Enter the reference of the other inquiry." in refused
    # Browsers send the button's value and the empty box below "Link as a duplicate".
    act(desk, "link", other, original=[inquiry.reference.lower(), ""])
    assert (other.duplicate_of, other.status) == (inquiry, "new")  # not merged
    assert other.reference in page_html(desk, inquiry)
    act(desk, "unlink", other)
    assert other.duplicate_of is None


def test_the_taken_or_older_inquiry_becomes_the_original_of_all(desk, front_desk, inquiry):
    second, third = receive(message="Me again"), receive(message="And once more")
    act(desk, "link", third, original=second.reference)
    assert third.duplicate_of == second
    inquiry.take(by=front_desk, seen=seen(inquiry))
    act(desk, "link", inquiry, original=third.reference)
    originals = Inquiry.objects.order_by("pk").values_list("duplicate_of", flat=True)
    assert list(originals) == [None, inquiry.pk, inquiry.pk]


def hints_at(desk, inquiry):
    return page_html(desk, inquiry).partition("May be the same person")[2].partition("</section>")[0]


def test_a_hint_shows_urgency_topic_date_status_and_excerpt(desk, inquiry):
    overwrite(
        receive(message="My chest hurts.\n" + "Since then I cannot sleep. " * 10, topic="treatment"),
        received_at=datetime(2026, 3, 1, 19, 30, tzinfo=UTC),
    )
    hint = hints_at(desk, inquiry)
    for text in ["Urgent", "A treatment · Sun, Mar 1, 2:30 PM · New", "My chest hurts.\nSince then"]:
        assert text in hint
    assert len(re.search(r"My chest[^<]*", hint)[0]) == 80
    assert "more" not in hint


def test_hints_show_the_number_of_further_inquiries(desk, inquiry, monkeypatch):
    for number in range(7):
        receive(message=f"Once more: {number}")
    assert "and 2 more; search to find them" in hints_at(desk, inquiry)
    monkeypatch.setattr(detail, "MAX_LIKELY", 8)
    assert "and 2+ more" in hints_at(desk, inquiry)


def test_links_to_itself_and_circular_links_are_refused(front_desk, inquiry):
    other = receive(message="Me again")
    with pytest.raises(ValidationError):
        inquiry.link(inquiry, by=front_desk, seen=seen(inquiry))
    other.link(inquiry, by=front_desk, seen=seen(other))
    inquiry.refresh_from_db()
    with pytest.raises(ValidationError):
        inquiry.link(other, by=front_desk, seen=seen(inquiry))
    third = receive(message="And once more")
    third.link(other, by=front_desk, seen=seen(third))
    with pytest.raises(ValidationError):
        inquiry.link(third, by=front_desk, seen=seen(inquiry))


def test_a_nearly_identical_name_is_a_hint(desk, inquiry):
    receive(name="Zoe Unlike", email="zoe@example.com", phone="+13035550187")
    html = hints_at(desk, receive(name="Anna Lovelace", email="", phone="+13035550188", message="Hello"))
    assert (inquiry.reference in html, "Zoe Unlike" in html) == (True, False)


def test_names_match_despite_typos_but_not_by_last_name_alone():
    for name, other, expected in [
        ("Ana Lovelace", "Anna Lovelace", True),
        ("Jon Smith", "Smyth, John", True),
        ("María García López", "Maria Garcia", True),
        ("Ruth Script", "Kofi Script", False),
        ("Jane Smith", "John Smith", False),
        ("Anna Montgomery", "Hank Montgomery", False),
        ("李小龍", "李小明", False),
    ]:
        assert is_similar_name(name, other) is expected


@pytest.fixture
def three():
    """Inquiries of one person: one with all details, one with the same phone, one with a similar name."""
    return [
        receive(message="First"),
        receive(name="A. Lovelace", email="", message="Second"),
        receive(name="Anna Lovelace", email="", phone="+13035550111", message="Third"),
    ]


def originals():
    return list(Inquiry.objects.order_by("pk").values_list("duplicate_of", flat=True))


def test_bulk_linking_connects_one_persons_inquiries_and_can_be_undone(desk, front_desk, three):
    confirm(desk, "link", ids(three))
    assert originals() == [None, three[0].pk, three[0].pk]
    assert "3 inquiries linked" in desk.get("/admin/inquiries/").content.decode()
    described = three[2].events.last().describe()
    assert described == f"Amara Okafor linked it as a duplicate of {three[0].reference}"
    BulkAction.objects.get().undo(by=front_desk)
    assert originals() == [None, None, None]


def test_bulk_linking_makes_the_taken_inquiry_the_original(desk, front_desk, three):
    three[1].link(three[0], by=front_desk, seen=seen(three[1]))
    three[2].take(by=front_desk, seen=seen(three[2]))
    confirm(desk, "link", ids(three))
    assert originals() == [three[2].pk, three[2].pk, None]
    assert not BulkAction.objects.get().skipped


def test_bulk_linking_skips_and_reports_other_people_and_changed_inquiries(desk, colleague, three):
    other = receive(name="Bob Babbage", email="bob@example.com", phone="+14045550122", message="Other")
    hidden = bulk_form_data(desk, ids([*three, other]), "link")
    three[1].add_note("Just called", by=colleague, seen=seen(three[1]))
    text = desk.post(f"{bulk_url('link')}?next={QUEUE}", hidden, follow=True).content.decode()
    assert originals() == [None, None, three[0].pk, None]
    assert f"{other.reference}: another name, phone and email than {three[0].reference}" in text
    assert f"{three[1].reference}: changed in the meantime" in text

"""May be the same person: a hint, and a link between two inquiries that is made and undone on purpose."""

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


def test_duplicates_are_linked_explicitly_and_taken_back(desk, inquiry):
    other = receive(message="Me again")
    assert inquiry.reference in hints_at(desk, other)
    refused = act(desk, "link", other, original=["", ""]).content.decode()
    assert "Enter the reference of the other inquiry." in refused
    # As browsers send it: the button's value, then the empty box below "Link as a duplicate".
    act(desk, "link", other, original=[inquiry.reference.lower(), ""])
    assert (other.duplicate_of, other.status) == (inquiry, "new")  # nothing merges by itself
    assert other.reference in page_html(desk, inquiry)
    act(desk, "unlink", other)
    assert other.duplicate_of is None


def test_the_taken_or_older_one_stays_the_original_and_takes_the_others_along(desk, front_desk, inquiry):
    second, third = receive(message="Me again"), receive(message="And once more")
    act(desk, "link", third, original=second.reference)
    assert third.duplicate_of == second
    inquiry.take(by=front_desk, seen=seen(inquiry))
    act(desk, "link", inquiry, original=third.reference)
    originals = Inquiry.objects.order_by("pk").values_list("duplicate_of", flat=True)
    assert list(originals) == [None, inquiry.pk, inquiry.pk]


def hints_at(desk, inquiry):
    return page_html(desk, inquiry).partition("May be the same person")[2].partition("</section>")[0]


def test_a_hint_says_enough_to_tell_one_from_another(desk, inquiry):
    overwrite(
        receive(message="My chest hurts.\n" + "Since then I cannot sleep. " * 10, topic="treatment"),
        received_at=datetime(2026, 3, 1, 19, 30, tzinfo=UTC),
    )
    hint = hints_at(desk, inquiry)
    for words in ["Urgent", "A treatment · Sun, Mar 1, 2:30 PM · New", "My chest hurts.\nSince then"]:
        assert words in hint
    assert len(re.search(r"My chest[^<]*", hint)[0]) == 80
    assert "more" not in hint


def test_hints_say_how_many_more_there_are(desk, inquiry, monkeypatch):
    for number in range(7):
        receive(message=f"Once more: {number}")
    assert "and 2 more; search to find them" in hints_at(desk, inquiry)
    monkeypatch.setattr(detail, "MAX_LIKELY", 8)
    assert "and 2+ more" in hints_at(desk, inquiry)


def test_no_inquiry_is_a_duplicate_of_itself_or_in_a_circle(front_desk, inquiry):
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


def test_a_name_spelled_nearly_so_is_a_hint_too(desk, inquiry):
    receive(name="Zoe Unlike", email="zoe@example.com", phone="+13035550187")
    html = hints_at(desk, receive(name="Anna Lovelace", email="", phone="+13035550188", message="Hello"))
    assert (inquiry.reference in html, "Zoe Unlike" in html) == (True, False)


def test_a_shared_last_name_is_no_hint():
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
    """One by phone, one by email, one by a name that is spelled nearly so."""
    return [
        receive(message="First"),
        receive(name="A. Lovelace", email="", message="Second"),
        receive(name="Anna Lovelace", email="", phone="+13035550111", message="Third"),
    ]


def originals():
    return list(Inquiry.objects.order_by("pk").values_list("duplicate_of", flat=True))


def test_the_selected_of_one_person_become_one_matter_and_undo_takes_it_back(desk, front_desk, three):
    confirm(desk, "link", ids(three))
    assert originals() == [None, three[0].pk, three[0].pk]
    assert "3 inquiries linked" in desk.get("/admin/inquiries/").content.decode()
    described = three[2].events.last().describe()
    assert described == f"Amara Okafor linked it as a duplicate of {three[0].reference}"
    BulkAction.objects.get().undo(by=front_desk)
    assert originals() == [None, None, None]


def test_the_one_that_somebody_works_on_is_the_original_and_duplicates_come_along(desk, front_desk, three):
    three[1].link(three[0], by=front_desk, seen=seen(three[1]))
    three[2].take(by=front_desk, seen=seen(three[2]))
    confirm(desk, "link", ids(three))
    assert originals() == [three[2].pk, three[2].pk, None]
    assert not BulkAction.objects.get().skipped


def test_another_person_and_what_a_colleague_changed_are_left_alone_and_named(desk, colleague, three):
    other = receive(name="Bob Babbage", email="bob@example.com", phone="+14045550122", message="Other")
    hidden = bulk_form_data(desk, ids([*three, other]), "link")
    three[1].add_note("Just called", by=colleague, seen=seen(three[1]))
    text = desk.post(f"{bulk_url('link')}?next={QUEUE}", hidden, follow=True).content.decode()
    assert originals() == [None, None, three[0].pk, None]
    assert f"{other.reference}: another name, phone and email than {three[0].reference}" in text
    assert f"{three[1].reference}: changed in the meantime" in text

"""The queue links several inquiries of one person at once, by the same declared action as one alone."""

import pytest

from inquiries.models import BulkAction, Inquiry
from tests.inquiries.desk.desk_cast import QUEUE, bulk_address, confirm, ids, receive, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(db):
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
    page = desk.get(bulk_address("link"), {"id": ids([*three, other]), "next": QUEUE})
    hidden = {field.name: field.value() for field in page.context["form"].hidden_fields()}
    three[1].add_note("Just called", by=colleague, seen=seen(three[1]))
    text = desk.post(f"{bulk_address('link')}?next={QUEUE}", hidden, follow=True).content.decode()
    assert originals() == [None, None, three[0].pk, None]
    assert f"{other.reference}: another name, phone and email than {three[0].reference}" in text
    assert f"{three[1].reference}: changed in the meantime" in text

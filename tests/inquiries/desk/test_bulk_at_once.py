"""What a colleague does at the same moment is not overridden by what is done to many."""

import pytest
from django.urls import reverse

from inquiries.models import Inquiry
from tests.inquiries.desk.desk_cast import on_its_way, receive, seen

QUEUE = reverse("inquiry:index")
SPAM = reverse("wagtail_bulk_action", args=["inquiries", "inquiry", "spam"])


@pytest.fixture
def two(committed_db):
    return [receive(name="Ana Lovelace"), receive(name="Bo Hopper")]


def confirmation(desk, inquiries):
    """The page that asks, and what its button sends."""
    page = desk.get(SPAM, {"id": [inquiry.pk for inquiry in inquiries], "next": QUEUE})
    return {field.name: field.value() for field in page.context["form"].hidden_fields()}


def test_bulk_notices_a_change_committed_late(as_user, front_desk, colleague, two):
    """Ben's event has the lower number, and is not seen yet when Amara is asked to confirm."""
    taken, noted = two
    with on_its_way(lambda: taken.take(by=colleague, seen=seen(taken))):
        noted.add_note("Rang.", by=front_desk, seen=seen(noted))
        desk = as_user(front_desk)
        confirmed = confirmation(desk, two)
    answer = desk.post(f"{SPAM}?next={QUEUE}", confirmed, follow=True)
    assert f"{taken.reference}: changed in the meantime" in answer.content.decode()
    assert list(Inquiry.objects.order_by("pk").values_list("status", flat=True)) == ["in_progress", "spam"]

"""What a colleague does at the same moment is not overridden by what is done to many."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction
from django.urls import reverse

from inquiries.models import Inquiry
from tests.inquiries.desk_cast import receive, seen

QUEUE = reverse("inquiry:index")
SPAM = reverse("wagtail_bulk_action", args=["inquiries", "inquiry", "spam"])


@pytest.fixture
def two(committed_db):
    return [receive(name="Ana Lovelace"), receive(name="Bo Hopper")]


def confirmation(desk, inquiries):
    """The page that asks, and what its button sends."""
    page = desk.get(SPAM, {"id": [inquiry.pk for inquiry in inquiries], "next": QUEUE})
    return {field.name: field.value() for field in page.context["form"].hidden_fields()}


def test_what_was_written_first_and_committed_last(as_user, front_desk, colleague, two):
    """Ben's event has the lower number, and is not seen yet when Amara is asked to confirm."""
    taken, noted = two
    written, may_commit = Event(), Event()

    def take():
        try:
            with transaction.atomic():
                taken.take(by=colleague, seen=seen(taken))
                written.set()
                assert may_commit.wait(10)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        taking = pool.submit(take)
        assert written.wait(10)
        noted.add_note("Rang.", by=front_desk, seen=seen(noted))
        desk = as_user(front_desk)
        confirmed = confirmation(desk, two)
        may_commit.set()
        taking.result()
    answer = desk.post(f"{SPAM}?next={QUEUE}", confirmed, follow=True)
    assert f"{taken.reference}: changed in the meantime" in answer.content.decode()
    assert list(Inquiry.objects.order_by("pk").values_list("status", flat=True)) == ["in_progress", "spam"]

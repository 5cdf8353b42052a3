"""Work on an inquiry that's being erased at the same time is rejected with an explanation."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection, transaction
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.email import failed
from inquiries.models import Inquiry
from inquiries.privacy import erasure
from tests.inquiries.desk.helpers import act, opened, receive, seen

WORK = reverse("wagtail_bulk_action", args=["inquiries", "inquiry", "work"])
IS_BLOCKING = "SELECT FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid)) LIMIT 1"


@pytest.fixture
def inquiry(committed_db):
    return opened(receive())


@pytest.fixture
def concurrently():
    """Call a function with its own connection, and return its future."""

    def run(function, *values):
        try:
            return function(*values)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        yield lambda *call: pool.submit(run, *call)


def erase_during(inquiry, work, concurrently):
    """Lock the inquiry, start `work`, erase the inquiry once `work` waits, and return its result."""
    with transaction.atomic():
        Inquiry.objects.select_for_update().get(pk=inquiry.pk)
        future = concurrently(work)
        with connection.cursor() as cursor:
            while not future.done() and not cursor.execute(IS_BLOCKING).rowcount:
                pass
        erasure.erase([inquiry.pk], by=None, why="expired")
    assert not Inquiry.objects.filter(pk=inquiry.pk).exists()
    return future.result(10)


def test_opening_an_inquiry_being_erased_says_so(committed_db, as_user, front_desk, concurrently):
    desk = as_user(front_desk)
    for name in ["inspect", "print"]:
        erased = opened(receive(message=name))
        address = reverse(f"inquiry:{name}", args=[erased.pk])
        response = erase_during(erased, partial(desk.get, address), concurrently)
        assert (response.status_code, "was erased" in response.content.decode()) == (404, True), name


def test_a_note_added_during_erasure_is_returned_to_be_copied(inquiry, as_user, front_desk, concurrently):
    desk, note = as_user(front_desk), {"seen": seen(inquiry), "text": "Asked for her records", "did": "note"}
    address = reverse("inquiry:compose", args=[inquiry.pk])
    response = erase_during(inquiry, lambda: desk.post(address, note), concurrently)
    assert response.status_code == 404
    assert note["text"] in response.content.decode()


def test_live_updates_during_erasure_arent_found(inquiry, as_user, front_desk, concurrently):
    desk, address = as_user(front_desk), reverse("inquiry:inquiry_news", args=[inquiry.pk])
    desk.get(reverse("inquiry:inspect", args=[inquiry.pk]))
    assert erase_during(inquiry, lambda: desk.post(address, {"seen": 1}), concurrently).status_code == 404


def test_linking_to_an_inquiry_during_its_erasure_is_an_error(inquiry, as_user, front_desk, concurrently):
    desk, other = as_user(front_desk), receive(message="Me again.")
    response = erase_during(
        inquiry, lambda: act(desk, "link", other, original=inquiry.reference), concurrently
    )
    assert response.status_code == 422
    assert "The other inquiry was erased a moment ago." in response.content.decode()


def test_a_bulk_action_skips_an_inquiry_during_its_erasure(inquiry, as_user, front_desk, concurrently):
    desk, other = as_user(front_desk), receive(message="Me again.")
    query = {"id": [other.pk, inquiry.pk], "next": reverse("inquiry:index")}
    asked = desk.get(WORK, query).context["form"].initial
    response = erase_during(
        inquiry, lambda: desk.post(WORK, asked, query_params=query, follow=True), concurrently
    )
    assert f"{inquiry.reference}: erased in the meantime" in response.content.decode()
    assert Inquiry.objects.get().status == "in_progress"


def test_opening_an_inquiry_doesnt_wait_for_resent_emails(
    inquiry, as_user, front_desk, manager, concurrently
):
    desk, address = as_user(front_desk), reverse("inquiry:inspect", args=[inquiry.pk])
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_events SET at = at - interval '1 day'")
        assert failed.send_again(ProcrastinateJob.objects.latest("pk").pk, by=manager)
        assert concurrently(desk.get, address).result(10).status_code == 200

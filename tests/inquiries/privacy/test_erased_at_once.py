"""Whoever works on an inquiry that is being erased, or mended, at this moment is told so, or just goes on."""

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
SOMEBODY_WAITS_FOR_ME = "SELECT FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid)) LIMIT 1"


@pytest.fixture
def inquiry(committed_db):
    return opened(receive())


@pytest.fixture
def meanwhile():
    """Calls a function with a connection of its own; returns the future of its answer."""

    def run(function, *values):
        try:
            return function(*values)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        yield lambda *call: pool.submit(run, *call)


def erase_while(inquiry, work, meanwhile):
    """Begin to erase it; go on when `work`, which began after that, waits. Returns what work answers."""
    with transaction.atomic():
        Inquiry.objects.select_for_update().get(pk=inquiry.pk)
        working = meanwhile(work)
        with connection.cursor() as cursor:
            while not working.done() and not cursor.execute(SOMEBODY_WAITS_FOR_ME).rowcount:
                pass
        erasure.erase([inquiry.pk], by=None, why="expired")
    assert not Inquiry.objects.filter(pk=inquiry.pk).exists()
    return working.result(10)


def test_opening_it_leads_to_the_page_that_says_so(committed_db, as_user, front_desk, meanwhile):
    desk = as_user(front_desk)
    for name in ["inspect", "print"]:
        erased = opened(receive(message=name))
        address = reverse(f"inquiry:{name}", args=[erased.pk])
        answer = erase_while(erased, partial(desk.get, address), meanwhile)
        assert (answer.status_code, "was erased" in answer.content.decode()) == (404, True), name


def test_a_note_about_it_comes_back_to_be_copied(inquiry, as_user, front_desk, meanwhile):
    desk, note = as_user(front_desk), {"seen": seen(inquiry), "text": "Asked for her records", "did": "note"}
    address = reverse("inquiry:compose", args=[inquiry.pk])
    answer = erase_while(inquiry, lambda: desk.post(address, note), meanwhile)
    assert answer.status_code == 404
    assert note["text"] in answer.content.decode()


def test_a_page_that_is_open_asks_for_news(inquiry, as_user, front_desk, meanwhile):
    desk, address = as_user(front_desk), reverse("inquiry:inquiry_news", args=[inquiry.pk])
    desk.get(reverse("inquiry:inspect", args=[inquiry.pk]))
    assert erase_while(inquiry, lambda: desk.post(address, {"seen": 1}), meanwhile).status_code == 404


def test_linking_another_to_it_says_so(inquiry, as_user, front_desk, meanwhile):
    desk, other = as_user(front_desk), receive(message="Me again.")
    answer = erase_while(inquiry, lambda: act(desk, "link", other, original=inquiry.reference), meanwhile)
    assert answer.status_code == 422
    assert "The other inquiry was erased a moment ago." in answer.content.decode()


def test_a_bulk_action_leaves_it_out(inquiry, as_user, front_desk, meanwhile):
    desk, other = as_user(front_desk), receive(message="Me again.")
    query = {"id": [other.pk, inquiry.pk], "next": reverse("inquiry:index")}
    asked = desk.get(WORK, query).context["form"].initial
    answer = erase_while(inquiry, lambda: desk.post(WORK, asked, query_params=query, follow=True), meanwhile)
    assert f"{inquiry.reference}: erased in the meantime" in answer.content.decode()
    assert Inquiry.objects.get().status == "in_progress"


def test_opening_it_does_not_wait_for_emails_that_are_sent_again(
    inquiry, as_user, front_desk, manager, meanwhile
):
    desk, address = as_user(front_desk), reverse("inquiry:inspect", args=[inquiry.pk])
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_events SET at = at - interval '1 day'")
        assert failed.send_again(ProcrastinateJob.objects.latest("pk").pk, by=manager)
        assert meanwhile(desk.get, address).result(10).status_code == 200

"""Concurrent work: no change overwrites another, and no list misses an inquiry."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.urls import reverse

from inquiries.desk import alerts
from inquiries.models import AccessEntry, Draft, Inquiry, StaleInquiry
from inquiries.models.rate_limit import Origin
from tests.inquiries.desk.helpers import QUEUE, bulk_form_data, bulk_url, opened, receive, seen, uncommitted


def test_bulk_actions_skip_inquiries_changed_by_a_late_commit(committed_db, as_user, front_desk, colleague):
    """Ben's event has a lower id than the newest one that Amara's confirmation page saw."""
    taken, noted = receive(name="Ana Lovelace"), receive(name="Bo Hopper")
    with uncommitted(lambda: taken.take(by=colleague, seen=seen(taken))):
        noted.add_note("Rang.", by=front_desk, seen=seen(noted))
        desk = as_user(front_desk)
        confirmed = bulk_form_data(desk, [taken.pk, noted.pk])
    response = desk.post(f"{bulk_url('spam')}?next={QUEUE}", confirmed, follow=True)
    assert f"{taken.reference}: changed in the meantime" in response.content.decode()
    assert list(Inquiry.objects.order_by("pk").values_list("status", flat=True)) == ["in_progress", "spam"]


def test_an_autosave_waits_while_a_form_is_being_processed(committed_db, front_desk):
    inquiry = receive()

    def add_note():
        inquiry.add_note("Sent.", by=front_desk, seen=seen(inquiry))

    with uncommitted(add_note), transaction.atomic():
        connection.cursor().execute("SET LOCAL lock_timeout = '1ms'")
        with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
            Draft.objects.store(inquiry.pk, front_desk, {"answer": "Stop the aspirin."}, unless_done=uuid4())
    assert not Draft.objects.exists()


def test_linking_two_inquiries_to_each_other_at_the_same_time_refuses_one(committed_db, front_desk):
    first, second = receive(message="Hello"), receive(message="Me again")
    both_have_read = Barrier(2, timeout=10)

    def link(pair):
        inquiry, original = (Inquiry.objects.get(pk=one.pk) for one in pair)
        try:
            with transaction.atomic():
                both_have_read.wait()  # both threads have read the inquiries while unlinked
                inquiry.link(original, by=front_desk, seen=seen(inquiry))
            return "linked"
        except (ValidationError, StaleInquiry):
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(link, [(first, second), (second, first)]))
    assert results == ["linked", "refused"]
    assert Inquiry.objects.exclude(duplicate_of=None).count() == 1


def test_an_inquiry_committed_while_the_list_loads_is_announced(committed_db, as_user, front_desk):
    elsewhere = Origin("203.0.113.5")
    with uncommitted(lambda: receive(name="Slow", message="My chest hurts.", origin=elsewhere)):
        receive(name="Quick")  # has the higher id
        desk = as_user(front_desk)
        newest = desk.get(QUEUE).context["newest"]
    updates = desk.get(reverse("inquiry:news"), {"newest": newest}).json()
    assert (updates["urgent"], updates["newer"]) == ("1 new URGENT message. Show it", "")


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_bookmarks_contain_ids_missing_before_the_newest(monkeypatch, limit):
    monkeypatch.setattr(alerts, "MAX_UNCOMMITTED", limit)
    assert (bookmark := alerts.bookmark()) == "0;0"  # for an empty list, everything is new
    pks = [receive(name=f"Patient {number}", message=f"Hello {number}").pk for number in range(4)]
    assert alerts.updates_since(bookmark)["newer"] == "4 new inquiries. Show them"
    assert not {*pks[:3]} & set(alerts.newest_ids(Inquiry))
    opened(Inquiry.objects.get(pk=pks[2])).delete()
    assert (pks[2] in alerts.newest_ids(Inquiry)) == (limit > 1)
    assert not {*pks[:2]} & set(alerts.newest_ids(Inquiry))


def test_a_message_added_while_a_page_renders_stays_unopened(committed_db, as_user, front_desk):
    """Applies to the inquiry page, its print version, and bulk pages that show whole messages."""
    inquiry, desk, added = receive(), as_user(front_desk), []

    def add():
        added.append(f"Number {len(added)}")
        Inquiry.objects.get(pk=inquiry.pk).patient_wrote(added[-1])
        connection.close()

    def add_before_access_entry(execute, sql, *args):
        if sql.startswith('INSERT INTO "inquiries_accessentry"'):
            with ThreadPoolExecutor(1) as pool:
                pool.submit(add).result()
        return execute(sql, *args)

    page, print_page = (reverse(f"inquiry:{name}", args=[inquiry.pk]) for name in ["inspect", "print"])
    for url in [page, print_page, f"{bulk_url('spam')}?id={inquiry.pk}"]:
        with connection.execute_wrapper(add_before_access_entry):
            html = desk.get(url).content.decode()
        assert ("Number 0" in html, added[-1] in html) == (len(added) > 1, False)
        inquiry.refresh_from_db()
        assert inquiry.opened_at
        assert inquiry.unread_since == inquiry.events.get(pk=seen(inquiry)).at
    desk.get(page)
    inquiry.refresh_from_db()
    assert inquiry.is_opened
    assert not AccessEntry.objects.exclude(newest_shown=None).exists()  # not part of the hashed log

"""What two people do at the same moment: nobody's work overrides another's, and no list misses an inquiry."""

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


def test_bulk_notices_a_change_committed_late(committed_db, as_user, front_desk, colleague):
    """Ben's event has the lower number, and is not seen yet when Amara is asked to confirm."""
    taken, noted = receive(name="Ana Lovelace"), receive(name="Bo Hopper")
    with uncommitted(lambda: taken.take(by=colleague, seen=seen(taken))):
        noted.add_note("Rang.", by=front_desk, seen=seen(noted))
        desk = as_user(front_desk)
        confirmed = bulk_form_data(desk, [taken.pk, noted.pk])
    answer = desk.post(f"{bulk_url('spam')}?next={QUEUE}", confirmed, follow=True)
    assert f"{taken.reference}: changed in the meantime" in answer.content.decode()
    assert list(Inquiry.objects.order_by("pk").values_list("status", flat=True)) == ["in_progress", "spam"]


def test_an_autosave_waits_while_a_reply_is_being_sent(committed_db, front_desk):
    inquiry = receive()

    def press():
        inquiry.add_note("Sent.", by=front_desk, seen=seen(inquiry))

    with uncommitted(press), transaction.atomic():
        connection.cursor().execute("SET LOCAL lock_timeout = '1ms'")
        with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
            Draft.objects.store(inquiry.pk, front_desk, {"answer": "Stop the aspirin."}, unless_done=uuid4())
    assert not Draft.objects.exists()


def test_when_two_link_each_other_at_once_one_is_refused(committed_db, front_desk):
    first, second = receive(message="Hello"), receive(message="Me again")
    both_have_begun = Barrier(2, timeout=10)

    def link(pair):
        inquiry, original = (Inquiry.objects.get(pk=one.pk) for one in pair)
        try:
            with transaction.atomic():
                # Each has read both inquiries as they were, unlinked.
                both_have_begun.wait()
                inquiry.link(original, by=front_desk, seen=seen(inquiry))
            return "linked"
        except (ValidationError, StaleInquiry):
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(link, [(first, second), (second, first)]))
    assert said == ["linked", "told"]
    assert Inquiry.objects.exclude(duplicate_of=None).count() == 1


def test_an_inquiry_committed_while_the_list_loads_is_news(committed_db, as_user, front_desk):
    elsewhere = Origin("203.0.113.5")
    with uncommitted(lambda: receive(name="Slow", message="My chest hurts.", origin=elsewhere)):
        receive(name="Quick")  # has the higher number
        desk = as_user(front_desk)
        newest = desk.get(QUEUE).context["newest"]
    news = desk.get(reverse("inquiry:news"), {"newest": newest}).json()
    assert (news["urgent"], news["newer"]) == ("1 new URGENT message. Show it", "")


@pytest.mark.parametrize("most", [1, 2, 3, 4, 100])
def test_the_list_asks_for_what_is_missing_among_its_newest(monkeypatch, most):
    monkeypatch.setattr(alerts, "MAX_AT_ONCE", most)
    assert (bookmark := alerts.bookmark()) == "0;0"  # an empty list is told of everything
    pks = [receive(name=f"Patient {number}", message=f"Hello {number}").pk for number in range(4)]
    assert alerts.news_since(bookmark)["newer"] == "4 new inquiries. Show them"
    assert not {*pks[:3]} & set(alerts.newest(Inquiry))
    opened(Inquiry.objects.get(pk=pks[2])).delete()
    assert (pks[2] in alerts.newest(Inquiry)) == (most > 1)
    assert not {*pks[:2]} & set(alerts.newest(Inquiry))


def test_what_the_patient_adds_while_a_page_is_drawn_stays_unopened(committed_db, as_user, front_desk):
    """Also where an earlier addition is on it, whether its page, its print or a list of whole messages."""
    inquiry, desk, added = receive(), as_user(front_desk), []

    def add():
        added.append(f"Number {len(added)}")
        Inquiry.objects.get(pk=inquiry.pk).patient_wrote(added[-1])
        connection.close()

    def add_before_the_entry(execute, sql, *args):
        if sql.startswith('INSERT INTO "inquiries_accessentry"'):
            with ThreadPoolExecutor(1) as pool:
                pool.submit(add).result()
        return execute(sql, *args)

    page, paper = (reverse(f"inquiry:{name}", args=[inquiry.pk]) for name in ["inspect", "print"])
    for address in [page, paper, f"{bulk_url('spam')}?id={inquiry.pk}"]:
        with connection.execute_wrapper(add_before_the_entry):
            html = desk.get(address).content.decode()
        assert ("Number 0" in html, added[-1] in html) == (len(added) > 1, False)
        inquiry.refresh_from_db()
        assert inquiry.opened_at
        assert inquiry.unread_since == inquiry.events.get(pk=seen(inquiry)).at
    desk.get(page)
    inquiry.refresh_from_db()
    assert inquiry.is_opened
    assert not AccessEntry.objects.exclude(newest_shown=None).exists()  # a rollback verifies the log

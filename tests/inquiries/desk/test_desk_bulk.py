"""Bulk actions: confirmation, guards and undo."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from inquiries.desk.queue import bulk as desk_bulk
from inquiries.desk.queue.list_url import inquiries_listed_at
from inquiries.desk.queue.sealed_search import seal_search
from inquiries.models import BulkAction, Inquiry
from tests.inquiries.desk.helpers import (
    QUEUE,
    bulk_form_data,
    bulk_url,
    confirm,
    ids,
    in_hours,
    opened,
    receive,
    seen,
)

NEXT_WEEK = f"{timezone.localdate() + timedelta(days=7)}T10:00"


@pytest.fixture(scope="module")
def received(module_db):
    for number, topic in enumerate(["billing", "billing", "other", "other", "other"]):
        opened(receive(name=f"Patient Num{number}", topic=topic))


@pytest.fixture
def five(received):
    return list(Inquiry.objects.order_by("pk"))


def statuses():
    return sorted(Inquiry.objects.values_list("status", flat=True))


BULK_CASES = [
    ("spam", {}, {"status": "spam"}),
    ("work", {}, {"status": "in_progress"}),
    ("close", {"outcome": "not_for_us", "text": ""}, {"status": "closed", "outcome": "not_for_us"}),
    ("wait", {"follow_up_at": NEXT_WEEK}, {"status": "waiting"}),
]


def test_bulk_actions_change_only_selected_inquiries(desk, front_desk, five):
    for inquiry, (action, answers, expected) in zip(five, BULK_CASES, strict=False):
        assert confirm(desk, action, [inquiry.pk], **answers)["Location"] == QUEUE
        assert Inquiry.objects.get(**expected) == inquiry
    confirm(desk, "note", [five[4].pk], text="Office closed on Friday")
    assert five[4].events.last().text == "Office closed on Friday"
    assert desk.get(bulk_url("assign"), {"id": five[4].pk}).context["form"].initial["to"] == front_desk.pk
    assert Inquiry.objects.get(status="new") == five[4]


def test_a_past_follow_up_time_is_refused_on_the_confirmation_page(desk, five):
    refused = confirm(desk, "wait", ids(five), follow_up_at="2020-01-01T10:00")
    assert (refused.status_code, statuses()) == (200, ["new"] * 5)
    assert "Choose a time in the future." in refused.content.decode()
    assert refused.context["form"].initial["follow_up_at"] > timezone.now()


def test_selecting_all_respects_tab_filters_and_search(desk, front_desk, five):
    nonsense = "/admin/inquiries/view/nonsense/"
    elsewhere = ["/admin/", "/admin/pages/", nonsense, "/nowhere/", "https://elsewhere.example/", "http://["]
    for listed, number in {
        f"{QUEUE}?topic=billing": 2,
        reverse("inquiry:view", args=["closed"]): 0,
        QUEUE: 5,
        f"{QUEUE}?found={seal_search('patient num3', front_desk)}": 1,
        f"{QUEUE}?found={seal_search('Somebody else', front_desk)}": 0,
        **dict.fromkeys(elsewhere, 0),
    }.items():
        assert inquiries_listed_at(listed, front_desk).count() == number, listed
    nothing = desk.get(bulk_url("spam"), {"id": "all", "next": nonsense})
    assert (nothing.status_code, nothing.context["number"]) == (200, 0)
    confirm(desk, "spam", "all", next_url=f"{QUEUE}?topic=billing")
    assert set(Inquiry.objects.filter(status="spam")) == set(five[:2])


def test_inquiries_that_the_confirmation_page_didnt_show_stay_unchanged(desk, five):
    confirmed = bulk_form_data(desk, "all")
    receive(name="Came in meanwhile")
    desk.post(f"{bulk_url('spam')}?id=all&next={QUEUE}", confirmed)
    assert Inquiry.objects.get(name="Came in meanwhile").status == "new"
    assert Inquiry.objects.filter(status="spam").count() == 5


def test_the_selection_is_capped_with_a_notice(desk, five, monkeypatch):
    for cap, has_notice in [(5, False), (3, True)]:
        monkeypatch.setattr(desk_bulk, "MAX_INQUIRIES", cap)
        page = desk.get(bulk_url("spam"), {"id": "all", "next": QUEUE}).content.decode()
        assert (f"At most {cap} inquiries" in page) == ("At most" in page) == has_notice
    confirm(desk, "spam", "all")
    assert Inquiry.objects.filter(status="spam").count() == 3


def test_inquiries_changed_since_confirmation_are_skipped_and_listed(desk, colleague, five):
    confirmed = bulk_form_data(desk, ids(five))
    five[0].take(by=colleague, seen=seen(five[0]))
    response = desk.post(f"{bulk_url('spam')}?next={QUEUE}", confirmed, follow=True)
    assert f"{five[0].reference}: changed in the meantime" in response.content.decode()
    assert statuses() == ["in_progress", "spam", "spam", "spam", "spam"]


def test_a_note_that_was_added_nowhere_is_returned(desk, colleague, five):
    confirmed = bulk_form_data(desk, [five[0].pk], "note")
    five[0].take(by=colleague, seen=seen(five[0]))
    url, note = f"{bulk_url('note')}?next={QUEUE}&id={five[0].pk}", "She moved to Ohio."
    again = desk.post(url, {**confirmed, "text": note})
    assert f"{note}</textarea>" in again.content.decode()
    assert f"{five[0].reference}: changed in the meantime" in again.content.decode()
    desk.post(url, {field.name: field.value() for field in again.context["form"]})
    assert five[0].events.last().text == note


def test_bulk_closing_skips_and_lists_unopened_inquiries(desk, five):
    added, new = five[0], receive(name="Nobody has opened it")
    added.patient_wrote("One more thing")
    page = desk.get(bulk_url("close"), {"id": "all", "next": QUEUE}).content.decode()
    assert "2 of them have a message from the patient that nobody has opened. They stay open." in page
    response = confirm(desk, "close", [added.pk, new.pk, five[1].pk], outcome="answered")
    html = desk.get(response["Location"]).content.decode()
    for skipped in [added, new]:
        assert f"{skipped.reference}: nobody has opened it, or what the patient added" in html
    assert Inquiry.objects.get(status="closed") == five[1]


def test_bulk_closing_warns_about_urgent_inquiries_and_skips_them(desk, five, front_desk):
    five[0].set_urgent(True, by=front_desk, seen=seen(five[0]))
    for action in ["close", "spam"]:
        page = desk.get(bulk_url(action), {"id": "all", "next": QUEUE}).content.decode()
        assert "1 of them is urgent, and nobody has spoken to the patient. It stays open." in page
        assert page.count("Stays open: call first.") == 1
        confirm(desk, action, ids(five[:2]), **{"outcome": "answered"} if action == "close" else {})
        five[0].refresh_from_db()
        assert five[0].status == "new"
    five[0].no_call("She is in the emergency room.", by=front_desk, seen=seen(five[0]))
    page = desk.get(bulk_url("close"), {"id": ids(five), "next": QUEUE}).content.decode()
    assert "1 of them was flagged as urgent. It stays open: close it on its own page" in page
    confirm(desk, "close", ids(five), outcome="answered")
    assert list(Inquiry.objects.exclude(status="closed").exclude(status="spam")) == [five[0]]
    assert "Say whether it was urgent." in desk.get(QUEUE).content.decode()


def test_inquiries_that_dont_allow_the_action_are_skipped(desk, five):
    confirm(desk, "not_spam", ids(five))
    assert statuses() == ["new"] * 5
    assert not BulkAction.objects.exists()


def test_undo_restores_the_previous_state_and_keeps_the_history(desk, five):
    confirm(desk, "close", ids(five), outcome="answered")
    assert "5 inquiries closed" in desk.get(QUEUE).content.decode()
    desk.post(reverse("inquiry:undo"))
    assert statuses() == ["new"] * 5
    assert {inquiry.outcome for inquiry in Inquiry.objects.all()} == {""}
    assert five[0].events.last().describe() == "Amara Okafor undid a bulk action"
    assert desk.post(reverse("inquiry:undo"))["Location"] == reverse("wagtailadmin_home")  # only once


def test_the_spam_tab_shows_messages_and_undo_returns_to_it(desk, five):
    spam = reverse("inquiry:view", args=["spam"])
    confirm(desk, "spam", ids(five[:1]))
    assert "My back hurts." in desk.get(spam).content.decode()
    assert desk.post(reverse("inquiry:undo"), {"next": spam})["Location"] == spam
    assert desk.post(reverse("inquiry:undo"), {"next": "https://elsewhere.example/"}).status_code == 302


def test_undo_skips_inquiries_changed_since(desk, colleague, five):
    confirm(desk, "work", ids(five))
    five[0].add_note("Spoke to her", by=colleague, seen=seen(five[0]))
    desk.post(reverse("inquiry:undo"))
    assert statuses() == ["in_progress", "new", "new", "new", "new"]


def test_undo_explains_why_it_skips_a_duplicate_of_a_new_inquiry(desk, five):
    confirm(desk, "spam", ids(five))
    receive(name="Patient Num0", topic="billing")
    html = desk.post(reverse("inquiry:undo"), {"next": QUEUE}, follow=True).content.decode()
    assert "4 inquiries changed back." in html
    assert f"{five[0].reference}: The same message from this person is already in New." in html


def test_undo_works_once_within_an_hour_by_post_for_the_same_user(desk, as_user, front_desk, colleague, five):
    confirm(desk, "work", ids(five))
    assert as_user(colleague).post(reverse("inquiry:undo"))["Location"] == reverse("wagtailadmin_home")
    assert desk.get(reverse("inquiry:undo"))["Location"] == reverse("inquiry:index")  # after signing in again
    assert statuses() == ["in_progress"] * 5
    bulk, twin = BulkAction.objects.undoable_by(front_desk), BulkAction.objects.undoable_by(front_desk)
    assert bulk.undo(by=front_desk) == 5
    with pytest.raises(PermissionDenied):
        twin.undo(by=front_desk)
    BulkAction.objects.update(undone_at=None, at=in_hours(-2))
    with pytest.raises(PermissionDenied):
        BulkAction.objects.get(pk=bulk.pk).undo(by=front_desk)


def test_users_without_permission_cant_run_bulk_actions(client, onlooker, editor, five):
    for user in [onlooker, editor]:
        client.force_login(user)
        for method in [client.get, client.post]:
            response = method(bulk_url("spam") + f"?id={five[0].pk}")
            assert response["Location"] == reverse("wagtailadmin_home")
    with pytest.raises(PermissionDenied):
        BulkAction.objects.perform(Inquiry.objects.all(), None, by=onlooker, seen={}, name="x")
    assert statuses() == ["new"] * 5


def test_invalid_bulk_data_changes_nothing(desk, five):
    for text in ["1-1,x", "", ",".join(["1-1"] * 600), "1", "1-x", "1-1-1", f"1-{'9' * 30}"]:
        with pytest.raises(ValidationError):
            desk_bulk.SeenEventsField().clean(text)
    for answers in [{}, {"seen": "1-1,x"}]:
        desk.post(bulk_url("spam"), answers)
    assert statuses() == ["new"] * 5


def test_undo_never_reassigns_to_a_deleted_user(desk, front_desk, colleague, five):
    five[0].assign(colleague, by=front_desk, seen=seen(five[0]))
    confirm(desk, "assign", ids(five), to=front_desk.pk)
    assert {inquiry.assignee for inquiry in Inquiry.objects.all()} == {front_desk}
    colleague.delete()
    assert BulkAction.objects.undoable_by(front_desk).undo(by=front_desk) == 5
    assert {inquiry.assignee for inquiry in Inquiry.objects.all()} == {None}

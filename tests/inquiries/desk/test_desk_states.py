"""The statuses of an inquiry and their fields, enforced by the model and the database."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from inquiries.choices import NEXT_STATUSES, Outcome, Status
from inquiries.jobs import return_waiting, unassign_departed
from inquiries.models import Inquiry
from tests.inquiries.desk.helpers import act, in_hours, overwrite, page_html, receive, seen

REQUIRED = {Status.WAITING: {"follow_up_at": in_hours(24)}, Status.CLOSED: {"outcome": Outcome.ANSWERED}}


def move(inquiry, status, by, **answers):
    answers = answers or REQUIRED.get(status, {})
    inquiry.change_status(status, by=by, seen=seen(inquiry), **answers)
    return inquiry


PATHS = [[], ["in_progress"], ["waiting"], ["closed"], ["spam"]]


def test_only_known_status_changes_are_possible(front_desk):
    for path in PATHS:
        inquiry = receive(message=f"By {path}")
        for step in path:
            move(inquiry, step, front_desk)
        for status in Status.values:
            with transaction.atomic():
                tried = Inquiry.objects.get(pk=inquiry.pk)
                if status in NEXT_STATUSES[Status(inquiry.status)]:
                    assert move(tried, status, front_desk).status == status
                else:
                    with pytest.raises(ValidationError):
                        move(tried, status, front_desk)
                    stored = Inquiry.objects.get(pk=inquiry.pk).status
                    assert stored == tried.status == ([*path, "new"][0]), (path, status)
                transaction.set_rollback(True)


def test_waiting_requires_a_future_time_and_closing_an_outcome(front_desk, inquiry):
    for status, answers in [
        *((Status.WAITING, {"follow_up_at": at}) for at in [None, in_hours(-1)]),
        *((Status.CLOSED, {"outcome": outcome}) for outcome in ["", "nonsense"]),
    ]:
        with pytest.raises(ValidationError):
            move(inquiry, status, front_desk, **answers)
    assert inquiry.events.count() == 1


def test_the_timeline_keeps_old_and_new_values(front_desk, inquiry):
    move(inquiry, Status.CLOSED, front_desk, outcome=Outcome.APPOINTMENT)
    event = inquiry.events.last()
    assert (event.by_name, event.changes["outcome"]) == ("Amara Okafor", ["", "appointment"])
    shown = [(str(label), str(old), str(new)) for label, old, new in event.shown_changes()]
    assert shown == [("Status", "New", "Closed"), ("Outcome", "–", "Appointment booked")]


def test_reopening_sets_a_new_due_time_and_keeps_the_assignee(front_desk, colleague, inquiry, monkeypatch):
    inquiry.take(by=colleague, seen=seen(inquiry))
    move(inquiry, Status.CLOSED, front_desk)
    tomorrow = in_hours(24)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    move(inquiry, Status.IN_PROGRESS, front_desk)
    assert inquiry.due_at > tomorrow
    assert inquiry.outcome == ""
    assert inquiry.assignee == colleague


def test_reopening_soon_keeps_the_due_time_unless_it_was_waiting(front_desk, inquiry):
    overdue = overwrite(inquiry, due_at=in_hours(-48)).due_at
    move(inquiry, Status.CLOSED, front_desk)
    move(inquiry, Status.IN_PROGRESS, front_desk)
    assert inquiry.due_at == overdue
    move(inquiry, Status.WAITING, front_desk)
    move(inquiry, Status.CLOSED, front_desk)
    move(inquiry, Status.IN_PROGRESS, front_desk)
    assert inquiry.due_at > timezone.now()


def test_undoing_spam_keeps_the_due_time_and_is_refused_for_a_resent_message(front_desk, inquiry):
    due = inquiry.due_at
    move(inquiry, Status.SPAM, front_desk)
    move(inquiry, Status.NEW, front_desk)
    assert Inquiry.objects.get(pk=inquiry.pk).due_at == due
    move(inquiry, Status.SPAM, front_desk)
    overwrite(inquiry, received_at=in_hours(-30))
    assert receive().pk != inquiry.pk
    with pytest.raises(ValidationError, match="already in New"):
        move(inquiry, Status.NEW, front_desk)
    assert inquiry.status == Status.SPAM


def test_waiting_inquiries_return_to_their_assignee_or_to_new(front_desk, inquiry):
    nobodys = move(receive(message="Nobody's"), Status.WAITING, front_desk)
    inquiry.take(by=front_desk, seen=seen(inquiry))
    move(inquiry, Status.WAITING, front_desk)
    return_waiting(0)
    assert {*Inquiry.objects.values_list("status", flat=True)} == {Status.WAITING}
    for waiting in [inquiry, nobodys]:
        overwrite(waiting, follow_up_at=in_hours(-1))
    return_waiting(0)
    for waiting in [inquiry, nobodys]:
        waiting.refresh_from_db()
    assert (inquiry.status, inquiry.assignee, inquiry.follow_up_at) == ("in_progress", front_desk, None)
    assert inquiry.due_at > timezone.now()
    assert inquiry.events.last().describe() == "It's time to follow up"
    assert (nobodys.status, nobodys.assignee) == (Status.NEW, None)


@pytest.mark.parametrize("reason", ["account closed", "role removed"])
def test_inquiries_of_staff_who_left_become_unassigned(front_desk, colleague, inquiry, reason):
    others, waiting = receive(message="Another"), receive(message="Waiting")
    for taken, by in [(inquiry, colleague), (others, front_desk), (waiting, colleague)]:
        taken.take(by=by, seen=seen(taken))
    overwrite(move(waiting, Status.WAITING, colleague), follow_up_at=in_hours(-1))
    if reason == "account closed":
        colleague.is_active = False
        colleague.save()
    else:
        colleague.groups.clear()
    return_waiting(0)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.assignee) == (Status.NEW, None)
    unassign_departed(0)
    unassign_departed(0)
    assert set(Inquiry.objects.unassigned()) == {inquiry, waiting}
    assert inquiry.events.count() == 3
    assert inquiry.events.last().describe().startswith("Unassigned: its assignee no longer")


def test_closed_inquiries_show_failed_calls_and_when_they_are_erased(desk, front_desk, inquiry):
    for _call in range(2):
        inquiry.log_call("no_answer", by=front_desk, seen=seen(inquiry))
    move(inquiry, Status.CLOSED, front_desk, outcome=Outcome.NO_ANSWER)
    closed = desk.get(reverse("inquiry:view", args=["closed"])).content.decode()
    for html in [page := page_html(desk, inquiry), closed]:
        assert "Could not be reached after 2 calls" in html
    assert "Erased after" in page


def test_the_database_refuses_inconsistent_fields(inquiry):
    for broken in [
        *({"status": status} for status in ["waiting", "closed", "nonsense"]),
        *({"outcome": "answered"}, {"outcome": "nonsense", "status": "closed"}),
        *({"follow_up_at": timezone.now() + timedelta(1)}, {"urgent": True}, {"source": "nonsense"}),
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Inquiry.objects.filter(pk=inquiry.pk).update(**broken)


def test_logging_a_call_counts_it_and_assigns_a_new_inquiry(desk, front_desk, inquiry):
    act(desk, "call", inquiry, result="no_answer", text="rang ten times")
    act(desk, "call", inquiry, result="spoke")
    assert (inquiry.call_attempts, inquiry.assignee, inquiry.status) == (2, front_desk, "in_progress")
    html = page_html(desk, inquiry)
    assert "Amara Okafor called: no answer" in html
    assert "rang ten times" in html
    assert "called 2 times" in desk.get(reverse("inquiry:index")).content.decode()


def test_an_inquiry_can_be_assigned_and_unassigned(desk, colleague, inquiry):
    for to, assignee in [(colleague.pk, colleague), ("", None)]:
        act(desk, "assign", inquiry, to=to)
        assert inquiry.assignee == assignee


def test_users_who_cant_handle_inquiries_cant_be_assigned(front_desk, editor, inquiry):
    with pytest.raises(ValidationError):
        inquiry.assign(editor, by=front_desk, seen=seen(inquiry))


def test_follow_up_times_are_in_the_clinics_time_zone_and_can_be_moved(desk, inquiry):
    zone = timezone.zoneinfo.ZoneInfo("America/New_York")
    for day in [3, 9]:
        at = f"{timezone.now() + timedelta(days=day):%Y-%m-%d}T09:30"
        act(desk, "wait", inquiry, follow_up_at=at)
        assert inquiry.status == "waiting"
        assert inquiry.follow_up_at.astimezone(zone).strftime("%Y-%m-%dT%H:%M") == at
    assert inquiry.events.last().describe() == "Amara Okafor snoozed it again"


def test_a_call_back_has_its_own_label_and_is_due_at_its_time(front_desk, inquiry):
    at = in_hours(3)
    move(inquiry, Status.WAITING, front_desk, follow_up_at=at, call_back=True)
    assert inquiry.due.text.startswith("call back")
    assert inquiry.get_status_display() == "Call back"
    at = in_hours(-1)
    overwrite(inquiry, follow_up_at=at)
    inquiry.end_waiting()
    assert (inquiry.due_at, inquiry.call_back) == (at, False)
    assert inquiry.events.last().describe() == "It's time to call back"


def test_an_agreed_call_keeps_its_time_if_the_patient_writes_before(front_desk, inquiry):
    at = in_hours(1)
    move(inquiry, Status.WAITING, front_desk, follow_up_at=at, call_back=True)
    inquiry.patient_wrote("My husband will answer.")
    assert (inquiry.status, inquiry.due_at) == ("new", at)

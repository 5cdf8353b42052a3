"""An inquiry's life: each state with what belongs to it, held by its methods and by the database."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from inquiries.choices import NEXT_STATUSES, Outcome, Status
from inquiries.jobs import bring_back_waiting, free_left_behind
from inquiries.models import Inquiry
from tests.inquiries.desk.desk_cast import act, in_hours, page_of, receive, seen, shift

pytestmark = pytest.mark.django_db

NEEDS = {Status.WAITING: {"follow_up_at": in_hours(24)}, Status.CLOSED: {"outcome": Outcome.ANSWERED}}


def move(inquiry, status, by, **answers):
    answers = answers or NEEDS.get(status, {})
    inquiry.change_status(status, by=by, seen=seen(inquiry), **answers)
    return inquiry


WAYS = [[], ["in_progress"], ["waiting"], ["closed"], ["spam"]]


def test_only_the_known_ways_are_open(front_desk):
    for way in WAYS:
        inquiry = receive(message=f"By {way}")
        for step in way:
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
                    assert stored == tried.status == ([*way, "new"][0]), (way, status)
                transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("status", "answers"),
    [
        (Status.WAITING, {"follow_up_at": None}),
        (Status.WAITING, {"follow_up_at": in_hours(-1)}),
        (Status.CLOSED, {"outcome": ""}),
        (Status.CLOSED, {"outcome": "nonsense"}),
    ],
)
def test_waiting_needs_a_time_to_come_and_closing_an_outcome(front_desk, inquiry, status, answers):
    with pytest.raises(ValidationError):
        move(inquiry, status, front_desk, **answers)


def test_history_keeps_old_and_new_values(front_desk, inquiry):
    move(inquiry, Status.CLOSED, front_desk, outcome=Outcome.APPOINTMENT)
    event = inquiry.events.last()
    assert (event.by_name, event.changes["outcome"]) == ("Amara Okafor", ["", "appointment"])
    shown = [(str(what), str(old), str(new)) for what, old, new in event.shown_changes()]
    assert shown == [("Status", "New", "Closed"), ("Outcome", "–", "Appointment booked")]


def test_reopening_starts_a_new_promise_and_keeps_the_assignee(front_desk, colleague, inquiry, monkeypatch):
    inquiry.take(by=colleague, seen=seen(inquiry))
    move(inquiry, Status.CLOSED, front_desk)
    tomorrow = in_hours(24)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    move(inquiry, Status.IN_PROGRESS, front_desk)
    assert inquiry.due_at > tomorrow
    assert inquiry.outcome == ""
    assert inquiry.assignee == colleague


def test_reopening_what_was_closed_by_mistake_keeps_the_promise(front_desk, inquiry):
    overdue = shift(inquiry, due_at=in_hours(-48)).due_at
    move(inquiry, Status.CLOSED, front_desk)
    move(inquiry, Status.IN_PROGRESS, front_desk)
    assert inquiry.due_at == overdue


def test_reopening_what_waited_for_the_patient_starts_a_new_one(front_desk, inquiry):
    move(inquiry, Status.WAITING, front_desk)
    shift(inquiry, due_at=in_hours(-480))
    move(inquiry, Status.CLOSED, front_desk)
    move(inquiry, Status.IN_PROGRESS, front_desk)
    assert inquiry.due_at > timezone.now()


def test_not_spam_keeps_the_clock_and_is_refused_where_the_same_message_is_new_again(front_desk, inquiry):
    due = inquiry.due_at
    move(inquiry, Status.SPAM, front_desk)
    move(inquiry, Status.NEW, front_desk)
    assert Inquiry.objects.get(pk=inquiry.pk).due_at == due
    move(inquiry, Status.SPAM, front_desk)
    shift(inquiry, received_at=in_hours(-30))
    assert receive().pk != inquiry.pk
    with pytest.raises(ValidationError, match="already in New"):
        move(inquiry, Status.NEW, front_desk)
    assert inquiry.status == Status.SPAM


def test_waiting_comes_back_to_its_assignee(front_desk, inquiry):
    inquiry.take(by=front_desk, seen=seen(inquiry))
    move(inquiry, Status.WAITING, front_desk)
    bring_back_waiting(0)
    assert Inquiry.objects.get(pk=inquiry.pk).status == Status.WAITING
    shift(inquiry, follow_up_at=in_hours(-1))
    bring_back_waiting(0)
    inquiry.refresh_from_db()
    assert (inquiry.status, inquiry.assignee, inquiry.follow_up_at) == ("in_progress", front_desk, None)
    assert inquiry.due_at > timezone.now()
    assert inquiry.events.last().describe() == "It's time to follow up"


def leave(colleague, how):
    if how == "account closed":
        colleague.is_active = False
        colleague.save()
    if how == "other work":
        colleague.groups.clear()


@pytest.mark.parametrize("how", ["account closed", "other work"])
def test_nobody_who_left_keeps_an_inquiry(front_desk, colleague, inquiry, how):
    inquiry.take(by=colleague, seen=seen(inquiry))
    others = receive(message="Another")
    others.take(by=front_desk, seen=seen(others))
    leave(colleague, how)
    free_left_behind(0)
    free_left_behind(0)
    inquiry.refresh_from_db()
    others.refresh_from_db()
    assert (inquiry.assignee, others.assignee) == (None, front_desk)
    assert inquiry in Inquiry.objects.unassigned()
    assert inquiry.events.count() == 3
    assert inquiry.events.last().describe().startswith("Unassigned: its assignee no longer")


@pytest.mark.parametrize("how", ["account closed", "other work", "nobody's"])
def test_what_waits_for_nobody_or_for_who_left_comes_back_among_the_new(colleague, inquiry, how):
    if how != "nobody's":
        inquiry.take(by=colleague, seen=seen(inquiry))
    move(inquiry, Status.WAITING, colleague)
    shift(inquiry, follow_up_at=in_hours(-1))
    leave(colleague, how)
    bring_back_waiting(0)
    inquiry = Inquiry.objects.get(pk=inquiry.pk)
    assert (inquiry.status, inquiry.assignee) == (Status.NEW, None)


def test_not_reached_says_the_number_of_calls(desk, front_desk, inquiry):
    for _call in range(2):
        inquiry.log_call("no_answer", by=front_desk, seen=seen(inquiry))
    move(inquiry, Status.CLOSED, front_desk, outcome=Outcome.NO_ANSWER)
    closed = desk.get(reverse("inquiry:view", args=["closed"])).content.decode()
    for html in [page_of(desk, inquiry), closed]:
        assert "Could not be reached after 2 calls" in html


def test_the_database_refuses_what_does_not_belong_together(inquiry):
    for broken in [
        *({"status": status} for status in ["waiting", "closed", "nonsense"]),
        *({"outcome": "answered"}, {"outcome": "nonsense", "status": "closed"}),
        *({"follow_up_at": timezone.now() + timedelta(1)}, {"urgent": True}, {"source": "nonsense"}),
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Inquiry.objects.filter(pk=inquiry.pk).update(**broken)


def test_the_desk_lets_it_wait_on_the_clinics_clock(desk, inquiry):
    in_two_days = timezone.now() + timedelta(days=2)
    act(desk, "wait", inquiry, follow_up_at=f"{in_two_days:%Y-%m-%d}T09:30")
    inquiry.refresh_from_db()
    assert inquiry.status == "waiting"
    zone = timezone.zoneinfo.ZoneInfo("America/New_York")
    assert inquiry.follow_up_at.astimezone(zone).strftime("%H:%M") == "09:30"


def test_a_call_is_counted_and_takes_a_new_inquiry(desk, front_desk, inquiry):
    act(desk, "call", inquiry, result="no_answer", text="rang ten times")
    act(desk, "call", inquiry, result="spoke")
    inquiry.refresh_from_db()
    assert (inquiry.call_attempts, inquiry.assignee, inquiry.status) == (2, front_desk, "in_progress")
    html = page_of(desk, inquiry)
    assert "Amara Okafor called: no answer" in html
    assert "rang ten times" in html
    assert "called 2 times" in desk.get(reverse("inquiry:index")).content.decode()


def test_assigning_gives_it_to_a_colleague_and_back(desk, colleague, inquiry):
    for to, assignee in [(colleague.pk, colleague), ("", None)]:
        act(desk, "assign", inquiry, to=to)
        inquiry.refresh_from_db()
        assert inquiry.assignee == assignee


def test_nobody_is_assigned_who_may_not_work_on_inquiries(front_desk, editor, inquiry):
    with pytest.raises(ValidationError):
        inquiry.assign(editor, by=front_desk, seen=seen(inquiry))


def test_colleagues_mark_what_is_urgent(desk, inquiry):
    act(desk, "urgent", inquiry)
    inquiry.refresh_from_db()
    assert (inquiry.urgent, inquiry.urgent_because) == (True, "Marked by Amara Okafor")
    act(desk, "not_urgent", inquiry)
    inquiry.refresh_from_db()
    assert not inquiry.urgent


def test_a_snoozed_inquiry_can_be_snoozed_again(desk, inquiry):
    for day in [3, 9]:
        at = timezone.localtime() + timedelta(days=day)
        act(desk, "wait", inquiry, follow_up_at=f"{at:%Y-%m-%d}T10:00")
        inquiry.refresh_from_db()
        assert timezone.localdate(inquiry.follow_up_at) == at.date()
    assert inquiry.events.last().describe() == "Amara Okafor snoozed it again"

"""Inquiries that weren't opened in time are escalated, and the timeline lists the recipients."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from clinic.models import ClinicSettings
from inquiries.email import emails, escalation
from inquiries.jobs import send_escalation
from inquiries.models import Inquiry
from tests.inquiries.desk.helpers import opened, page_html, receive

URGENT = {"urgent": True, "urgent_because": "x", "severity": 13}
MONDAY_NINE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # in New York


@pytest.fixture
def unread(inquiry):
    """A function that makes the inquiry unopened since Monday at nine, and sets the given fields."""

    def update(**values):
        Inquiry.objects.filter(pk=inquiry.pk).update(opened_at=None, received_at=MONDAY_NINE, **values)
        return inquiry

    return update


def steps_at(moment):
    return [step.to for _inquiry, step in escalation.due_steps(moment)]


def test_an_urgent_inquiry_reaches_desk_managers_and_on_call_within_half_an_hour(unread):
    inquiry = unread(**URGENT)
    notified = []
    for minutes in [9, 10, 20, 30, 60]:
        for due, step in escalation.due_steps(MONDAY_NINE + timedelta(minutes=minutes)):
            escalation.claim_step(due, step)
            notified.append((minutes, step.to))
    assert notified == [(10, "desk"), (20, "managers"), (30, "on call")]
    assert inquiry.events.filter(kind="escalated").count() == 3


def test_an_ordinary_inquiry_escalates_when_due_and_none_after_hours(unread):
    unread(due_at=MONDAY_NINE + timedelta(hours=2))
    assert steps_at(MONDAY_NINE + timedelta(hours=1)) == []
    assert steps_at(MONDAY_NINE + timedelta(hours=2, minutes=1)) == ["desk"]
    unread(**URGENT)
    assert steps_at(MONDAY_NINE + timedelta(hours=14)) == []


def test_a_clinic_without_opening_hours_escalates_around_the_clock(unread):
    ClinicSettings.objects.update(opening_hours=[])
    unread(**URGENT)
    assert steps_at(MONDAY_NINE + timedelta(minutes=9)) == []
    assert steps_at(MONDAY_NINE + timedelta(minutes=11)) == ["desk"]
    ordinary = receive(message="When can I come?")
    assert timedelta(hours=9) <= ordinary.due_at - ordinary.received_at < timedelta(hours=9, seconds=1)
    unread(urgent=False, urgent_because="", severity=0, due_at=ordinary.due_at)
    assert steps_at(ordinary.due_at + timedelta(minutes=1)) == ["desk"] * 2


def test_each_step_is_taken_once_and_none_after_opening(unread, front_desk, manager):
    unread(**URGENT)
    [(due, step)] = escalation.due_steps(MONDAY_NINE + timedelta(minutes=15))
    assert front_desk.email in escalation.claim_step(due, step)
    assert escalation.claim_step(due, step) == []
    [(due, step)] = escalation.due_steps(MONDAY_NINE + timedelta(minutes=25))
    assert escalation.recipients(step) == [manager.email]
    Inquiry.objects.update(opened_at=MONDAY_NINE)
    assert escalation.claim_step(due, step) == []
    assert steps_at(MONDAY_NINE + timedelta(minutes=25)) == []


def test_former_colleagues_get_no_delayed_notices(unread, manager, colleague, mailoutbox):
    inquiry = unread(**URGENT)
    manager.groups.clear()
    colleague.is_active = False
    colleague.save()
    for address in [manager.email, colleague.email, "on-call@clinic.example"]:
        send_escalation(inquiry_id=inquiry.pk, to=address)
    ClinicSettings.objects.update(on_call_email=colleague.email)
    send_escalation(inquiry_id=inquiry.pk, to=colleague.email)
    assert [email.to for email in mailoutbox] == [["on-call@clinic.example"], [colleague.email]]


def test_an_urgent_later_message_escalates_until_it_is_opened(unread, desk):
    inquiry = opened(unread(due_at=MONDAY_NINE))
    assert not Inquiry.objects.not_opened().exists()
    inquiry.patient_wrote("I have chest pain and can't breathe")
    assert "not opened yet" in desk.get(reverse("inquiry:index")).content.decode()
    Inquiry.objects.update(unread_since=MONDAY_NINE)
    steps = steps_at(MONDAY_NINE + timedelta(minutes=9)), steps_at(MONDAY_NINE + timedelta(minutes=11))
    assert steps == ([], ["desk"])
    page_html(desk, inquiry)
    assert steps_at(MONDAY_NINE + timedelta(minutes=11)) == []
    assert "not opened yet" not in desk.get(reverse("inquiry:index")).content.decode()


def test_an_ordinary_later_message_escalates_when_due(unread):
    inquiry = unread(due_at=MONDAY_NINE)
    Inquiry.objects.update(opened_at=MONDAY_NINE, escalated=3)
    inquiry.patient_wrote("And when can I come?")
    Inquiry.objects.update(unread_since=MONDAY_NINE + timedelta(hours=2), due_at=MONDAY_NINE)
    assert steps_at(MONDAY_NINE + timedelta(hours=1)) == []
    assert steps_at(MONDAY_NINE + timedelta(hours=2, minutes=1)) == ["desk"]


def test_a_second_round_of_emails_has_new_message_ids(unread):
    inquiry = unread(**URGENT)
    first = emails.escalation_notice(inquiry, "a@clinic.example")
    inquiry.unread_since = MONDAY_NINE
    second = emails.escalation_notice(inquiry, "a@clinic.example")
    assert first.message()["Message-ID"] != second.message()["Message-ID"]


def test_the_timeline_lists_recipients_and_steps_without_an_address(unread, front_desk):
    inquiry = unread(**URGENT)
    for step in escalation.STEPS:
        escalation.claim_step(inquiry, step)
    desk, *_managers, on_call = inquiry.events.filter(kind="escalated")
    assert (desk.describe(), desk.text) == (
        "Not opened yet, so we notified: the front desk",
        front_desk.email,
    )
    assert on_call.describe().startswith("Not opened yet, but no one could be notified")
    ClinicSettings.objects.update(on_call_email="on-call@clinic.example")
    assert escalation.recipients(escalation.STEPS[-1]) == ["on-call@clinic.example"]


def test_unopened_spam_isnt_escalated_like_other_inquiries(unread):
    unread(status="spam", due_at=MONDAY_NINE)
    assert steps_at(MONDAY_NINE + timedelta(hours=3)) == []

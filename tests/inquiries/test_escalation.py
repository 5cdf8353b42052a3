"""An inquiry that no human has opened is passed on by the clock, and the timeline says who was told."""

from datetime import UTC, datetime, timedelta

import pytest

from clinic.models import ClinicSettings
from inquiries.email import escalation
from inquiries.models import Inquiry

pytestmark = pytest.mark.django_db
MONDAY_NINE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # in New York


@pytest.fixture
def unread(inquiry):
    def of(**values):
        Inquiry.objects.filter(pk=inquiry.pk).update(opened_at=None, received_at=MONDAY_NINE, **values)
        return inquiry

    return of


def steps_at(moment):
    return [step.to for _inquiry, step in escalation.due(moment)]


def test_an_urgent_one_goes_to_the_desk_the_managers_and_on_call_within_half_an_hour(unread):
    inquiry = unread(urgent=True, urgent_because="x", severity=13)
    told = []
    for minutes in [9, 10, 20, 30, 60]:
        for due, step in escalation.due(MONDAY_NINE + timedelta(minutes=minutes)):
            escalation.take(due, step)
            told.append((minutes, step.to))
    assert told == [(10, "desk"), (20, "managers"), (30, "on call")]
    assert [event.detail for event in inquiry.events.filter(kind="escalated")] == [
        "desk",
        "managers",
        "on call",
    ]


def test_an_ordinary_one_waits_until_its_answer_is_due(unread):
    unread(due_at=MONDAY_NINE + timedelta(hours=2))
    assert steps_at(MONDAY_NINE + timedelta(hours=1)) == []
    assert steps_at(MONDAY_NINE + timedelta(hours=2, minutes=1)) == ["desk"]


def test_nothing_happens_while_the_clinic_is_closed(unread):
    unread(urgent=True, urgent_because="x", severity=13)
    assert steps_at(MONDAY_NINE + timedelta(hours=14)) == []


def test_once_somebody_has_opened_it_nobody_is_told(unread):
    unread(urgent=True, urgent_because="x", severity=13)
    [(due, step)] = escalation.due(MONDAY_NINE + timedelta(minutes=15))
    Inquiry.objects.update(opened_at=MONDAY_NINE)
    assert escalation.take(due, step) == []
    assert steps_at(MONDAY_NINE + timedelta(minutes=15)) == []


def test_a_step_is_taken_once(unread, front_desk):
    unread(urgent=True, urgent_because="x", severity=13)
    [(due, step)] = escalation.due(MONDAY_NINE + timedelta(minutes=15))
    assert front_desk.email in escalation.take(due, step)
    assert escalation.take(due, step) == []


def test_spam_without_a_reader_is_passed_on_by_its_own_alarm(unread):
    unread(status="spam", due_at=MONDAY_NINE)
    assert steps_at(MONDAY_NINE + timedelta(hours=3)) == []


def test_the_on_call_address_is_the_clinics(db):
    clinic = ClinicSettings.current()
    clinic.on_call_email = "on-call@clinic.example"
    clinic.save()
    assert escalation.addresses(escalation.STEPS[-1]) == ["on-call@clinic.example"]

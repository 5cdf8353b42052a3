"""The form and the confirmation promise only what's still true."""

from datetime import UTC, datetime
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from clinic.models import ClinicSettings
from inquiries.choices import Call, Outcome, Status
from inquiries.public.confirmation import reading_sentence, sender_url
from inquiries.templatetags import inquiry_tags
from tests.inquiries.desk.helpers import in_hours, overwrite, receive, seen

CALM, EMERGENCY, CRISIS = "My back hurts.", "I have chest pain", "I want to die."
LATE = "You should have heard from us by now"
READ = "We've read your message. If you haven't heard from us"
PROMISE, FIRST = "You'll hear from us by", "We look at messages like yours first, but only while we're open."
SENTENCES = [LATE, READ, PROMISE, FIRST]


def shown_sentences(client, inquiry):
    main = BeautifulSoup(client.get(sender_url(inquiry)).content, "html.parser").main
    assert inquiry.reference in main.text
    assert main.select_one("ol a[href='tel:+12025550100']")
    return [sentence for sentence in SENTENCES if sentence in " ".join(main.text.split())]


@pytest.mark.parametrize(("message", "sentence"), [(CALM, PROMISE), (EMERGENCY, FIRST), (CRISIS, FIRST)])
def test_urgent_messages_are_promised_no_date_and_late_ones_get_an_apology(client, message, sentence):
    inquiry = receive(message=message)
    assert shown_sentences(client, inquiry) == [sentence]
    assert shown_sentences(client, overwrite(inquiry, due_at=in_hours(-1))) == [LATE]


@pytest.mark.parametrize(
    ("message", "status", "detail"),
    [
        (EMERGENCY, Status.CLOSED, {"outcome": Outcome.ANSWERED, "was_urgent": True}),
        (CALM, Status.WAITING, {"follow_up_at": in_hours(9)}),
    ],
)
def test_a_closed_or_waiting_inquiry_promises_nothing_more(client, front_desk, message, status, detail):
    inquiry = receive(message=message)
    inquiry.log_call(Call.SPOKE, by=front_desk, seen=seen(inquiry))
    inquiry.change_status(status, by=front_desk, seen=seen(inquiry), **detail)
    for due in [-1, 1]:
        assert shown_sentences(client, overwrite(inquiry, due_at=in_hours(due))) == [READ]


def test_the_sender_of_suspected_spam_sees_the_usual_confirmation(client):
    inquiry = overwrite(receive(), status=Status.SPAM)
    for due, sentences in [(1, [PROMISE]), (-1, [LATE])]:
        assert shown_sentences(client, overwrite(inquiry, due_at=in_hours(due))) == sentences


def test_an_inquiry_without_a_due_time_promises_none(client):
    assert shown_sentences(client, overwrite(receive(), due_at=None)) == []


READING_DAYS = [
    ("2026-11-24 09:14", "2026-11-24 09:14", "today, Tuesday, November 24"),
    ("2026-11-24 07:00", "2026-11-24 07:00", "today, Tuesday, November 24, from 8 AM"),
    ("2026-11-24 16:50", "2026-11-24 16:50", "tomorrow, Wednesday, November 25, from 8 AM"),
    ("2026-11-24 20:00", "2026-11-25 01:00", "today, Wednesday, November 25, from 8 AM"),
    ("2026-11-27 20:00", "2026-11-27 20:00", "Monday, November 30, from 8 AM"),
    ("2026-11-24 09:14", "2026-11-25 09:14", ""),
]


def test_the_confirmation_says_on_which_day_the_message_is_read(client):
    hours = ClinicSettings.current().hours  # in New York, open from 8 to 5 on weekdays
    zone = ZoneInfo("America/New_York")
    for received, viewed, day in READING_DAYS:
        times = [datetime.fromisoformat(at).replace(tzinfo=zone) for at in (received, viewed)]
        assert reading_sentence(hours, *times) == (f"A person will read it {day}." if day else ""), received
    inquiry = receive()
    sentence = reading_sentence(hours, inquiry.received_at, timezone.now())
    assert sentence in client.get(inquiry.get_absolute_url()).content.decode()
    overwrite(inquiry, received_at=in_hours(-9 * 24))
    assert "A person will read it" not in client.get(inquiry.get_absolute_url()).content.decode()


def test_the_form_of_a_closed_clinic_says_when_messages_are_read(client, monkeypatch):
    sentence = "We're closed now. We'll read your message Monday from 8:00 AM."
    for now, is_closed in [  # New York, open from 8 to 5 on weekdays
        (datetime(2026, 3, 6, 15, tzinfo=UTC), False),
        (datetime(2026, 3, 6, 23, tzinfo=UTC), True),
        (datetime(2026, 3, 8, 6, 30, tzinfo=UTC), True),
        (datetime(2026, 3, 9, 12, 0, tzinfo=UTC), False),  # daylight saving time
        (datetime(2026, 3, 9, 11, 59, tzinfo=UTC), True),
    ]:
        monkeypatch.setattr(inquiry_tags.timezone, "now", lambda now=now: now)
        assert inquiry_tags.when_read(ClinicSettings.current()) == (sentence if is_closed else ""), now
    assert sentence in unescape(client.get(reverse("inquiries:contact")).content.decode())

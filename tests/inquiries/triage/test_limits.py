"""Rate limits: a network's limit only labels its messages, while the site-wide limit refuses messages."""

import logging
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries import jobs
from inquiries.models import Inquiry, Sending, rate_limit
from inquiries.models.rate_limit import Origin

URL = reverse("inquiries:contact")
WARD = Origin("203.0.113.9")


@pytest.fixture
def three_an_hour(monkeypatch):
    monkeypatch.setattr(rate_limit, "MAX_PER_HOUR", 3)


def send(client, answers, number, **sender):
    return client.post(URL, {**answers, "message": f"Message {number}"}, **sender)


def test_messages_over_the_limit_are_labeled_unless_urgent(client, answers, three_an_hour):
    for number in range(5):
        assert send(client, answers, number).status_code == 302
    assert [inquiry.probably_spam for inquiry in Inquiry.objects.order_by("pk")] == [False] * 3 + [True] * 2
    assert Inquiry.objects.latest("pk").spam_reasons == [{"code": "rate"}]
    send(client, answers, 6, REMOTE_ADDR="203.0.113.9")
    assert not Inquiry.objects.latest("pk").probably_spam
    client.post(URL, {**answers, "message": "I cannot feel my legs since this morning."})
    assert not Inquiry.objects.latest("pk").probably_spam


def test_only_accepted_messages_count(client, answers):
    send(client, answers, 1)
    send(client, answers, 1)
    client.post(URL, {**answers, "name": ""})
    assert Sending.objects.get().number == 1


def test_there_is_a_daily_limit_too(monkeypatch):
    monkeypatch.setattr(rate_limit, "MAX_PER_DAY", 2)
    Sending.objects.record(WARD)
    Sending.objects.update(number=2, hour=timezone.now() - timedelta(hours=5))
    assert Sending.objects.check_limits(WARD).network_over_limit


def test_ipv6_limits_apply_to_a_household_and_to_a_wider_network(three_an_hour):
    for number in range(3):
        Sending.objects.record(Origin(f"2001:db8::{number}"))
    assert Sending.objects.check_limits(Origin("2001:db8::9")).network_over_limit
    assert not Sending.objects.check_limits(Origin("2001:db8:0:1::9")).network_over_limit
    for number in range(9):
        Sending.objects.record(Origin(f"2001:db8:0:{number + 2}::9"))
    assert Sending.objects.check_limits(Origin("2001:db8:0:ff::9")).network_over_limit
    assert not Sending.objects.check_limits(Origin("2001:db8:1::9")).network_over_limit


def test_networks_are_stored_as_hashes_for_two_days(client, answers):
    client.post(URL, answers, REMOTE_ADDR="203.0.113.9")
    before = Inquiry.objects.get().fingerprint
    assert "203" not in Sending.objects.get().place
    jobs.delete_sender_data(0)
    assert Sending.objects.exists()
    long_ago = timezone.now() - timedelta(days=3)
    Sending.objects.update(hour=long_ago)
    Inquiry.objects.update(received_at=long_ago)
    jobs.delete_sender_data(0)
    assert not Sending.objects.exists()
    assert Inquiry.objects.get().fingerprint.startswith("forgotten-")
    assert before != Inquiry.objects.get().fingerprint


def test_above_the_site_wide_limit_the_form_returns_and_the_front_desk_is_notified(
    client, answers, settings, caplog
):
    settings.MOST_INQUIRIES_AN_HOUR = 2
    first = [send(client, answers, number, REMOTE_ADDR=f"203.0.113.{number}") for number in range(2)]
    with caplog.at_level(logging.ERROR):
        refused = [send(client, answers, "typed at length", REMOTE_ADDR="198.51.100.1") for _ in range(2)]
    assert [response.status_code for response in first + refused] == [302, 302, 429, 429]
    assert "Message typed at length" in refused[0].content.decode()
    assert "(202) 555-0100" in refused[0].content.decode()
    assert "More than 2 messages within an hour" in caplog.text
    assert ProcrastinateJob.objects.filter(task_name="inquiries.report_refusals").count() == 1  # once an hour
    assert send(client, answers, 1, REMOTE_ADDR="203.0.113.1").status_code == 302  # a repeat


def test_the_front_desk_gets_an_email_about_refusals(settings):
    jobs.report_refusals()
    [email] = mail.outbox
    assert email.subject == "URGENT: the site is refusing messages"
    assert f"More than {settings.MOST_INQUIRIES_AN_HOUR} messages" in email.body

"""Inquiries are erased completely after their retention period, unless open, locked or on hold."""

from contextlib import suppress
from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.formats import date_format
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries import jobs
from inquiries.choices import Outcome
from inquiries.models import AccessEntry, Inquiry, InquiryEvent, Presence, RetentionSettings
from inquiries.privacy import erasure
from tests.inquiries.desk.helpers import clinic_date, in_hours, opened, overwrite, page_html, receive, seen


def receive_and_end(status, days_ago, by, *, outcome="", **answers):
    """Return an inquiry that was closed or marked as spam `days_ago`."""
    inquiry = opened(receive(**answers))
    inquiry.change_status(status, by=by, seen=seen(inquiry), outcome=outcome)
    backdate(inquiry, days_ago)
    return inquiry


def backdate(inquiry, days):
    past = timezone.now() - timedelta(days=days)
    Inquiry.objects.filter(pk=inquiry.pk).update(received_at=past)
    Inquiry.objects.filter(pk=inquiry.pk, opened_at__isnull=False).update(opened_at=past)
    inquiry.events.update(at=past)


def is_stored(inquiry):
    return Inquiry.objects.filter(pk=inquiry.pk).exists()


IS_KEPT = [  # status, outcome, days ago
    ("spam", "", 29, True),
    ("spam", "", 31, False),
    ("closed", "answered", 729, True),
    ("closed", "answered", 732, False),
    ("waiting", "", 9999, True),
    ("in_progress", "", 9999, True),
    ("new", "", 9999, True),
]


def test_inquiries_are_kept_as_long_as_the_rules_say():
    expected = {}
    for status, outcome, days_ago, is_kept in IS_KEPT:
        inquiry = opened(receive(message=f"{status} {days_ago}"))
        follow_up_at = in_hours(24) if status == "waiting" else None
        overwrite(inquiry, status=status, outcome=outcome, follow_up_at=follow_up_at)
        backdate(inquiry, days_ago)
        expected[inquiry.pk] = is_kept
    erasure.erase_expired()
    assert {pk: Inquiry.objects.filter(pk=pk).exists() for pk in expected} == expected


def shift_clock(monkeypatch, **difference):
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(**difference))


@pytest.mark.parametrize("many", [False, True])
def test_retention_uses_the_databases_clock(front_desk, monkeypatch, many):
    inquiry = receive_and_end("closed", 10, front_desk, outcome="answered")
    shift_clock(monkeypatch, days=4000)
    with suppress(erasure.ErasureRefused):
        erasure.erase_expired(many=many)
    assert is_stored(inquiry)


def test_nothing_is_erased_while_the_clocks_differ(front_desk, monkeypatch, caplog):
    inquiry = receive_and_end("closed", 900, front_desk, outcome="answered")
    shift_clock(monkeypatch, minutes=-6)
    with pytest.raises(erasure.ErasureRefused):
        jobs.erase_expired(timestamp=0)
    assert is_stored(inquiry)
    assert "The clocks of this server and of the database differ" in caplog.text


def test_erasing_an_unusual_share_needs_a_confirmation(front_desk, monkeypatch):
    monkeypatch.setattr(erasure, "MAX_UNCHECKED_NUMBER", 2)
    inquiries = [
        receive_and_end("closed", 900, front_desk, outcome="answered", message=f"{n}") for n in range(3)
    ]
    with pytest.raises(CommandError, match="3 of 3 inquiries would be erased"):
        call_command("erase_expired")
    assert all(map(is_stored, inquiries))
    call_command("erase_expired", many=True)
    assert not any(map(is_stored, inquiries))


def test_each_outcome_has_its_own_retention_period():
    expected = {}
    for number, outcome in enumerate(Outcome.values):
        months = 1 + 2 * number
        RetentionSettings.objects.update(**{f"{outcome}_months": months})
        for days, is_kept in [(27 * months, True), (31 * months + 1, False)]:
            inquiry = opened(receive(message=f"{outcome} {days}"))
            backdate(overwrite(inquiry, status="closed", outcome=outcome), days)
            expected[inquiry.pk] = is_kept
    erasure.erase_expired(many=True)
    assert {pk: Inquiry.objects.filter(pk=pk).exists() for pk in expected} == expected


def test_retention_counts_from_the_last_event_or_the_first_opening(desk, front_desk):
    inquiry = receive_and_end("spam", 60, front_desk)
    inquiry.add_note("Perhaps it is none?", by=front_desk, seen=seen(inquiry))
    unread = receive_and_end("spam", 60, front_desk, message="Found late in the Spam tab")
    overwrite(unread, opened_at=None)
    erased_on = date_format(clinic_date(in_hours(24 * 30)), "M j, Y")
    assert erased_on in page_html(desk, unread)
    erasure.erase_expired()
    assert (is_stored(inquiry), is_stored(unread)) == (True, True)


def test_nothing_is_erased_before_its_appointment(desk, front_desk):
    RetentionSettings.objects.update_or_create(pk=1, defaults={"appointment_months": 1})
    inquiry = receive_and_end("closed", 40, front_desk, outcome="appointment")
    for days, is_kept in [(3, True), (-20, True), (-35, False)]:
        Inquiry.objects.filter(pk=inquiry.pk).update(appointment_at=in_hours(24 * days))
        erased_on = clinic_date(in_hours(24 * days)) + relativedelta(months=1)
        assert date_format(erased_on, "M j, Y") in page_html(desk, inquiry)
        erasure.erase_expired(many=True)
        assert is_stored(inquiry) == is_kept, days


def test_erasure_includes_timeline_presence_links_and_emails(front_desk, client, answers):
    client.post(reverse("inquiries:contact"), answers)
    original = opened(Inquiry.objects.get())
    duplicate = receive()
    duplicate.link(original, by=front_desk, seen=seen(duplicate))
    Presence.objects.record(original, front_desk)
    original.change_status("closed", by=front_desk, seen=seen(original), outcome="answered")
    backdate(original, 800)
    erased = erasure.erase_expired()
    assert (erased["inquiries"], erased["events"], erased["emails"]) == (1, 2, 2)
    assert [is_stored(original), is_stored(duplicate)] == [False, True]
    duplicate.refresh_from_db()
    assert duplicate.duplicate_of is None
    assert not InquiryEvent.objects.filter(inquiry_id=original.pk).exists()
    assert not Presence.objects.filter(inquiry_id=original.pk).exists()
    assert not ProcrastinateJob.objects.filter(args__inquiry_id=original.pk).exists()


def test_the_command_erases_in_batches_and_reports_the_numbers(front_desk, monkeypatch, capsys):
    monkeypatch.setattr(erasure, "BATCH_SIZE", 2)
    for number in range(3):
        receive_and_end("spam", 31, front_desk, name=f"Bot {number}")
    jobs.send_email.defer(letter="receipt", inquiry_id=123456)  # whose inquiry was deleted
    call_command("erase_expired")
    assert capsys.readouterr().out.startswith("Erased 3 inquiries, 6 timeline entries, 7 emails")
    assert [len(entry.inquiries) for entry in AccessEntry.objects.filter(kind="erased")] == [1, 2]


def test_a_hold_prevents_erasure_without_restarting_the_retention_period(manager):
    inquiry = receive_and_end("spam", 31, manager)
    inquiry.hold(by=manager, seen=seen(inquiry))
    assert erasure.erase_expired()["on_hold"] == 1
    for delete in [
        Inquiry.objects.all().delete,
        inquiry.delete,
        lambda: connection.cursor().execute("DELETE FROM inquiries_inquiry"),
        lambda: erasure.erase([inquiry.pk], by=manager, why="request"),
    ]:
        with pytest.raises(DatabaseError), transaction.atomic():
            delete()
    assert is_stored(inquiry)
    inquiry.release(by=manager, seen=seen(inquiry))
    erasure.erase_expired()
    assert not is_stored(inquiry)


def test_retention_skips_a_locked_inquiry(committed_db, front_desk):
    inquiry = receive_and_end("spam", 31, front_desk)
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT FROM inquiries_inquiry WHERE id = %s FOR UPDATE", [inquiry.pk])
    assert erasure.erase_expired()["inquiries"] == 0
    other.close()
    assert erasure.erase_expired()["inquiries"] == 1


def test_a_dry_run_lists_expired_inquiries_and_changes_nothing(manager, capsys):
    spam = receive_and_end("spam", 31, manager)
    held = receive_and_end("closed", 800, manager, outcome="answered", name="Somebody Else")
    held.hold(by=manager, seen=seen(held))
    entries = AccessEntry.objects.count()
    call_command("erase_expired", dry_run=True)
    out = capsys.readouterr().out
    assert f"{spam.reference}  Spam, since " in out
    assert f"{held.reference}  Answered, since " in out
    assert "stays, on legal hold" in out
    assert "2 have expired. Nothing was changed." in out
    assert "Ana" not in out
    assert (is_stored(spam), AccessEntry.objects.count()) == (True, entries)


def test_the_nightly_job_erases_and_the_access_log_keeps_only_ids(front_desk, caplog):
    inquiry = receive_and_end("spam", 31, front_desk)
    with caplog.at_level("INFO"):
        jobs.erase_expired(0)
    assert not is_stored(inquiry)
    assert "retention: erased 1 inquiries" in caplog.text
    assert {inquiry.reference, "Ana"}.isdisjoint(caplog.text.split())
    entry = AccessEntry.objects.first()
    assert (entry.kind, entry.detail, entry.person, entry.inquiries) == ("erased", "expired", 0, [inquiry.pk])


SETTINGS = reverse_lazy("wagtailsettings:edit", args=["inquiries", "retentionsettings", 1])


def save(client, **changes):
    months = {f"{outcome}_months": 24 for outcome in Outcome.values}
    return client.post(SETTINGS, {**months, "spam_days": 30, **changes})


def test_managers_can_change_the_rules_but_not_to_immediate_erasure(as_user, manager):
    client = as_user(manager)
    save(client, spam_days=7, answered_months=120)
    assert b"error-message" in save(client, spam_days=0, answered_months="", duplicate_months=-1).content
    rules = RetentionSettings.load()
    assert (rules.spam_days, rules.answered_months, rules.referred_months) == (7, 120, 24)
    for change in [{"spam_days": 0}, {"answered_months": None}, {"duplicate_months": -1}]:
        with pytest.raises(ValidationError) as error:
            RetentionSettings(**change).full_clean()
        assert list(error.value.error_dict) == list(change)


def test_only_managers_can_change_retention_rules(as_user, front_desk, editor, reviewer):
    for user in [front_desk, editor, reviewer]:
        save(as_user(user), spam_days=1)
    assert RetentionSettings.load().spam_days == 30

"""What has stayed long enough is erased, wholly; what is open, newer, in work or on hold stays."""

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
from tests.inquiries.desk.helpers import in_hours, opened, overwrite, page_html, receive, seen


def ended(status, days_ago, by, *, outcome="", **answers):
    """An inquiry that was closed, or marked as spam, so many days ago."""
    inquiry = opened(receive(**answers))
    inquiry.change_status(status, by=by, seen=seen(inquiry), outcome=outcome)
    grow_older(inquiry, days_ago)
    return inquiry


def grow_older(inquiry, days):
    past = timezone.now() - timedelta(days=days)
    Inquiry.objects.filter(pk=inquiry.pk).update(received_at=past)
    inquiry.events.update(at=past)


def is_stored(inquiry):
    return Inquiry.objects.filter(pk=inquiry.pk).exists()


STAYS = [
    ("spam", "", 29, True),
    ("spam", "", 31, False),
    ("closed", "answered", 729, True),
    ("closed", "answered", 732, False),
    ("waiting", "", 9999, True),
    ("in_progress", "", 9999, True),
    ("new", "", 9999, True),
]


def test_each_stays_as_long_as_the_rules_say():
    expected = {}
    for status, outcome, days_ago, stays in STAYS:
        inquiry = opened(receive(message=f"{status} {days_ago}"))
        comes_back = in_hours(24) if status == "waiting" else None
        overwrite(inquiry, status=status, outcome=outcome, follow_up_at=comes_back)
        grow_older(inquiry, days_ago)
        expected[inquiry.pk] = stays
    erasure.erase_expired()
    assert {pk: Inquiry.objects.filter(pk=pk).exists() for pk in expected} == expected


def clock_runs_ahead(monkeypatch, **by):
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(**by))


@pytest.mark.parametrize("many", [False, True])
def test_the_databases_clock_counts_not_this_servers(front_desk, monkeypatch, many):
    inquiry = ended("closed", 10, front_desk, outcome="answered")
    clock_runs_ahead(monkeypatch, days=4000)
    with suppress(erasure.ErasureRefused):
        erasure.erase_expired(many=many)
    assert is_stored(inquiry)


def test_nothing_is_erased_while_the_clocks_differ(front_desk, monkeypatch, caplog):
    inquiry = ended("closed", 900, front_desk, outcome="answered")
    clock_runs_ahead(monkeypatch, minutes=-6)
    with pytest.raises(erasure.ErasureRefused):
        jobs.erase_expired(timestamp=0)
    assert is_stored(inquiry)
    assert "The clocks of this server and of the database differ" in caplog.text


def test_an_unusual_share_needs_a_persons_word(front_desk, monkeypatch):
    monkeypatch.setattr(erasure, "MAX_UNCHECKED_NUMBER", 2)
    inquiries = [ended("closed", 900, front_desk, outcome="answered", message=f"{n}") for n in range(3)]
    with pytest.raises(CommandError, match="3 of 3 inquiries would be erased"):
        call_command("erase_expired")
    assert all(map(is_stored, inquiries))
    call_command("erase_expired", many=True)
    assert not any(map(is_stored, inquiries))


def test_each_outcome_has_a_time_of_its_own():
    expected = {}
    for place, outcome in enumerate(Outcome.values):
        months = 1 + 2 * place
        RetentionSettings.objects.update(**{f"{outcome}_months": months})
        for days, stays in [(27 * months, True), (31 * months + 1, False)]:
            inquiry = opened(receive(message=f"{outcome} {days}"))
            grow_older(overwrite(inquiry, status="closed", outcome=outcome), days)
            expected[inquiry.pk] = stays
    erasure.erase_expired(many=True)
    assert {pk: Inquiry.objects.filter(pk=pk).exists() for pk in expected} == expected


def test_retention_counts_from_the_last_event(front_desk):
    inquiry = ended("spam", 60, front_desk)
    inquiry.add_note("Perhaps it is none?", by=front_desk, seen=seen(inquiry))
    erasure.erase_expired()
    assert is_stored(inquiry)


def test_nothing_goes_before_its_appointment(desk, front_desk):
    RetentionSettings.objects.update_or_create(pk=1, defaults={"appointment_months": 1})
    inquiry = ended("closed", 40, front_desk, outcome="appointment")
    for days, stays in [(3, True), (-20, True), (-35, False)]:
        Inquiry.objects.filter(pk=inquiry.pk).update(appointment_at=in_hours(24 * days))
        erased_on = timezone.localdate(in_hours(24 * days)) + relativedelta(months=1)
        assert date_format(erased_on, "M j, Y") in page_html(desk, inquiry)
        erasure.erase_expired(many=True)
        assert is_stored(inquiry) == stays, days


def test_erases_timeline_presence_links_and_emails(front_desk, client, answers):
    client.post(reverse("inquiries:contact"), answers)
    original = opened(Inquiry.objects.get())
    duplicate = receive()
    duplicate.link(original, by=front_desk, seen=seen(duplicate))
    Presence.objects.record(original, front_desk)
    original.change_status("closed", by=front_desk, seen=seen(original), outcome="answered")
    grow_older(original, 800)
    erased = erasure.erase_expired()
    assert (erased["inquiries"], erased["events"], erased["emails"]) == (1, 2, 2)
    assert [is_stored(original), is_stored(duplicate)] == [False, True]
    duplicate.refresh_from_db()
    assert duplicate.duplicate_of is None
    gone = {"inquiry_id": original.pk}
    assert not InquiryEvent.objects.filter(**gone).exists()
    assert not Presence.objects.filter(**gone).exists()
    assert not ProcrastinateJob.objects.filter(args__inquiry_id=original.pk).exists()


def test_the_command_erases_in_batches_and_says_what_it_did_in_numbers(front_desk, monkeypatch, capsys):
    monkeypatch.setattr(erasure, "BATCH_SIZE", 2)
    for number in range(3):
        ended("spam", 31, front_desk, name=f"Bot {number}")
    jobs.send_email.defer(letter="receipt", inquiry_id=123456)  # of an inquiry that was deleted
    call_command("erase_expired")
    assert capsys.readouterr().out.startswith("Erased 3 inquiries, 6 timeline entries, 7 emails")
    assert [len(entry.inquiries) for entry in AccessEntry.objects.filter(kind="erased")] == [1, 2]


def test_inquiries_on_hold_survive_retention_and_a_lifted_hold_gives_no_new_time(manager):
    inquiry = ended("spam", 31, manager)
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


def test_retention_skips_an_inquiry_being_worked_on(committed_db, front_desk):
    inquiry = ended("spam", 31, front_desk)
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT FROM inquiries_inquiry WHERE id = %s FOR UPDATE", [inquiry.pk])
    assert erasure.erase_expired()["inquiries"] == 0
    other.close()
    assert erasure.erase_expired()["inquiries"] == 1


def test_dry_run_lists_and_changes_nothing(manager, capsys):
    spam = ended("spam", 31, manager)
    held = ended("closed", 800, manager, outcome="answered", name="Somebody Else")
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


def test_the_nightly_job_does_it_and_the_access_log_keeps_ids_and_nothing_else(front_desk, caplog):
    inquiry = ended("spam", 31, front_desk)
    with caplog.at_level("INFO"):
        jobs.erase_expired(0)
    assert not is_stored(inquiry)
    assert "retention: erased 1 inquiries" in caplog.text
    assert {inquiry.reference, "Ana"}.isdisjoint(caplog.text.split())
    entry = AccessEntry.objects.first()
    assert (entry.kind, entry.detail, entry.person, entry.inquiries) == ("erased", "expired", 0, [inquiry.pk])


SETTINGS = reverse_lazy("wagtailsettings:edit", args=["inquiries", "retentionsettings", 1])


def rules_of(client, **change):
    months = {f"{outcome}_months": 24 for outcome in Outcome.values}
    return client.post(SETTINGS, {**months, "spam_days": 30, **change})


def test_managers_change_the_rules_but_to_none_that_would_erase_at_once(as_user, manager):
    client = as_user(manager)
    rules_of(client, spam_days=7, answered_months=120)
    assert b"error-message" in rules_of(client, spam_days=0, answered_months="", duplicate_months=-1).content
    rules = RetentionSettings.load()
    assert (rules.spam_days, rules.answered_months, rules.referred_months) == (7, 120, 24)
    for change in [{"spam_days": 0}, {"answered_months": None}, {"duplicate_months": -1}]:
        with pytest.raises(ValidationError) as refused:
            RetentionSettings(**change).full_clean()
        assert list(refused.value.error_dict) == list(change)


def test_only_managers_change_retention_rules(as_user, front_desk, editor, reviewer):
    for user in [front_desk, editor, reviewer]:
        rules_of(as_user(user), spam_days=1)
    assert RetentionSettings.load().spam_days == 30

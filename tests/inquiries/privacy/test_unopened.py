"""Unopened inquiries are never erased, and unopened spam is announced."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries import jobs
from inquiries.desk import alerts
from inquiries.models import Inquiry
from inquiries.privacy import erasure
from inquiries.privacy.backups import erase_again
from tests.inquiries.desk.helpers import bulk_url, confirm, ids, opened, overwrite, receive, seen

PITCH = "We offer SEO services and backlinks to the first page of Google. https://rank.example"
WEEK = timedelta(days=7)


@pytest.fixture
def labeled():
    return receive(message=PITCH)


def open_page(client, inquiry, name="inspect"):
    client.get(reverse(f"inquiry:{name}", args=[inquiry.pk]))
    inquiry.refresh_from_db()


def test_only_the_page_and_the_printout_count_as_opening(desk, inquiry):
    other = receive(message="Me again")
    desk.get(reverse("inquiry:index"))
    assert Inquiry.objects.filter(opened_at=None).count() == 2
    open_page(desk, inquiry)
    assert Inquiry.objects.get(opened_at=None) == other
    open_page(desk, other, "print")
    assert not Inquiry.objects.filter(opened_at=None).exists()


def test_a_printout_that_truncates_an_addition_doesnt_open_it(desk, inquiry):
    inquiry.patient_wrote("All that hurts. " * 300)
    open_page(desk, inquiry, "print")
    assert (bool(inquiry.opened_at), inquiry.is_opened) == (True, False)
    open_page(desk, inquiry)
    assert inquiry.is_opened


def test_only_the_spam_confirmation_shows_full_messages_and_counts_as_opening(desk):
    labeled = receive(message=PITCH, details="Which days suit you?\tAny: my legs are weak")
    confirm(desk, "work", ids([labeled]))
    labeled.refresh_from_db()
    assert (labeled.status, labeled.opened_at) == ("in_progress", None)
    html = desk.get(bulk_url("spam"), {"id": labeled.pk}).content.decode()
    assert (PITCH in html, "my legs are weak" in html) == (True, True)
    labeled.refresh_from_db()
    assert labeled.opened_at


@pytest.mark.parametrize(("status", "outcome"), [("spam", ""), ("closed", "answered")])
def test_unopened_inquiries_cant_be_erased_by_retention_or_sql(inquiry, front_desk, status, outcome):
    inquiry.change_status(status, by=front_desk, seen=seen(inquiry), outcome=outcome)
    inquiry.events.update(at=timezone.now() - timedelta(days=999))
    overwrite(inquiry, received_at=timezone.now() - timedelta(days=999))
    unread_addition = {"opened_at": inquiry.received_at, "unread_since": timezone.now()}
    for state in [{"opened_at": None}, unread_addition]:
        overwrite(inquiry, **state)
        erased = erasure.erase_expired()
        assert (erased["inquiries"], erased["unopened"]) == (0, 1)
        assert next(iter(erasure.expiry_reasons()))[1].endswith("stays, nobody has opened it")
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM inquiries_inquiryevent; DELETE FROM inquiries_inquiry")
    assert Inquiry.objects.exists()


def test_erasures_are_repeated_in_a_backup_even_if_unopened_there(inquiry):
    overwrite(opened(inquiry), unread_since=timezone.now())
    assert erase_again([str(inquiry.uuid)]) == 1
    assert not Inquiry.objects.exists()


def test_unread_spam_raises_an_alarm_after_two_working_days_and_can_be_overdue(labeled):
    assert alerts.alert_counts()["unread_spam"] == "0"
    overwrite(labeled, received_at=timezone.now() - WEEK, due_at=timezone.now() - timedelta(hours=1))
    assert alerts.alert_counts()["overdue"] == "1"
    assert "1 unread in spam" in alerts.alerts_text(alerts.alert_counts()).replace("\u00a0", " ")
    opened(labeled)
    assert alerts.alert_counts()["unread_spam"] == "0"


def test_the_to_do_view_counts_probable_spam_and_groups_it_below(labeled, desk):
    page = desk.get(reverse("inquiry:index"))
    html = page.content.decode()
    assert list(page.context["object_list"]) == []
    assert "Probably spam (1): please check" in html
    assert labeled.reference in html
    assert ("to-do", "1") in [(tab.name, number) for tab, number in page.context["tabs"]]


def test_the_daily_email_counts_each_probable_spam_once(labeled):
    jobs.announce_spam(0)
    assert not ProcrastinateJob.objects.filter(task_name="inquiries.send_digest").exists()
    receive(message=PITCH + " And more.")
    overwrite(labeled, received_at=timezone.now() - timedelta(hours=21))
    jobs.announce_spam(1)
    jobs.announce_spam(2)
    [job] = ProcrastinateJob.objects.filter(task_name="inquiries.send_digest")
    assert job.args == {"at": 1, "number": 2}
    jobs.send_digest(**job.args)
    assert mail.outbox[0].subject == "2 messages look like spam: please check them"
    assert reverse("inquiry:view", args=["probably-spam"]) in mail.outbox[0].body


def test_managers_are_notified_once_of_unopened_spam(manager):
    spam = receive(message=PITCH, trap=True)
    jobs.announce_spam(1)
    overwrite(spam, received_at=timezone.now() - WEEK, emails_held_back=False)
    jobs.announce_spam(2)
    jobs.announce_spam(3)
    [job] = ProcrastinateJob.objects.filter(task_name="inquiries.send_digest")
    assert job.args == {"at": 2, "number": 1, "to": manager.email}
    jobs.send_digest(**job.args)
    [email] = mail.outbox
    assert (email.to, email.subject) == ([manager.email], "1 message in spam: nobody has opened it")
    assert reverse("inquiry:view", args=["spam"]) in email.body
    assert spam.events.last().describe() == "Not opened yet, so we notified: the managers"

"""Emails are retried for a day when mail is down, and staff sees those that failed."""

import multiprocessing
from contextlib import suppress

import pytest
from django.core.management import call_command
from django.urls import reverse
from procrastinate.contrib.django.management.commands import procrastinate
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from clinic.accounts import emails as account_emails
from clinic.accounts.emails import send_account_email
from clinic.email.delivery import RETRY_DELAYS_MINUTES
from clinic.jobs import remove_old_jobs, sweep_stalled_jobs
from inquiries.models import Inquiry
from tests.support.mail_queue import email_job, let_time_pass, sql
from tests.support.mail_server import MailServer
from tests.support.processes import until

HOME = reverse("wagtailadmin_home")


@pytest.fixture
def mail_server(settings):
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 0.5
    yield server
    server.stop()


@pytest.fixture
def inquiry(db_or_committed, client, answers):
    client.post(reverse("inquiries:contact"), {**answers, "email": ""})
    return Inquiry.objects.get()


def test_emails_are_retried_ten_times_over_hours_with_growing_delays():
    assert len(RETRY_DELAYS_MINUTES) + 1 >= 10
    assert sum(RETRY_DELAYS_MINUTES) >= 4 * 60
    assert sorted(RETRY_DELAYS_MINUTES) == RETRY_DELAYS_MINUTES
    assert RETRY_DELAYS_MINUTES[-1] <= 60, "once mail is back, emails leave within the hour"


@pytest.mark.usefixtures("committed_db")
def test_an_email_that_the_server_rejected_is_sent_later(inquiry, mail_server, run_worker):
    for attempt, behavior in enumerate(["refuse", "refuse_recipient", "stall", "drop"], 1):
        mail_server.behavior = behavior
        run_worker()
        assert not mail_server.emails, behavior
        assert (email_job().status, email_job().attempts) == ("todo", attempt), behavior
        let_time_pass()
    mail_server.behavior = "accept"
    run_worker()
    assert [message["Message-ID"] for message in mail_server.emails] == [
        f"<front_desk_notice.{inquiry.reference}@localhost>"
    ]
    assert email_job().status == "succeeded"


@pytest.mark.usefixtures("committed_db", "inquiry")
def test_an_email_fails_only_after_its_last_attempt(mail_server, run_worker):
    mail_server.behavior = "refuse"
    sql("UPDATE procrastinate_jobs SET attempts = %s", len(RETRY_DELAYS_MINUTES) - 1)
    run_worker()
    run_worker()  # too early to retry
    assert (email_job().status, mail_server.attempts) == ("todo", 1)
    let_time_pass()
    run_worker()
    assert (email_job().status, mail_server.attempts) == ("failed", 2)


@pytest.mark.usefixtures("committed_db", "inquiry")
def test_emails_of_a_killed_worker_are_sent_later(mail_server, run_worker):
    mail_server.behavior = "stall"
    worker = multiprocessing.get_context("fork").Process(target=run_worker)
    worker.start()
    try:
        until(lambda: mail_server.attempts)
    finally:
        worker.kill()
        worker.join()
    assert email_job().status == "doing"
    mail_server.behavior = "accept"
    let_time_pass("2 minutes")
    with suppress(AlreadyEnqueued):  # by the worker that was killed
        sweep_stalled_jobs.defer(timestamp=0)
    run_worker()
    assert len(mail_server.emails) == 1
    assert email_job().status == "succeeded"


@pytest.mark.usefixtures("committed_db")
def test_each_failed_attempt_logs_one_line(inquiry, mail_server, run_worker, caplog):
    mail_server.behavior = "refuse"
    for attempt in [1, 2]:
        caplog.clear()
        run_worker()
        lines = [record.getMessage() for record in caplog.records if "email job" in record.getMessage()]
        assert lines == [
            f"email job {email_job().pk} failed at attempt {attempt}: SMTPDataError 451;"
            f" next in {attempt} min"
        ]
        let_time_pass("3 minutes")


@pytest.mark.usefixtures("committed_db")
def test_urgent_notices_are_sent_first_and_receipts_last(client, answers, mail_server, run_worker):
    for message in ["A question", "Another question", "Since this morning I cannot feel my legs"]:
        client.post(reverse("inquiries:contact"), {**answers, "message": message})
    run_worker()
    subjects = [message["Subject"] for message in mail_server.emails]
    assert "URGENT" in subjects[0]
    assert [message["To"] == answers["email"] for message in mail_server.emails] == [False] * 3 + [True] * 3


def test_a_worker_has_four_slots_by_default(db, monkeypatch):
    calls = []
    monkeypatch.setattr(procrastinate.Command, "handle", lambda self, **options: calls.append(options))
    call_command("procrastinate", "worker")
    call_command("procrastinate", "worker", "--concurrency=1")
    assert [options["concurrency"] for options in calls] == [4, 1]


def banner(client, address=HOME):
    html = client.get(address).content.decode()
    return " ".join(html.partition('class="late-banner"')[2].partition("</p>")[0].split())


def test_a_banner_warns_of_emails_unsent_for_ten_minutes(inquiry, as_user, front_desk, manager):
    client = as_user(front_desk)
    let_time_pass("9 minutes")
    assert not banner(client)
    let_time_pass("2 minutes")
    for address in [reverse("inquiry:index"), reverse("inquiry:inspect", args=[inquiry.pk])]:
        assert "1 email hasn’t gone out" in banner(client, address)
    text = banner(as_user(manager))
    assert "1 email hasn’t gone out" in text
    assert inquiry.name not in text


def test_the_banner_appears_after_two_minutes_for_an_urgent_inquiry(client, answers, as_user, front_desk):
    client.post(reverse("inquiries:contact"), {**answers, "message": "I cannot feel my legs"})
    let_time_pass("3 minutes")
    text = banner(as_user(front_desk))
    assert "1 email hasn’t gone out" in text
    assert "1 of them is about an urgent inquiry" in text


def test_editors_dont_see_the_banner(inquiry, as_user, editor):
    let_time_pass("1 hour")
    assert not banner(as_user(editor))


@pytest.mark.usefixtures("committed_db", "inquiry")
def test_old_finished_jobs_are_deleted_and_failed_emails_stay(
    mail_server, run_worker, client, answers, colleague
):
    run_worker()
    account_emails.invite(colleague)
    client.post(reverse("inquiries:contact"), {**answers, "email": "", "message": "Another"})
    sql("UPDATE procrastinate_jobs SET status = 'doing' WHERE status = 'todo'")
    sql("UPDATE procrastinate_jobs SET status = 'failed' WHERE status = 'doing'")
    let_time_pass("8 days")
    remove_old_jobs.defer(timestamp=0)
    run_worker()
    assert email_job().status == "failed"
    assert ProcrastinateJob.objects.get(task_name=send_account_email.name).status == "failed"

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
from tests.inquiries.desk.helpers import receive
from tests.support.mail_queue import email_job, let_time_pass, sql
from tests.support.processes import until

HOME = reverse("wagtailadmin_home")


@pytest.fixture
def inquiry(db_or_committed):
    return receive(email="")


@pytest.mark.usefixtures("committed_db")
def test_an_email_that_the_server_rejected_is_logged_and_sent_later(
    inquiry, mail_server, run_worker, caplog, settings
):
    settings.EMAIL_TIMEOUT = 0.5
    assert (len(RETRY_DELAYS_MINUTES), sum(RETRY_DELAYS_MINUTES)) == (29, 24 * 60)  # docs/security.md
    for attempt, behavior in enumerate(["refuse", "refuse_recipient", "stall", "drop"], 1):
        mail_server.behavior = behavior
        caplog.clear()
        run_worker()
        [line] = [line for record in caplog.records if "email job" in (line := record.getMessage())]
        assert line.startswith(f"email job {email_job().pk} failed at attempt {attempt}: "), behavior
        assert line.endswith(f"; next in {RETRY_DELAYS_MINUTES[attempt - 1]} min"), behavior
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


def test_a_banner_warns_all_but_editors_of_emails_unsent_for_ten_minutes(
    inquiry, as_user, front_desk, manager, editor
):
    client = as_user(front_desk)
    let_time_pass("9 minutes")
    assert not banner(client)
    let_time_pass("2 minutes")
    for address in [reverse("inquiry:index"), reverse("inquiry:inspect", args=[inquiry.pk])]:
        assert "1 email hasn’t gone out" in banner(client, address)
    text = banner(as_user(manager))
    assert "1 email hasn’t gone out" in text
    assert inquiry.name not in text
    assert not banner(as_user(editor))


def test_the_banner_appears_after_two_minutes_for_an_urgent_inquiry(client, answers, as_user, front_desk):
    client.post(reverse("inquiries:contact"), {**answers, "message": "I cannot feel my legs"})
    let_time_pass("3 minutes")
    text = banner(as_user(front_desk))
    assert "1 email hasn’t gone out" in text
    assert "1 of them is about an urgent inquiry" in text


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

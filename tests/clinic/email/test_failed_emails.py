"""The dashboard panel of failed emails; see also inquiries/desk/test_failed_inquiry_emails.py."""

from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.accounts import emails
from clinic.accounts.emails import send_account_email
from clinic.email import failed
from clinic.jobs import notify_former_front_desk
from education.review.emails import send_failed_schedule_notice, send_reminder, send_unreviewed_notice
from tests.support.mail_queue import give_up, sql


def email_jobs():
    return ProcrastinateJob.objects.filter(task_name=send_account_email.name)


def wait_for_an_hour():
    sql("UPDATE procrastinate_events SET at = at - interval '61 minutes'")


@pytest.fixture
def invitation(db, colleague):
    """The queued job of an invitation."""
    emails.invite(colleague)
    return email_jobs().get()


def shown(user):
    return [f"{email.description}: {email.about}" for email in failed.visible_to(user)]


def test_late_and_failed_account_emails_are_shown_without_secrets(invitation, as_user, manager):
    client = as_user(manager)
    assert not shown(manager)
    for fail, status in [(wait_for_an_hour, "not tried yet"), (give_up, "gave up")]:
        fail()
        html = unescape(client.get(reverse("wagtailadmin_home")).text)
        assert "Emails that haven't been sent" in html
        assert "Ben Lindqvist" in html
        assert status in html
        assert "/choose/" not in html


def test_a_failed_email_to_a_deleted_account_is_shown_as_such(invitation, as_user, manager, colleague):
    give_up()
    colleague.delete()
    assert "A deleted account" in str(shown(manager))
    as_user(manager).post(reverse("failed_email_give_up", args=[invitation.pk]))
    assert not shown(manager)


def test_send_again_queues_one_new_job_with_all_attempts(invitation, as_user, manager):
    wait_for_an_hour()
    assert failed.send_again(invitation.pk, by=manager)
    late = email_jobs().get()
    give_up()
    client = as_user(manager)
    for _ in range(2):
        client.post(reverse("failed_email_again", args=[late.pk]))
    (job,) = email_jobs()
    assert len({invitation.pk, late.pk, job.pk}) == 3
    assert (job.status, job.attempts, job.args, job.queue_name) == ("todo", 0, invitation.args, "accounts")


def test_only_managers_see_and_decide_on_failed_emails(invitation, as_user, front_desk, editor, reviewer):
    give_up()
    for user in [front_desk, editor, reviewer]:
        client = as_user(user)
        assert not shown(user)
        for name in ["again", "give_up"]:
            client.post(reverse(f"failed_email_{name}", args=[invitation.pk]))
        client.post(reverse("failed_emails_again"))
        with pytest.raises(PermissionDenied):
            failed.give_up(invitation.pk, by=user)
    assert email_jobs().get().status == "failed"


def test_every_task_that_sends_emails_is_registered():
    tasks = {task.name for task in app.tasks.values() if task.queue in failed.QUEUES}
    assert tasks == set(failed.kinds)


def test_emails_of_all_tasks_are_shown_and_sent_again_together(db, as_user, manager):
    send_unreviewed_notice.defer(publication_id=1)
    send_failed_schedule_notice.defer(page_id=1)
    send_reminder.defer(to=["chiara@clinic.example"], pages=[["A page", "due"]], own=True)
    notify_former_front_desk.defer(former="old@clinic.example", new="new@clinic.example")
    app.configure_task("app.of_a_later_release", queue="mail").defer()
    give_up()
    text = str(shown(manager))
    for description in ["without review", "couldn’t be published", "need a review", "Front desk address"]:
        assert description in text
    assert "app.of_a_later_release" in text
    as_user(manager).post(reverse("failed_emails_again"))
    assert not shown(manager)
    assert ProcrastinateJob.objects.filter(status="todo").count() == 5

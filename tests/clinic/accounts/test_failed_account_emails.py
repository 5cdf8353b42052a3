"""Managers see emails about accounts that weren't sent, to send again or to dismiss."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.accounts import failed_emails, invitations
from clinic.accounts.notifications import send_account_email

HOME = reverse("wagtailadmin_home")
HEADING = "failed-account-emails"


def letter_jobs():
    return ProcrastinateJob.objects.filter(task_name=send_account_email.name)


def sql(text):
    with connection.cursor() as cursor:
        cursor.execute(text)


def give_up():
    sql("UPDATE procrastinate_jobs SET status = 'doing'")
    sql("UPDATE procrastinate_jobs SET status = 'failed'")


def wait_for_an_hour():
    sql("UPDATE procrastinate_events SET at = at - interval '61 minutes'")


@pytest.fixture
def invitation(db, colleague):
    """Ben is invited."""
    invitations.invite(colleague)
    return letter_jobs().get()


def panel(client):
    html = client.get(HOME).content.decode()
    return html if HEADING in html else ""


def test_a_letter_on_its_way_troubles_nobody(invitation, as_user, manager):
    assert not panel(as_user(manager))


@pytest.mark.parametrize(("trouble", "said"), [(give_up, "gave up"), (wait_for_an_hour, "not tried yet")])
def test_one_that_does_not_leave_is_shown_without_any_secret(invitation, as_user, manager, trouble, said):
    trouble()
    html = panel(as_user(manager))
    assert "Ben Lindqvist" in html
    assert said in html
    assert "/choose/" not in html


def test_one_to_an_account_that_is_gone_says_so(invitation, as_user, manager, colleague):
    give_up()
    colleague.delete()
    assert "A deleted account" in panel(as_user(manager))
    as_user(manager).post(reverse("account_email_dismiss", args=[invitation.pk]))
    assert not panel(as_user(manager))


@pytest.mark.parametrize("trouble", [give_up, wait_for_an_hour])
def test_send_again_starts_all_over(invitation, as_user, manager, trouble):
    trouble()
    for _ in range(2):  # pressed twice is no matter
        as_user(manager).post(reverse("account_email_again", args=[invitation.pk]))
    (job,) = letter_jobs()
    assert job.pk != invitation.pk
    assert (job.status, job.attempts, job.args) == ("todo", 0, invitation.args)
    assert not panel(as_user(manager))


def test_let_it_be(invitation, as_user, manager):
    give_up()
    as_user(manager).post(reverse("account_email_dismiss", args=[invitation.pk]))
    assert not letter_jobs().exists()
    assert not panel(as_user(manager))


@pytest.mark.parametrize("role", ["front_desk", "editor", "reviewer"])
def test_nobody_else_sees_it_or_decides(invitation, as_user, request, role):
    give_up()
    user = request.getfixturevalue(role)
    assert not panel(as_user(user))
    for name in ["again", "dismiss"]:
        as_user(user).post(reverse(f"account_email_{name}", args=[invitation.pk]))
    with pytest.raises(PermissionDenied):
        failed_emails.take_out(invitation.pk, by=user)
    assert letter_jobs().get().status == "failed"

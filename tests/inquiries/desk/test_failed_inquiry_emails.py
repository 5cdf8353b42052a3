"""Emails about inquiries that weren't sent: who sees them, and who decides what becomes of them."""

from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.email import failed
from inquiries import jobs
from inquiries.choices import Status
from inquiries.email import queue
from inquiries.models import AccessEntry, Inquiry
from tests.inquiries.desk.desk_cast import receive, seen
from tests.support.mail_queue import email_job, give_up, let_time_pass, sql

HOME = reverse("wagtailadmin_home")


@pytest.fixture
def inquiry(db, client, answers):
    client.post(reverse("inquiries:contact"), {**answers, "email": ""})
    return Inquiry.objects.get()


def panel(client):
    html = client.get(HOME).content.decode()
    return html if "Emails that haven't been sent" in unescape(html) else ""


def address(decision):
    return reverse(f"failed_email_{decision}", args=[email_job().pk])


def test_emails_on_their_way_trouble_nobody(inquiry, as_user, manager):
    assert not panel(as_user(manager))


def test_managers_see_an_email_that_gave_up(inquiry, as_user, manager):
    give_up()
    html = panel(as_user(manager))
    assert inquiry.reference in html
    assert "gave up" in html


def test_an_email_that_has_waited_for_an_hour_does_too(inquiry, as_user, manager):
    let_time_pass("61 minutes")
    html = panel(as_user(manager))
    assert inquiry.reference in html
    assert "not tried yet" in html


def test_closing_an_inquiry_does_not_hide_it(inquiry, as_user, manager):
    give_up()
    inquiry.change_status(Status.CLOSED, by=manager, seen=seen(inquiry), outcome="answered")
    assert inquiry.reference in panel(as_user(manager))


def test_spam_sends_no_email(inquiry, as_user, manager):
    give_up()
    Inquiry.objects.update(status=Status.SPAM)
    assert not panel(as_user(manager))


@pytest.mark.parametrize("role", ["front_desk", "editor", "reviewer"])
def test_only_the_front_desk_sees_and_decides_on_failed_emails(inquiry, as_user, request, role):
    give_up()
    user = request.getfixturevalue(role)
    assert not panel(as_user(user))
    for name, do in [("again", failed.send_again), ("give_up", failed.give_up)]:
        assert as_user(user).post(address(name)).status_code in {302, 403}
        with pytest.raises(PermissionDenied):
            do(email_job().pk, by=user)
    assert email_job().status == "failed"


@pytest.mark.parametrize("trouble", [give_up, lambda: let_time_pass("61 minutes")])
def test_send_again_starts_all_over(inquiry, as_user, manager, trouble):
    trouble()
    before, again = email_job().pk, address("again")
    for _ in range(2):  # pressed twice is no matter
        as_user(manager).post(again)
    job = email_job()
    assert job.pk != before
    assert (job.status, job.attempts, job.args["inquiry_id"]) == ("todo", 0, inquiry.pk)
    assert not panel(as_user(manager))


def test_an_email_that_is_not_needed_is_let_be(inquiry, as_user, manager):
    give_up()
    as_user(manager).post(address("give_up"))
    assert not ProcrastinateJob.objects.filter(task_name=jobs.send_email.name).exists()
    assert not panel(as_user(manager))


@pytest.mark.parametrize("decision", ["again", "give_up"])
def test_decisions_on_failed_emails_are_on_the_timeline_and_logged(inquiry, as_user, manager, decision):
    give_up()
    url = address(decision)
    for _ in range(2):
        as_user(manager).post(url)
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    kind = {"again": "resent", "give_up": "unsent"}[decision]
    assert [event.by_name for event in inquiry.events.filter(kind=kind)] == ["Elif Demir"]
    (entry,) = AccessEntry.objects.all()
    assert (entry.kind, entry.detail, entry.person) == ("changed", kind, manager.pk)
    assert entry.inquiries == [inquiry.pk]


def test_giving_up_a_reply_has_somebody_call(db, as_user, front_desk, manager):
    inquiry = receive()
    queue.reply(inquiry, "We can see you on Monday.", 14, by=front_desk, seen=seen(inquiry))
    give_up()
    job = ProcrastinateJob.objects.get(task_name=jobs.send_reply.name)
    assert "Reply to the patient" in panel(as_user(manager))
    as_user(manager).post(reverse("failed_email_give_up", args=[job.pk]))
    assert inquiry.replies.get().delivery == "failed"
    assert inquiry.events.filter(kind="undelivered").exists()


@pytest.mark.parametrize("decision", ["again", "give_up"])
def test_reading_decides_nothing(inquiry, as_user, manager, decision):
    give_up()
    assert as_user(manager).get(address(decision)).status_code == 405


@pytest.mark.usefixtures("inquiry")
def test_without_permission_failed_emails_answer_alike(as_user, editor):
    answers = {
        as_user(editor).post(reverse(f"failed_email_{name}", args=[pk])).status_code
        for name in ["again", "give_up"]
        for pk in [email_job().pk, email_job().pk + 1]
    }
    assert len(answers) == 1

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
from tests.inquiries.desk.helpers import receive, seen
from tests.support.admin import without_menu
from tests.support.mail_queue import email_job, give_up, let_time_pass, sql

HOME = reverse("wagtailadmin_home")
DECISIONS = {"again": failed.send_again, "give_up": failed.give_up}


@pytest.fixture
def inquiry():
    return receive(email="")


@pytest.fixture
def office(as_user, manager):
    with without_menu():
        yield as_user(manager)


def panel(client):
    html = client.get(HOME).content.decode()
    return html if "Emails that haven't been sent" in unescape(html) else ""


def address(decision):
    return reverse(f"failed_email_{decision}", args=[email_job().pk])


def test_managers_see_an_email_that_waited_for_an_hour_or_gave_up_but_none_of_spam(inquiry, office, manager):
    assert not panel(office)
    let_time_pass("61 minutes")
    assert "not tried yet" in panel(office)
    give_up()
    inquiry.change_status(Status.CLOSED, by=manager, seen=seen(inquiry), outcome="answered")  # hides nothing
    html = panel(office)
    assert (inquiry.reference in html, "gave up" in html) == (True, True)
    Inquiry.objects.update(status=Status.SPAM, outcome="")
    assert not panel(office)


def test_every_kind_of_email_is_shown_and_whose_they_are_is_on_record(inquiry, office, manager):
    for letter in jobs.EMAILS:
        jobs.send_email.defer(letter=letter, inquiry_id=inquiry.pk)
    let_time_pass("61 minutes")
    html = panel(office)
    assert (html.count("To the patient:"), html.count("To the front desk:")) == (3, 4)
    entry = AccessEntry.objects.first()
    assert (entry.kind, entry.person, entry.inquiries) == ("listed", manager.pk, [inquiry.pk])


@pytest.mark.parametrize("role", ["front_desk", "editor", "reviewer"])
def test_others_neither_see_nor_decide_on_failed_emails_nor_learn_which_there_are(
    inquiry, as_user, request, role
):
    give_up()
    user = request.getfixturevalue(role)
    client, job = as_user(user), email_job().pk
    assert not panel(client)
    addresses = [reverse(f"failed_email_{name}", args=[pk]) for name in DECISIONS for pk in [job, job + 1]]
    [status] = {client.post(address).status_code for address in addresses}
    assert status in {302, 403}
    for decide in DECISIONS.values():
        with pytest.raises(PermissionDenied):
            decide(job, by=user)
    assert email_job().status == "failed"


def test_what_has_waited_for_an_hour_is_sent_again_from_the_start(inquiry, office):
    let_time_pass("61 minutes")
    before = email_job().pk
    office.post(address("again"))
    job = email_job()
    assert job.pk != before
    assert (job.status, job.attempts, job.args["inquiry_id"]) == ("todo", 0, inquiry.pk)
    assert not panel(office)


@pytest.mark.parametrize(("decision", "kind", "left"), [("again", "resent", 1), ("give_up", "unsent", 0)])
def test_decisions_on_failed_emails_are_on_the_timeline_and_logged_once(
    inquiry, office, manager, decision, kind, left
):
    give_up()
    url = address(decision)
    assert office.get(url).status_code == 405
    for _pressed in range(2):
        office.post(url)
    queued = ProcrastinateJob.objects.filter(task_name=jobs.send_email.name)
    assert [(job.status, job.attempts) for job in queued] == [("todo", 0)] * left
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    assert [event.by_name for event in inquiry.events.filter(kind=kind)] == ["Elif Demir"]
    (entry,) = AccessEntry.objects.all()
    assert (entry.kind, entry.detail, entry.person) == ("changed", kind, manager.pk)
    assert entry.inquiries == [inquiry.pk]


def test_giving_up_a_reply_has_somebody_call(office, front_desk):
    inquiry = receive()
    queue.reply(inquiry, "We can see you on Monday.", 14, by=front_desk, seen=seen(inquiry))
    give_up()
    job = ProcrastinateJob.objects.get(task_name=jobs.send_reply.name)
    assert "Reply to the patient" in panel(office)
    office.post(reverse("failed_email_give_up", args=[job.pk]))
    assert inquiry.replies.get().delivery == "failed"
    assert inquiry.events.filter(kind="undelivered").exists()

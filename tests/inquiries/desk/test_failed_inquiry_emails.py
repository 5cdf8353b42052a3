"""Failed emails about inquiries: who sees them and who decides on them."""

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
from tests.support.mail_queue import email_job, give_up, let_time_pass, sql

HOME = reverse("wagtailadmin_home")
DECISIONS = {"again": failed.send_again, "give_up": failed.give_up}


@pytest.fixture
def inquiry():
    return receive(email="")


def panel(client):
    html = client.get(HOME).content.decode()
    return html if "Emails that haven't been sent" in unescape(html) else ""


def decision_url(decision):
    return reverse(f"failed_email_{decision}", args=[email_job().pk])


def test_managers_see_delayed_and_failed_emails_but_none_about_spam(inquiry, office, manager):
    assert not panel(office)
    let_time_pass("61 minutes")
    assert "not tried yet" in panel(office)
    give_up()
    inquiry.change_status(Status.CLOSED, by=manager, seen=seen(inquiry), outcome="answered")  # still listed
    html = panel(office)
    assert (inquiry.reference in html, "gave up" in html) == (True, True)
    Inquiry.objects.update(status=Status.SPAM, outcome="")
    assert not panel(office)


def test_every_kind_of_email_is_listed_and_the_view_is_logged(inquiry, office, manager):
    for letter in jobs.EMAILS:
        jobs.send_email.defer(letter=letter, inquiry_id=inquiry.pk)
    let_time_pass("61 minutes")
    html = panel(office)
    assert (html.count("To the patient:"), html.count("To the front desk:")) == (3, 4)
    entry = AccessEntry.objects.first()
    assert (entry.kind, entry.person, entry.inquiries) == ("listed", manager.pk, [inquiry.pk])


def test_other_roles_cant_see_or_decide_on_failed_emails(inquiry, as_user, front_desk, editor, reviewer):
    give_up()
    job = email_job().pk
    urls = [reverse(f"failed_email_{name}", args=[pk]) for name in DECISIONS for pk in [job, job + 1]]
    for user in [front_desk, editor, reviewer]:
        client = as_user(user)
        assert not panel(client)
        # The same for existing and unknown emails.
        [status] = {client.post(url).status_code for url in urls}
        assert status in {302, 403}
        for decide in DECISIONS.values():
            with pytest.raises(PermissionDenied):
                decide(job, by=user)
    assert email_job().status == "failed"


@pytest.mark.parametrize(
    ("decision", "kind", "jobs_left"), [("again", "resent", 1), ("give_up", "unsent", 0)]
)
def test_decisions_on_failed_emails_are_recorded_and_logged_once(
    inquiry, office, manager, decision, kind, jobs_left
):
    give_up()
    url = decision_url(decision)
    assert office.get(url).status_code == 405
    for _pressed in range(2):
        office.post(url)
    queued = ProcrastinateJob.objects.filter(task_name=jobs.send_email.name)
    assert [(job.status, job.attempts) for job in queued] == [("todo", 0)] * jobs_left
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    assert [event.by_name for event in inquiry.events.filter(kind=kind)] == ["Elif Demir"]
    (entry,) = AccessEntry.objects.all()
    assert (entry.kind, entry.detail, entry.person) == ("changed", kind, manager.pk)
    assert entry.inquiries == [inquiry.pk]


def test_giving_up_a_reply_asks_the_front_desk_to_call(office, front_desk):
    inquiry = receive()
    queue.reply(inquiry, "We can see you on Monday.", 14, by=front_desk, seen=seen(inquiry))
    give_up()
    job = ProcrastinateJob.objects.get(task_name=jobs.send_reply.name)
    assert "Reply to the patient" in panel(office)
    office.post(reverse("failed_email_give_up", args=[job.pk]))
    assert inquiry.replies.get().delivery == "failed"
    assert inquiry.events.filter(kind="undelivered").exists()

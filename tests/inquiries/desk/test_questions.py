"""Questions to clinicians: asking, reading, answering and the end of access."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries import jobs
from inquiries.choices import EventKind, Outcome, Status
from inquiries.models import AccessEntry, Draft, Inquiry, Question
from inquiries.permissions import clinicians
from tests.inquiries.desk.helpers import (
    act,
    expire_session,
    in_hours,
    opened,
    overwrite,
    page_html,
    receive,
    seen,
)

QUESTION = "Canary: may she stop the warfarin?"


@pytest.fixture
def question(inquiry, front_desk, clinician):
    return inquiry.ask(clinician, QUESTION, by=front_desk, seen=seen(inquiry))


@pytest.fixture
def phone(as_user, clinician):
    """A client signed in as the clinician."""
    return as_user(clinician)


def page(question):
    return reverse("question", args=[question.pk])


def event_kinds(inquiry):
    return list(inquiry.events.values_list("kind", flat=True))


def test_a_question_is_asked_read_and_answered(desk, phone, inquiry, clinician):
    asked = act(desk, "ask", inquiry, clinician=clinician.pk, question=QUESTION, follow=True)
    sent = "Sent. Goran Petrov gets an email with a link. Their access ends three days after the answer."
    assert sent in asked.content.decode()
    question = Question.objects.get()
    html = phone.get(page(question)).content.decode()
    assert QUESTION in html
    assert "Since March." in html
    phone.post(page(question), {"text": "Yes, from Friday."})
    assert event_kinds(inquiry)[-3:] == [EventKind.ASKED, EventKind.QUESTION_READ, EventKind.ADVISED]
    html = page_html(desk, inquiry)
    assert "Yes, from Friday." in html
    assert "Amara Okafor asked Goran Petrov" in html


def test_clinicians_see_the_message_but_no_contact_or_notes_and_views_are_logged(
    phone, front_desk, inquiry, question, clinician
):
    inquiry.add_note("Canary note: rude on the phone", by=front_desk, seen=seen(inquiry))
    inquiry.patient_wrote("Now my leg is numb.")
    for _view in range(2):
        html = phone.get(page(question)).content.decode()
    assert "Now my leg is numb." in html
    for secret in ["ana@example.com", "555-0143", "2025550143", "Canary note"]:
        assert secret not in html
    assert event_kinds(inquiry).count(EventKind.QUESTION_READ) == 1
    views = AccessEntry.objects.filter(kind="viewed", person=clinician.pk, inquiries=[inquiry.pk])
    assert views.count() == 2


def test_emails_about_questions_contain_only_the_reference(desk, phone, inquiry, clinician, front_desk):
    act(desk, "ask", inquiry, clinician=clinician.pk, question=QUESTION)
    phone.post(page(Question.objects.get()), {"text": "Canary answer"})
    queued = ProcrastinateJob.objects.filter(task_name=jobs.tell_staff.name).order_by("pk")
    for job in queued:
        jobs.tell_staff.func(**job.args)
    assert [message.to for message in mail.outbox] == [[clinician.email], [front_desk.email]]
    for text in [m.subject + m.body for m in mail.outbox] + [str(job.args) for job in queued]:
        assert "anary" not in text
        assert "Ana" not in text
    assert all(inquiry.reference in message.subject for message in mail.outbox)


def test_a_withdrawn_question_sends_no_email(inquiry, question, front_desk, clinician):
    inquiry.withdraw_question(question.pk, by=front_desk, seen=seen(inquiry))
    about = {"inquiry_id": inquiry.pk, "user_id": clinician.pk, "about": question.pk}
    jobs.tell_staff.func(notice="question", **about)
    assert mail.outbox == []


def test_an_answer_returns_a_waiting_inquiry_to_in_progress(inquiry, question, front_desk, clinician):
    inquiry.change_status(Status.WAITING, follow_up_at=in_hours(9), by=front_desk, seen=seen(inquiry))
    inquiry.answer_question(question, "Yes.", by=clinician)
    assert (inquiry.status, inquiry.outcome) == (Status.IN_PROGRESS, "")


def test_a_question_is_answered_once_and_not_with_an_empty_text(inquiry, question, phone):
    response = phone.post(page(question), {"text": " \n"})
    assert (response.status_code, "Write the answer first." in response.content.decode()) == (422, True)
    assert EventKind.ADVISED not in event_kinds(inquiry)
    for answer in ["Yes.", "Yes, and ice."]:  # the second from a page opened before
        response = phone.post(page(question), {"text": answer})
    assert (response.status_code, "Yes, and ice." in response.content.decode()) == (422, True)
    assert event_kinds(inquiry).count(EventKind.ADVISED) == 1
    inquiry.patient_wrote("Now my leg is numb.")  # not shown after the answer
    html = phone.get(page(question)).content.decode()
    assert ("Yes." in html, "my leg is numb" in html) == (True, False)


def end_access(question, reason, front_desk):
    inquiry = question.inquiry
    if reason == "withdrawn":
        inquiry.withdraw_question(question.pk, by=front_desk, seen=seen(inquiry))
    if reason == "closed":
        inquiry.change_status(Status.CLOSED, outcome=Outcome.ANSWERED, by=front_desk, seen=seen(inquiry))
        inquiry.patient_wrote("And the aspirin?")  # reopens it, but only for the front desk
    if reason == "answered long ago":
        inquiry.answer_question(question, "Yes.", by=question.clinician)
        Question.objects.update(answered_at=in_hours(-72.1))
    if reason == "another role":
        question.clinician.groups.clear()
    if reason == "left":
        question.clinician.is_active = False
        question.clinician.save()


@pytest.mark.parametrize("reason", ["withdrawn", "closed", "answered long ago", "another role", "left"])
def test_a_clinicians_access_ends(phone, front_desk, question, reason):
    end_access(question, reason, front_desk)
    response = phone.get(page(question))
    assert response.status_code != 200
    assert "warfarin" not in response.content.decode()
    with pytest.raises(PermissionDenied):
        question.inquiry.read_question(question, by=type(front_desk).objects.get(username="goran"))


def test_a_clinicians_view_doesnt_mark_additions_as_opened(phone, question, desk):
    inquiry = opened(question.inquiry)
    inquiry.patient_wrote("And the aspirin?")
    inquiry.refresh_from_db()
    since = overwrite(inquiry, escalated=2).unread_since
    assert "And the aspirin?" in phone.get(page(question)).content.decode()
    inquiry.refresh_from_db()
    assert (inquiry.unread_since, inquiry.escalated) == (since, 2)
    page_html(desk, inquiry)
    inquiry.refresh_from_db()
    assert (inquiry.unread_since, inquiry.escalated) == (None, 2)


def test_only_clinicians_can_be_asked_and_one_question_at_a_time(
    inquiry, question, front_desk, colleague, editor, manager, superuser, clinician
):
    assert inquiry.assignee == front_desk
    for user in [editor, manager, superuser]:
        with pytest.raises(ValidationError, match="doesn't answer questions"):
            inquiry.ask(user, QUESTION, by=front_desk, seen=seen(inquiry))
    with pytest.raises(ValidationError, match="already have a question"):
        inquiry.ask(clinician, QUESTION, by=front_desk, seen=seen(inquiry))
    assert list(clinicians()) == [clinician]
    taken = receive(name="Wren Goldfinch")
    taken.take(by=colleague, seen=seen(taken))
    taken.ask(clinician, "May he?", by=front_desk, seen=seen(taken))
    assert taken.assignee == colleague


def test_the_list_links_to_questions_without_naming_patients(phone, question):
    html = phone.get(reverse("questions")).content.decode()
    assert page(question) in html
    assert question.inquiry.name not in html


def test_an_answer_submitted_after_a_session_timeout_reappears_after_sign_in(phone, clinician, question):
    expire_session(phone)
    assert phone.post(page(question), {"text": "Yes, from Friday."}).status_code == 403
    assert not Question.objects.get().answered_at
    phone.force_login(clinician)
    assert "Yes, from Friday.</textarea>" in phone.get(page(question)).content.decode()
    phone.post(page(question), {"text": "Yes, from Friday."})
    assert not Draft.objects.exists()


def test_an_answer_to_a_withdrawn_question_is_shown_for_copying(phone, front_desk, question, inquiry):
    inquiry.withdraw_question(question.pk, by=front_desk, seen=seen(inquiry))
    response = phone.post(page(question), {"text": "Yes, from Friday."})
    assert response.status_code == 404
    assert "Yes, from Friday.</div>" in response.content.decode()


def test_an_answer_sent_while_the_inquiry_is_closed_is_shown_for_copying(
    committed_db, phone, front_desk, question, inquiry
):
    closing = {"outcome": "answered", "by": front_desk, "seen": seen(inquiry)}

    def close_before_lock(execute, sql, *args):
        if "FOR NO KEY UPDATE" in sql and not Inquiry.objects.filter(status="closed").exists():
            with ThreadPoolExecutor(1) as pool:
                pool.submit(close).result()
        return execute(sql, *args)

    def close():
        Inquiry.objects.get(pk=inquiry.pk).change_status("closed", **closing)
        connection.close()

    with connection.execute_wrapper(close_before_lock):
        response = phone.post(page(question), {"text": "Yes, from Friday."})
    assert "Yes, from Friday.</div>" in response.content.decode()

"""The desk asks a clinician, who reads that inquiry and answers; all of it is on the timeline."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.accounts.middleware import IDLE_TIMEOUT, LAST_SEEN_AT
from inquiries import jobs
from inquiries.choices import EventKind, Outcome, Status
from inquiries.models import AccessEntry, Draft, Question
from inquiries.permissions import clinicians
from tests.inquiries.desk.desk_cast import act, in_hours, receive, seen

pytestmark = pytest.mark.django_db
ASKED = "Canary: may she stop the warfarin?"


@pytest.fixture
def question(inquiry, front_desk, clinician):
    return inquiry.ask(clinician, ASKED, by=front_desk, seen=seen(inquiry))


@pytest.fixture
def phone(as_user, clinician):
    """Where the clinician is signed in."""
    return as_user(clinician)


def page(question):
    return reverse("question", args=[question.pk])


def kinds(inquiry):
    return list(inquiry.events.values_list("kind", flat=True))


def test_ask_read_and_answer(desk, phone, inquiry, clinician):
    act(desk, "ask", inquiry, clinician=clinician.pk, question=ASKED)
    question = Question.objects.get()
    html = desk.get(reverse("inquiry:inspect", args=[inquiry.pk])).content.decode()
    assert "Sent. Goran Petrov gets an email and can read this inquiry for now." in html
    html = phone.get(page(question)).content.decode()
    assert ASKED in html
    assert "Since March." in html
    phone.post(page(question), {"text": "Yes, from Friday."})
    assert kinds(inquiry)[-3:] == [EventKind.ASKED, EventKind.QUESTION_READ, EventKind.ADVISED]
    html = desk.get(reverse("inquiry:inspect", args=[inquiry.pk])).content.decode()
    assert "Yes, from Friday." in html
    assert "Amara Okafor asked Goran Petrov" in html


def test_the_question_opens_neither_contact_nor_notes_nor_timeline(desk, phone, inquiry, question):
    act(desk, "note", inquiry, text="Canary note: rude on the phone")
    html = phone.get(page(question)).content.decode()
    for secret in ["ana@example.com", "555-0143", "2025550143", "Canary note"]:
        assert secret not in html


def test_the_clinician_sees_what_the_patient_added(phone, inquiry, question):
    inquiry.patient_wrote("Now my leg is numb.")
    assert "Now my leg is numb." in phone.get(page(question)).content.decode()


def test_the_first_reading_is_on_the_timeline_and_every_one_is_logged(phone, inquiry, question, clinician):
    phone.get(page(question))
    phone.get(page(question))
    assert kinds(inquiry).count(EventKind.QUESTION_READ) == 1
    looks = AccessEntry.objects.filter(kind="viewed", person=clinician.pk, inquiries=[inquiry.pk])
    assert looks.count() == 2


def test_the_emails_name_the_reference_and_nothing_else(desk, phone, inquiry, clinician, front_desk):
    act(desk, "ask", inquiry, clinician=clinician.pk, question=ASKED)
    phone.post(page(Question.objects.get()), {"text": "Canary answer"})
    queued = ProcrastinateJob.objects.filter(task_name=jobs.tell_staff.name).order_by("pk")
    for job in queued:
        jobs.tell_staff.func(**job.args)
    assert [message.to for message in mail.outbox] == [[clinician.email], [front_desk.email]]
    for text in [m.subject + m.body for m in mail.outbox] + [str(job.args) for job in queued]:
        assert "anary" not in text
        assert "Ana" not in text
    assert all(inquiry.reference in message.subject for message in mail.outbox)


def test_a_withdrawn_question_sends_nothing(inquiry, question, front_desk, clinician):
    inquiry.withdraw_question(question.pk, by=front_desk, seen=seen(inquiry))
    about = {"inquiry_id": inquiry.pk, "user_id": clinician.pk, "about": question.pk}
    jobs.tell_staff.func(notice="question", **about)
    assert mail.outbox == []


def test_the_answer_brings_back_what_waits_and_moves_nothing_else(inquiry, question, front_desk, clinician):
    inquiry.change_status(Status.WAITING, follow_up_at=in_hours(9), by=front_desk, seen=seen(inquiry))
    inquiry.answer_question(question, "Yes.", by=clinician)
    assert (inquiry.status, inquiry.outcome) == (Status.IN_PROGRESS, "")


def test_a_question_is_answered_once(inquiry, question, phone, clinician):
    inquiry.answer_question(question, "Yes.", by=clinician)
    assert phone.post(page(question), {"text": "Yes."}).status_code == 422
    assert kinds(inquiry).count(EventKind.ADVISED) == 1


def test_an_empty_answer_says_so_and_answers_nothing(phone, inquiry, question):
    response = phone.post(page(question), {"text": " \n"})
    assert response.status_code == 422
    assert "Write the answer first." in response.content.decode()
    assert EventKind.ADVISED not in kinds(inquiry)


def ended(question, how, front_desk):
    inquiry = question.inquiry
    if how == "withdrawn":
        inquiry.withdraw_question(question.pk, by=front_desk, seen=seen(inquiry))
    if how == "closed":
        closed = {"outcome": Outcome.ANSWERED, "by": front_desk, "seen": seen(inquiry)}
        inquiry.change_status(Status.CLOSED, **closed)
    if how == "answered long ago":
        inquiry.answer_question(question, "Yes.", by=question.clinician)
        then = timezone.now() - timedelta(days=3, minutes=1)
        Question.objects.filter(pk=question.pk).update(answered_at=then)
    if how == "another role":
        question.clinician.groups.clear()
    if how == "left":
        question.clinician.is_active = False
        question.clinician.save()


@pytest.mark.parametrize("how", ["withdrawn", "closed", "answered long ago", "another role", "left"])
def test_access_ends(phone, front_desk, question, how):
    ended(question, how, front_desk)
    response = phone.get(page(question))
    assert response.status_code != 200
    assert "warfarin" not in response.content.decode()
    with pytest.raises(PermissionDenied):
        question.inquiry.read_question(question, by=type(front_desk).objects.get(username="goran"))


def test_the_answer_stays_readable_for_three_days(phone, inquiry, question, clinician):
    inquiry.answer_question(question, "Yes, from Friday.", by=clinician)
    assert "Yes, from Friday." in phone.get(page(question)).content.decode()


def test_each_clinician_gets_one_question_at_a_time(inquiry, question, front_desk, clinician):
    with pytest.raises(ValidationError, match="have a question already"):
        inquiry.ask(clinician, "Again?", by=front_desk, seen=seen(inquiry))


@pytest.mark.parametrize("who", ["editor", "manager", "superuser"])
def test_only_clinicians_are_asked(request, inquiry, front_desk, who):
    with pytest.raises(ValidationError):
        inquiry.ask(request.getfixturevalue(who), ASKED, by=front_desk, seen=seen(inquiry))
    assert not clinicians().exists()


def test_erasing_the_inquiry_takes_the_question(desk, phone, inquiry, question):
    desk.get(reverse("inquiry:inspect", args=[inquiry.pk]))
    inquiry.delete()
    assert phone.get(page(question)).status_code == 404


def test_signing_in_leads_a_clinician_to_the_questions(phone, question):
    html = phone.get(reverse("questions")).content.decode()
    assert page(question) in html
    assert question.inquiry.name not in html


def test_another_inquiry_is_never_among_them(phone, question):
    other = receive(name="Wren Goldfinch", email="wren@example.com")
    assert other.reference not in phone.get(reverse("questions")).content.decode()


def test_an_answer_sent_after_the_idle_sign_out_is_there_after_signing_in(phone, clinician, question):
    session = phone.session
    session[LAST_SEEN_AT] -= IDLE_TIMEOUT + 60
    session.save()
    assert phone.post(page(question), {"text": "Yes, from Friday."})["Location"].startswith("/sign-in/")
    assert not Question.objects.get().answered_at
    phone.force_login(clinician)
    assert "Yes, from Friday.</textarea>" in phone.get(page(question)).content.decode()
    phone.post(page(question), {"text": "Yes, from Friday."})
    assert not Draft.objects.exists()


def test_an_answer_to_a_withdrawn_question_comes_back_to_be_copied(phone, front_desk, question, inquiry):
    inquiry.withdraw_question(question.pk, by=front_desk, seen=seen(inquiry))
    response = phone.post(page(question), {"text": "Yes, from Friday."})
    assert response.status_code == 404
    assert "Yes, from Friday.</div>" in response.content.decode()

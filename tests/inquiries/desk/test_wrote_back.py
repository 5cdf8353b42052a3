"""Messages from patients and clinicians are highlighted on the page and in the queue until acted on."""

from django.core import mail
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries import jobs
from inquiries.choices import EventKind, Status
from inquiries.email import queue
from inquiries.models import BulkAction
from inquiries.models.event import unanswered
from tests.inquiries.desk.helpers import act, bulk_url, confirm, opened, page_html, receive, seen

NEW = "New from the patient"
TAG = "Patient wrote back"
WARNING = "The patient wrote, and nobody has answered yet."


def open_queue(desk):
    return desk.get(reverse("inquiry:view", args=["open"])).content.decode()


def unanswered_kinds(inquiry):
    """Return the kinds of patient events that no one has acted on."""
    return set(unanswered(inquiry.events.order_by("-pk")))


def test_the_newest_addition_is_shown_on_the_page_and_tagged_in_the_queue(desk, inquiry):
    inquiry.patient_wrote("The first addition")
    inquiry.patient_wrote("The pharmacy needs it by Friday.")
    html = page_html(desk, inquiry)
    assert html.index(NEW) < html.index("by Friday.") < html.index("composer-heading")
    assert html.count("The first addition") == 1
    assert WARNING in html
    assert TAG in open_queue(desk)


def test_a_call_or_a_reply_counts_as_an_answer(desk, front_desk):
    inquiry = receive(voicemail_ok=True)
    for answer in [
        lambda: inquiry.log_call("spoke", by=front_desk, seen=seen(inquiry)),
        lambda: inquiry.log_call("left_message", by=front_desk, seen=seen(inquiry)),
        lambda: inquiry.reply("On Friday.", by=front_desk, seen=seen(inquiry)),
    ]:
        inquiry.patient_wrote("When?")
        answer()
        assert unanswered_kinds(inquiry) == set()
    html = page_html(desk, inquiry)
    assert (NEW in html, WARNING in html, TAG in open_queue(desk)) == (False, False, False)


def test_failed_or_retracted_calls_dont_count_as_an_answer(front_desk, inquiry):
    inquiry.patient_wrote("When?")
    inquiry.log_call("no_answer", by=front_desk, seen=seen(inquiry))
    assert unanswered_kinds(inquiry) == {EventKind.WROTE}
    inquiry.log_call("spoke", by=front_desk, seen=seen(inquiry))
    inquiry.retract(seen(inquiry), by=front_desk, seen=seen(inquiry))
    assert unanswered_kinds(inquiry) == {EventKind.WROTE}


def test_closing_counts_as_an_answer_unless_it_is_undone_or_reopened(desk, inquiry, front_desk):
    inquiry.patient_wrote("When?")
    page_html(desk, inquiry)
    confirm(desk, "close", [inquiry.pk], outcome="answered")
    assert unanswered_kinds(inquiry) == set()
    BulkAction.objects.undoable_by(front_desk).undo(by=front_desk)
    assert unanswered_kinds(inquiry) == {EventKind.WROTE}
    act(desk, "close", inquiry, outcome="answered")
    act(desk, "note", inquiry, text="Closed by mistake.")
    act(desk, "reopen", inquiry)
    assert unanswered_kinds(inquiry) == {EventKind.WROTE}
    act(desk, "close", inquiry, outcome="answered")
    assert unanswered_kinds(inquiry) == set()


def test_a_withdrawal_shows_until_the_patient_writes_again(desk, inquiry):
    inquiry.patient_withdrew()
    assert "Patient needs no answer" in open_queue(desk)
    assert "<strong>The patient doesn&#x27;t need an answer anymore.</strong>" in page_html(desk, inquiry)
    inquiry.patient_wrote("It hurts again.")
    assert "Patient needs no answer" not in open_queue(desk)


def test_a_locked_reading_code_is_shown_until_a_new_one_is_issued(desk, inquiry, front_desk):
    for _ in range(5):
        inquiry.check_reading_code("AAAAAA")
    assert "Reading code locked" in open_queue(desk)
    locked = "<strong>Locked after five wrong reading codes: call the patient.</strong>"
    assert locked in page_html(desk, inquiry)
    assert unanswered_kinds(inquiry) == {EventKind.CODE}
    inquiry.issue_reading_code(by=front_desk, seen=seen(inquiry))
    assert unanswered_kinds(inquiry) == set()


def send_notice(inquiry):
    queue.notify_front_desk(inquiry)
    job = ProcrastinateJob.objects.filter(task_name=jobs.send_email.name).latest("pk")
    jobs.send_email.func(**job.args)
    return mail.outbox[-1]


def test_the_email_says_that_the_patient_wrote_and_who_is_assigned(inquiry, front_desk):
    inquiry.patient_wrote("Canary")
    first = send_notice(inquiry)
    assert first.subject == f"The patient wrote back ({inquiry.reference})"
    assert f"The patient added a message to {inquiry.reference} (unassigned)." in first.body
    inquiry.take(by=front_desk, seen=seen(inquiry))
    inquiry.patient_wrote("Canary again")
    second = send_notice(inquiry)
    assert f"{inquiry.reference} (assigned to Amara Okafor)." in second.body
    assert first.message()["Message-ID"] != second.message()["Message-ID"]
    assert "anary" not in first.body + second.body
    inquiry.patient_wrote("I have chest pain and can't breathe")
    assert send_notice(inquiry).subject == f"URGENT: the patient wrote back ({inquiry.reference})"
    inquiry.patient_withdrew()
    urgent = send_notice(inquiry)
    assert urgent.subject == f"URGENT: the patient needs no answer, but may need a call ({inquiry.reference})"
    assert "Call now." in urgent.body
    inquiry.log_call("spoke", by=front_desk, seen=seen(inquiry))
    calm = send_notice(inquiry)
    assert calm.subject == f"The patient doesn't need an answer anymore ({inquiry.reference})"
    assert "Call now." not in calm.body


def test_a_clinicians_answer_is_shown_with_its_question_and_tagged_in_the_queue(
    desk, front_desk, inquiry, clinician
):
    question = inquiry.ask(clinician, "May she stop it?", by=front_desk, seen=seen(inquiry))
    inquiry.answer_question(question, "Yes, from Friday.", by=clinician)
    top = page_html(desk, inquiry).partition("composer-heading")[0]
    assert "May she stop it?" in top
    assert "Yes, from Friday." in top
    assert "Clinician answered" in open_queue(desk)


def test_marking_as_spam_can_be_undone_from_its_message(desk, inquiry):
    html = act(desk, "spam", inquiry, follow=True).content.decode()
    undo = reverse("inquiry:not_spam", args=[inquiry.pk])
    assert f'form="inquiry-form" formaction="{undo}">Undo<' in html
    assert 'id="inquiry-form"' in html
    act(desk, "not_spam", inquiry)
    assert inquiry.status == Status.NEW


def test_bulk_closing_shows_excerpts_and_how_many_were_never_answered(desk, inquiry, front_desk):
    called = opened(receive(name="Wren Goldfinch", message="Is the office open on Friday?"))
    called.log_call("spoke", by=front_desk, seen=seen(called))
    called.patient_wrote("One more thing")
    query = {"id": [opened(inquiry).pk, called.pk], "next": "/admin/"}
    html = desk.get(bulk_url("close"), query).content.decode()
    for text in [
        *("1 of them was never answered.", "My back hurts.", "Is the office open on Friday?"),
        *("In 1 of them, the patient wrote back, and nobody has answered yet.", TAG),
        "1 of them has a message from the patient that nobody has opened. It stays open.",
    ]:
        assert text in html
    assert "My back" not in desk.get(bulk_url("wait"), query).content.decode()
    assert "One more thing" in desk.get(bulk_url("spam"), query).content.decode()  # shows all messages

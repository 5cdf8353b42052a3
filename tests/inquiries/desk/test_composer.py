"""The form under the message: a note or a call, and the next step, saved together or not at all."""

from django.core import mail
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries import jobs
from tests.inquiries.desk.helpers import act, in_hours, overwrite, page_html, receive, reply_is_open, seen


def compose(desk, inquiry, **answers):
    return act(desk, "compose", inquiry, **{"did": "note", "text": "", "then": ""} | answers)


def event_kinds(inquiry):
    return list(inquiry.events.values_list("kind", flat=True))[1:]


def test_a_call_and_the_next_step_are_saved_together(desk, front_desk, inquiry):
    at = f"{in_hours(48):%Y-%m-%d}T09:30"
    compose(desk, inquiry, did="no_answer", text="Rang ten times", then="wait", follow_up_at=at)
    assert event_kinds(inquiry) == ["call", "status"]
    assert (inquiry.status, inquiry.call_attempts, inquiry.assignee) == ("waiting", 1, front_desk)
    assert [event.text for event in inquiry.events.all()] == ["", "Rang ten times", ""]


def test_a_refused_next_step_rolls_back_the_note_or_call(desk, inquiry):
    response = compose(desk, inquiry, did="spoke", text="She wants Tuesday", then="close", outcome="")
    assert (response.status_code, event_kinds(inquiry)) == (422, [])
    html = response.content.decode()
    for text in ["Choose how it ended.", "She wants Tuesday</textarea>", 'value="spoke" checked']:
        assert text in html
    compose(desk, inquiry, text="Tuesday 10 AM", then="close", outcome="answered")
    assert event_kinds(inquiry) == ["note", "status"]
    assert (inquiry.status, inquiry.outcome) == ("closed", "answered")


def test_an_empty_form_is_refused_with_instructions(desk, inquiry):
    response = compose(desk, inquiry, text=" \n")
    assert response.status_code == 422
    assert "Write a note, log a call, or choose what happens next." in response.content.decode()


def test_save_and_open_next_redirects_to_the_next_inquiry_to_do(desk, colleague, inquiry):
    overwrite(receive(message="Somebody else has it"), assignee=colleague, status="in_progress")
    following = receive(message="The next one")
    response = compose(desk, inquiry, text="x", then="close", outcome="answered", after="next")
    assert response["Location"] == reverse("inquiry:inspect", args=[following.pk])
    html = desk.get(response["Location"]).content.decode()
    assert f"{inquiry.name} · {inquiry.reference}: Closed: " in html


def test_the_offered_choices_depend_on_consent_and_status(desk, inquiry):
    html = page_html(desk, inquiry)
    for offered in ['value="spoke"', "Next step", "Remind me on"]:
        assert offered in html
    assert 'value="left_message"' not in html
    assert 'value="left_message"' in page_html(desk, receive(voicemail_ok=True, name="Voicemail"))
    act(desk, "close", inquiry, outcome="answered")
    html = page_html(desk, inquiry)
    assert 'value="spoke"' not in html
    assert 'name="then"' not in html


def test_replying_comes_first_if_the_patient_prefers_email_unless_urgent(desk, front_desk):
    inquiry, numb = (
        receive(preferred_contact="email", message=message)
        for message in ["Hello", "Since last night I have no feeling between my legs."]
    )
    for each in [inquiry, numb]:
        each.take(by=front_desk, seen=seen(each))
    html = page_html(desk, inquiry)
    assert 'inquiry-primary" href="#reply"' in html
    assert reply_is_open(html)
    assert 'class="inquiry-preferred-contact" href="tel:' not in html
    assert "mailto:" not in html  # emails sent outside the site aren't recorded
    html = page_html(desk, numb)
    assert 'inquiry-primary" href="tel:+12025550143"' in html
    assert not reply_is_open(html)


def test_line_breaks_count_as_one_character(desk, inquiry):
    text = "Line\n" * 1000  # 5,000 characters
    compose(desk, inquiry, text=text.replace("\n", "\r\n") + "x")
    assert event_kinds(inquiry) == []
    compose(desk, inquiry, text=text.replace("\n", "\r\n"))
    assert inquiry.events.get(kind="note").text == text


def send_notices():
    """Send the queued notices and return the recipients."""
    for job in ProcrastinateJob.objects.filter(task_name=jobs.tell_staff.name).order_by("pk"):
        jobs.tell_staff.func(**job.args)
    return [address for message in mail.outbox for address in message.to]


def test_a_mentioned_colleague_is_named_and_notified(desk, inquiry, colleague):
    compose(desk, inquiry, text="Canary: please look.", mention=[colleague.pk])
    assert inquiry.events.last().text == "@Ben Lindqvist Canary: please look."
    assert send_notices() == [colleague.email]
    assert inquiry.reference in mail.outbox[0].subject
    assert "anary" not in mail.outbox[0].subject + mail.outbox[0].body


def test_typing_a_colleagues_name_mentions_them(desk, inquiry, colleague, manager):
    act(desk, "note", inquiry, text="Ask @ben lindqvist, not @Elif Demirel or Elif Demir.")
    assert send_notices() == [colleague.email]


def test_only_colleagues_with_access_are_notified_and_only_of_saved_notes(
    desk, inquiry, front_desk, colleague, editor, clinician
):
    refused = {"then": "close", "outcome": ""}
    for answers, status in [
        ({"text": "Look @Chiara Rossi @Goran Petrov"}, 302),
        ({"text": "x", "mention": [editor.pk]}, 422),
        ({"text": "@Ben Lindqvist", **refused}, 422),
    ]:
        assert compose(desk, inquiry, **answers).status_code == status, answers
    assert send_notices() == []
    compose(desk, inquiry, text="@Ben Lindqvist", mention=[front_desk.pk])
    colleague.groups.clear()
    assert send_notices() == []

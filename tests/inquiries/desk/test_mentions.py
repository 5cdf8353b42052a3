"""@name in a note tells that colleague by email, without the words of the note."""

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries import jobs
from tests.inquiries.desk.desk_cast import act

pytestmark = pytest.mark.django_db


def told():
    """The addresses that were written to, once the queued notices are sent."""
    for job in ProcrastinateJob.objects.filter(task_name=jobs.tell_staff.name).order_by("pk"):
        jobs.tell_staff.func(**job.args)
    return [address for message in mail.outbox for address in message.to]


def test_a_mentioned_colleague_is_named_and_notified(desk, inquiry, colleague):
    act(desk, "compose", inquiry, did="note", text="Canary: please look.", mention=[colleague.pk])
    assert inquiry.events.last().text == "@Ben Lindqvist Canary: please look."
    assert told() == [colleague.email]
    assert inquiry.reference in mail.outbox[0].subject
    assert "anary" not in mail.outbox[0].subject + mail.outbox[0].body


def test_a_typed_name_is_enough(desk, inquiry, colleague, manager):
    act(desk, "note", inquiry, text="Ask @ben lindqvist, not @Elif Demirel or Elif Demir.")
    assert told() == [colleague.email]


def test_a_mention_opens_nothing_to_who_may_not_see_inquiries(desk, inquiry, editor, clinician):
    response = act(desk, "compose", inquiry, did="note", text="Look @Chiara Rossi @Goran Petrov")
    assert response.status_code == 302
    assert act(desk, "compose", inquiry, did="note", text="x", mention=[editor.pk]).status_code == 422
    assert told() == []


def test_neither_oneself_nor_who_has_left_is_notified(desk, inquiry, front_desk, colleague):
    act(desk, "compose", inquiry, did="note", text="@Ben Lindqvist", mention=[front_desk.pk])
    colleague.groups.clear()
    assert told() == []


def test_a_refused_note_tells_nobody(desk, inquiry, colleague):
    act(desk, "compose", inquiry, did="note", text="@Ben Lindqvist", then="close", outcome="")
    assert told() == []

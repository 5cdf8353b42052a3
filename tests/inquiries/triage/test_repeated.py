"""Repeats of a message: from others they're at most labeled, and they never replace a patient's message."""

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries.choices import Status
from inquiries.jobs import triage_pending
from inquiries.models import Inquiry
from tests.inquiries.desk.helpers import in_hours, overwrite, receive, seen

URL = reverse("inquiries:contact")
LEGS = "I cannot feel my legs since this morning."
DRIVE = "When may I drive again after the injection on Monday?"
ATTACKER = {"REMOTE_ADDR": "198.51.100.66"}


def reference(response):
    return response["Location"].split("/")[3]


def statuses():
    return list(Inquiry.objects.order_by("pk").values_list("status", "probably_spam"))


def test_a_short_text_from_many_patients_isnt_labeled():
    for number in range(8):
        receive(name=f"Patient {number}", message="I would like to schedule an appointment.")
    assert statuses() == [(Status.NEW, False)] * 8
    assert ProcrastinateJob.objects.filter(args__letter="receipt").count() == 8


def test_a_long_text_under_many_names_is_labeled_and_stays_in_the_queue():
    text = "We have a special message for your clinic that you should not miss this month, so please read on."
    for number in range(7):
        receive(name=f"N{number}", message=text)
    assert statuses() == [(Status.NEW, False)] * 5 + [(Status.NEW, True)] * 2
    assert Inquiry.objects.latest("pk").spam_reasons == [{"code": "same_text", "number": 5}]


@pytest.mark.parametrize("trap", ["", "x"])
@pytest.mark.parametrize("message", [LEGS, DRIVE])
def test_an_attackers_copy_never_replaces_the_patients_message(client, answers, message, trap):
    """The attacker sends the same answers first, from another network."""
    answers["message"] = message
    copy = Client().post(URL, {**answers, "url": trap}, **ATTACKER)
    own = client.post(URL, answers)
    assert reference(own) != reference(copy)
    inquiry = Inquiry.objects.latest("pk")
    assert (inquiry.status, inquiry.probably_spam) == (Status.NEW, False)
    emails = ProcrastinateJob.objects.filter(args__inquiry_id=inquiry.pk)
    assert {job.args["letter"] for job in emails} == {"front_desk_notice", "receipt"}


def test_the_same_message_from_another_browser_isnt_a_repeat(client, answers):
    client.post(URL, {**answers, "url": "x"}, HTTP_USER_AGENT="program/1.0")
    client.post(URL, answers, HTTP_USER_AGENT="Mozilla/5.0 (iPhone)")
    assert statuses() == [(Status.NEW, True), (Status.NEW, False)]


@pytest.mark.parametrize("message", ["My back hurts.", "We offer SEO services: https://x.example"])
def test_a_clean_resend_from_the_same_browser_clears_a_honeypot_label(client, answers, message):
    answers["message"] = message
    first = client.post(URL, {**answers, "url": "x"})
    assert not ProcrastinateJob.objects.exists()
    assert reference(client.post(URL, answers)) == reference(first)
    inquiry = Inquiry.objects.get()
    assert inquiry.status == Status.NEW
    assert inquiry.probably_spam == ("SEO" in message)
    assert inquiry.events.last().changes["probably_spam"] == [True, False]
    assert ProcrastinateJob.objects.count() == (0 if "SEO" in message else 2)


def test_a_clean_repeat_of_an_untriaged_trapped_message_isnt_labeled(client, answers):
    """The first message's process died before triage. The crash drill found this case."""
    client.post(URL, {**answers, "url": "x"})
    Inquiry.objects.update(probably_spam=False, needs_triage=True)
    client.post(URL, answers)
    assert statuses() == [(Status.NEW, False)]
    assert ProcrastinateJob.objects.count() == 2


@pytest.mark.parametrize("cause", ["marked by a colleague", "added by the patient"])
def test_late_triage_keeps_urgency_set_in_the_meantime(front_desk, cause):
    inquiry = overwrite(receive(), needs_triage=True, received_at=in_hours(-1))
    if "colleague" in cause:
        inquiry.set_urgent(True, by=front_desk, seen=seen(inquiry))
    else:
        inquiry.patient_wrote("I have chest pain and can't breathe")
    severity = inquiry.severity
    triage_pending(timestamp=0)
    found = Inquiry.objects.needing_urgent_call().get()
    assert (found.severity, found.needs_triage, found.urgent_because > "") == (severity, False, True)


def test_late_triage_doesnt_reopen_a_closed_inquiry(front_desk):
    inquiry = receive(message="I have chest pain and can't breathe")
    left = {"needs_triage": True, "received_at": in_hours(-1), "urgent": False, "tier": "none", "severity": 0}
    overwrite(inquiry, **left)
    inquiry.change_status(Status.CLOSED, outcome="answered", by=front_desk, seen=seen(inquiry))
    triage_pending(timestamp=0)
    inquiry.refresh_from_db()
    assert (inquiry.status, inquiry.urgent) == ("closed", False)
    assert (inquiry.tier, inquiry.needs_triage) == ("emergency", False)


def test_a_trapped_repeat_doesnt_label_a_clean_message(client, answers):
    client.post(URL, answers)
    client.post(URL, {**answers, "url": "x"})
    assert statuses() == [(Status.NEW, False)]


def test_resending_with_a_corrected_address_isnt_spam(client, answers):
    for email in ["rose@mail.example", "rose.a@mail.example", "rose.b@mail.example"]:
        client.post(URL, {**answers, "message": DRIVE, "email": email})
    assert statuses() == [(Status.NEW, False)] * 3

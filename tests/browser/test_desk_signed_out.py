"""An open staff screen says when its session has ended."""

import re

from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from tests.inquiries.desk.helpers import receive, seen

POLL_NOW = "document.dispatchEvent(new Event('visibilitychange'))"


def test_a_signed_out_screen_hides_the_patient_and_keeps_typed_text(site, front_desk):
    inquiry = receive(topic="billing")
    inquiry.take(by=front_desk, seen=seen(inquiry))
    page = site.open(reverse("inquiry:inspect", args=[inquiry.pk]), user=front_desk)
    queue = site.open("/admin/inquiries/view/mine/?topic=billing", user=front_desk)
    polls = []
    queue.on("request", lambda request: polls.append(request.url) if "/news/" in request.url else None)
    for tab in [page, queue]:
        expect(tab.get_by_text(inquiry.name).first).to_be_visible()
        with tab.expect_response("**/news/**") as response:
            tab.evaluate(POLL_NOW)
        response.value.finished()
        expect(tab.get_by_role("link", name="You were signed out. Sign in")).to_be_hidden()
    note = page.get_by_label("Internal note")
    note.fill("She asks for a morning.")

    Session.objects.all().delete()
    for tab in [page, queue]:
        tab.evaluate(POLL_NOW)
        line = tab.get_by_role("link", name="You were signed out. Sign in")
        expect(tab.get_by_role("alert").filter(has=line)).to_be_visible()
        for shown in tab.get_by_text(re.compile(f"{inquiry.name}|{inquiry.get_message_display()}")).all():
            expect(shown).to_be_hidden()
    expect(note).to_have_value("She asks for a morning.")
    expect(note).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("You’re signed out, and this isn’t saved yet")).to_be_visible()

    expect(queue).to_have_title(re.compile(r"^\(signed out\) .*Inquiries"))
    before = len(polls)
    queue.evaluate(POLL_NOW)
    queue.evaluate("fetch('/healthz')")  # any poll would be sent before this
    assert len(polls) == before
    line.click()
    expect(queue).to_have_url(re.compile(r"/sign-in/\?next=/admin/inquiries/view/mine/%3Ftopic%3Dbilling$"))


def test_signed_out_entry_print_and_question_screens_hide_the_patient(site, front_desk, clinician):
    inquiry = receive()
    inquiry.ask(clinician, "May she stop it?", by=front_desk, seen=seen(inquiry))
    entry = site.open(reverse("inquiry:enter"), user=front_desk)
    entry.get_by_label("Caller's name").fill(inquiry.name)
    paper = site.open(reverse("inquiry:print", args=[inquiry.pk]), user=front_desk)
    question = site.open(reverse("question", args=[inquiry.questions.get().pk]), user=clinician)
    question.get_by_label("Your answer").fill("Yes.")
    patient = {
        entry: entry.get_by_label("Caller's name"),
        paper: paper.get_by_text(inquiry.name).first,
        question: question.get_by_text(inquiry.name).first,
    }
    for shown in patient.values():
        expect(shown).to_be_visible()
    for tab in patient:
        with tab.expect_response("**/news/**"):
            tab.evaluate(POLL_NOW)
        expect(tab.get_by_role("link", name="You were signed out.")).to_be_hidden()
    Session.objects.all().delete()
    for tab, shown in patient.items():
        tab.evaluate(POLL_NOW)
        expect(tab.get_by_role("link", name="You were signed out.")).to_be_visible()
        expect(shown).to_be_hidden()
    expect(patient[entry]).to_have_value(inquiry.name)
    expect(entry.get_by_role("button", name="Save inquiry")).to_be_visible()
    expect(question.get_by_label("Your answer")).to_have_value("Yes.")
    question.get_by_role("button", name="Send the answer").click()
    expect(question.get_by_text("You’re signed out, and this isn’t saved yet")).to_be_visible()

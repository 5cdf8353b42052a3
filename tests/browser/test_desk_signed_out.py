"""A queue that was left open says that its session is over, instead of saying nothing for ever."""

import re

from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from tests.inquiries.desk.helpers import receive, seen

ASK_NOW = "document.dispatchEvent(new Event('visibilitychange'))"


def test_a_signed_out_screen_says_so_hides_the_patient_and_keeps_what_was_typed(site, front_desk):
    inquiry = receive(topic="billing")
    inquiry.take(by=front_desk, seen=seen(inquiry))
    page = site.open(reverse("inquiry:inspect", args=[inquiry.pk]), user=front_desk)
    queue = site.open("/admin/inquiries/view/mine/?topic=billing", user=front_desk)
    asked = []
    queue.on("request", lambda request: asked.append(request.url) if "/news/" in request.url else None)
    for tab in [page, queue]:
        expect(tab.get_by_text(inquiry.name).first).to_be_visible()
        with tab.expect_response("**/news/**") as news:
            tab.evaluate(ASK_NOW)
        news.value.finished()
        expect(tab.get_by_role("link", name="You were signed out. Sign in")).to_be_hidden()
    note = page.get_by_label("Internal note")
    note.fill("She asks for a morning.")

    Session.objects.all().delete()
    for tab in [page, queue]:
        tab.evaluate(ASK_NOW)
        line = tab.get_by_role("link", name="You were signed out. Sign in")
        expect(tab.get_by_role("alert").filter(has=line)).to_be_visible()
        for shown in tab.get_by_text(re.compile(f"{inquiry.name}|{inquiry.get_message_display()}")).all():
            expect(shown).to_be_hidden()
    expect(note).to_have_value("She asks for a morning.")
    expect(note).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("You’re signed out, and this isn’t saved yet")).to_be_visible()

    expect(queue).to_have_title(re.compile(r"^\(signed out\) .*Inquiries"))
    before = len(asked)
    queue.evaluate(ASK_NOW)
    queue.evaluate("fetch('/healthz')")  # the browser has sent all that came before
    assert len(asked) == before
    line.click()
    expect(queue).to_have_url(re.compile(r"/sign-in/\?next=/admin/inquiries/view/mine/%3Ftopic%3Dbilling$"))


def test_a_signed_out_entry_question_or_print_hides_the_patient_too(site, front_desk, clinician):
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
            tab.evaluate(ASK_NOW)
        expect(tab.get_by_role("link", name="You were signed out.")).to_be_hidden()
    Session.objects.all().delete()
    for tab, shown in patient.items():
        tab.evaluate(ASK_NOW)
        expect(tab.get_by_role("link", name="You were signed out.")).to_be_visible()
        expect(shown).to_be_hidden()
    expect(patient[entry]).to_have_value(inquiry.name)
    expect(entry.get_by_role("button", name="Save inquiry")).to_be_visible()
    expect(question.get_by_label("Your answer")).to_have_value("Yes.")
    question.get_by_role("button", name="Send the answer").click()
    expect(question.get_by_text("You’re signed out, and this isn’t saved yet")).to_be_visible()

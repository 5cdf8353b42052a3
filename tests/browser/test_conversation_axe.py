"""The conversation pages of patients and clinicians pass axe and fit on a phone."""

import pytest
from django.urls import reverse

from inquiries.choices import Call
from inquiries.models import DailyFigure, Reply
from tests.browser.axe import BOTH, PHONE, WAGTAIL_FAULTS, axe_violations, overflowing_views
from tests.browser.filling_in import fill_in
from tests.inquiries.desk.helpers import receive, seen
from tests.support.text_provider import Provider

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 3
# The rows of the figures' tables look alike, so axe checks only the first ones.
REPEATED_ROWS = ".figures-table tr:nth-child(n + 3)"
TEXT = f"Stop the aspirin on Friday.\n\nThen call us.\n{LONG}"


@pytest.fixture
def texts(settings):
    provider = Provider()
    settings.SMS = provider.account
    yield
    provider.stop()


@pytest.fixture
def answered(committed_db, texts, front_desk):
    inquiry = receive(name=f"Ana {LONG[:60]}", message=TEXT)
    code = inquiry.issue_reading_code(by=front_desk, seen=seen(inquiry))
    inquiry.reply(TEXT, by=front_desk, seen=seen(inquiry))
    return inquiry, code, reverse("inquiries:reply", args=[Reply.objects.get().token])


def check(page, name, exclude=(), views=PHONE):
    assert axe_violations(page, views, exclude=exclude) == [], name
    assert overflowing_views(page) == [], name


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_the_contact_form_with_errors_and_its_confirmation_pass_axe(site, texts):
    page = site.open("/contact/")
    press(page, "Send")
    page.get_by_label("Text me when").check()
    check(page, "form with errors", views=BOTH)
    fill_in(page)
    press(page, "Send")
    page.locator("[data-reference]").wait_for()
    check(page, "sent")


def test_the_conversation_and_status_pages_pass_axe(site, answered):
    _inquiry, code, link = answered
    page = site.open(link)
    press(page, "Text me a code")
    check(page, "texted")
    page.get_by_label("Reading code").fill(code)
    press(page, "Open")
    page.get_by_label("Write to us").fill(f"I can't feel my legs. {LONG}")
    press(page, "Send")
    check(page, "written back, with advice")
    press(page, "Close my message on this device")
    press(page, "Show my message")
    page.get_by_role("alert").first.wait_for()
    check(page, "status with errors")


def test_a_question_to_a_clinician_and_the_dashboard_pass_axe(site, answered, clinician, front_desk):
    inquiry = answered[0]
    inquiry.ask(clinician, TEXT, by=front_desk, seen=seen(inquiry))
    page = site.open(reverse("question", args=[inquiry.questions.get().pk]), user=clinician)
    press(page, "Send the answer")
    check(page, "no answer written", WAGTAIL_FAULTS)
    page.get_by_label("Your answer").fill(TEXT)
    press(page, "Send the answer")
    page.get_by_role("heading", name="Answered in the last three days").wait_for()
    check(page, "dashboard", WAGTAIL_FAULTS)


def test_the_figures_and_the_warning_phrase_trial_pass_axe(site, answered, manager):
    for number in range(8):
        receive(name=f"Patient {number}", message=f"{number} My back hurts.", topic="billing")
    inquiry = answered[0]
    inquiry.log_call(Call.SPOKE, by=manager, seen=seen(inquiry))
    DailyFigure.objects.recount()
    page = site.open(reverse("inquiry_figures"), user=manager)
    check(page, "figures", [*WAGTAIL_FAULTS, REPEATED_ROWS], BOTH)
    page.goto(reverse("warning-phrases:try"))
    page.locator("main textarea").fill(f"Since last night I have no feeling between my legs. {LONG}")
    page.locator("main form [type=submit]").first.click()
    check(page, "trial of a sentence", WAGTAIL_FAULTS)

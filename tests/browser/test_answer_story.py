"""A whole conversation without JavaScript: sent at night, escalated in the morning, answered, and booked."""

from datetime import timedelta

import icalendar
import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Error, expect

from clinic.models import ClinicSettings
from inquiries import jobs
from inquiries.choices import Status
from inquiries.models import Inquiry
from tests.browser.filling_in import fill_in
from tests.inquiries.reports.hand_counted import MONDAY, at

TUESDAY = MONDAY + timedelta(days=1)
ANSWER = "Canary: stop the aspirin three days before."
PATIENT_REPLY = "Canary: Friday morning suits me."


class Clock:
    now = None


@pytest.fixture
def clock(monkeypatch):
    """Set the current time of the whole site with `clock.now`."""
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


def new_emails(run_worker, outbox):
    """Run queued jobs and return the emails that they sent."""
    before = len(outbox)
    run_worker()
    return outbox[before:]


def link_in(email):
    """Return the path of the first link to the site."""
    return email.body.partition(settings.BASE_URL)[2].split()[0]


def test_a_message_at_night_becomes_a_booked_appointment(site, front_desk, clock, run_worker, mailoutbox):
    clock.now = at(MONDAY, 12)
    clinic = ClinicSettings.current()
    clinic.response_hours = 1
    clinic.save()

    # At night, the patient writes and gets the reading code.
    clock.now = at(MONDAY, 23, 30)
    patient = site.open("/contact/", java_script_enabled=False, width=390)
    fill_in(patient)
    patient.get_by_role("button", name="Send").click()
    expect(patient.get_by_text("You'll hear from us by Tuesday, March 3, 9:00 AM")).to_be_visible()
    expect(patient.get_by_role("button", name="Copy")).to_have_count(0)  # it needs a script
    code = patient.locator(".keep", has_text="Your reading code:").locator("strong").inner_text()
    new_emails(run_worker, mailoutbox)

    # In the morning, no one has opened it by the promised time, so the front desk is notified.
    clock.now = at(TUESDAY, 9, 1)
    jobs.escalate(0)
    [escalation] = new_emails(run_worker, mailoutbox)
    assert (escalation.to, "Not opened yet" in escalation.subject) == ([front_desk.email], True)
    desk = site.open(link_in(escalation), user=front_desk, java_script_enabled=False)
    expect(desk.get_by_text("Not opened yet, so we notified: the front desk")).to_be_visible()
    desk.get_by_role("button", name="Assign to me").click()
    desk.locator(".inquiry-reply > summary").click()
    desk.get_by_label("Your reply").fill(ANSWER)
    desk.get_by_role("button", name="Send to the patient").click()
    desk.get_by_role("button", name="Yes, send it to Maria Example").click()
    expect(desk.get_by_text("Reply sent.")).to_be_visible()
    assert Inquiry.objects.get().status == Status.WAITING

    # The patient opens the reply with the code and writes back.
    clock.now = at(TUESDAY, 10)
    [notice] = new_emails(run_worker, mailoutbox)
    patient.goto(link_in(notice))
    expect(patient.get_by_text(ANSWER)).to_have_count(0)
    patient.get_by_label("Reading code").fill(code.lower())
    patient.get_by_role("button", name="Open").click()
    expect(patient.get_by_text(ANSWER)).to_be_visible()
    patient.get_by_label("Write to us").fill(PATIENT_REPLY)
    patient.get_by_role("button", name="Send", exact=True).click()
    expect(patient.get_by_text("We've added this to your message.")).to_be_visible()
    assert patient.context.cookies() == []

    # It's assigned to Amara again with a new due time, and she books the appointment.
    inquiry = Inquiry.objects.get()
    assert (inquiry.status, inquiry.assignee) == (Status.IN_PROGRESS, front_desk)
    assert inquiry.due_at == at(TUESDAY, 11)
    desk.goto("/admin/inquiries/view/mine/")
    desk.get_by_role("link", name="Maria Example").click()
    expect(desk.locator(".inquiry-wrote-back")).to_contain_text(PATIENT_REPLY)
    desk.locator(".inquiry-composer").get_by_text("Close", exact=True).click()
    desk.get_by_label("Outcome").select_option("appointment")
    desk.get_by_label("Date and time of the appointment").fill("2026-03-06T10:30")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Closed: Appointment booked.")).to_be_visible()

    # The calendar file has the time and place. No email contains what was written.
    booked = new_emails(run_worker, mailoutbox)[-1]
    [(_name, calendar, _kind)] = booked.attachments
    [event] = icalendar.Calendar.from_ical(calendar).walk("VEVENT")
    assert event["DTSTART"].dt == at(MONDAY + timedelta(days=4), 10, 30)
    assert "Canary" not in " ".join([calendar, *(email.subject + email.body for email in mailoutbox)])
    patient.goto("/contact/status/")
    patient.get_by_label("Reference").fill(inquiry.reference)
    patient.get_by_label("Reading code").fill(code)
    patient.get_by_role("button", name="Show my message").click()
    expect(patient.get_by_text("We've closed this.")).to_be_visible()

    # On a borrowed phone, going back after closing finds no copy of the page.
    patient.get_by_role("button", name="Close my message on this device").click()
    expect(patient.get_by_text("Your message is closed on this device.")).to_be_visible()
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        patient.go_back()

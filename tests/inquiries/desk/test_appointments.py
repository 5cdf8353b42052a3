"""Booked appointments: closing an inquiry with one, the calendar file, and the reminder."""

from datetime import timedelta

import icalendar
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.models import ClinicSettings
from inquiries.email import queue
from inquiries.jobs import remind_of_appointments, send_email
from inquiries.models import Inquiry
from inquiries.public.conversation import ticket_for
from tests.inquiries.desk.helpers import QUEUE, act, bulk_url, in_hours, overwrite, page_html, receive, seen

PLACE = ClinicSettings().address_line


def book(desk, inquiry, *, days=3, **extra):
    at = timezone.localtime() + timedelta(days=days)
    data = {"outcome": "appointment", "appointment_at": f"{at:%Y-%m-%dT10:30}", "place": PLACE} | extra
    return act(desk, "close", inquiry, **data)


def test_closing_as_booked_records_date_time_and_place(desk, inquiry):
    book(desk, inquiry, text="Bring the MRI", tell_patient="")
    assert (inquiry.status, inquiry.outcome, inquiry.appointment_place) == ("closed", "appointment", PLACE)
    html = page_html(desk, inquiry)
    assert html.count("10:30 AM") >= 2  # in the details and on the timeline
    assert ("Bring the MRI" in html, "alendar email" in html) == (True, False)
    other = receive(message="Another")
    book(desk, other, outcome="answered")
    assert (other.outcome, other.appointment_at) == ("answered", None)


def test_a_calendar_email_is_queued_only_if_requested_and_possible(desk, inquiry):
    queued = ProcrastinateJob.objects.filter(args__letter="appointment")
    book(desk, receive(message="Another"), tell_patient="")
    book(desk, receive(name="No Address", email=""), tell_patient="on")
    assert not queued.exists()
    html = desk.get(book(desk, inquiry, tell_patient="on").url).content.decode()
    assert queued.count() == 1
    assert f"Closed: Appointment booked. A calendar email is on its way to {inquiry.email}." in html
    assert "Amara Okafor closed it as booked; a calendar email goes to the patient" in html


def test_appointments_in_the_past_or_far_future_are_refused(desk, front_desk, inquiry):
    for days, error in [(-1, "in the future"), (800, "within two years")]:
        booked = {"appointment_at": in_hours(24 * days), "place": PLACE}
        with pytest.raises(ValidationError, match=error):
            queue.close(inquiry, "appointment", by=front_desk, seen=seen(inquiry), **booked)
    html = book(desk, inquiry, appointment_at="").content.decode()
    assert html.count("Enter the date and time of the appointment.") == 2  # above the form, and at the field
    assert inquiry.status == "new"


def test_the_calendar_file_contains_no_health_information(desk, inquiry, mailoutbox):
    book(desk, inquiry, tell_patient="on", text="Bring the MRI of the fracture")
    send_email(letter="appointment", inquiry_id=inquiry.pk)
    [email] = mailoutbox
    [(name, content, mimetype)] = email.attachments
    [event] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert (name, mimetype, email.to) == ("appointment.ics", "text/calendar", [inquiry.email])
    assert event.decoded("dtstart") == inquiry.appointment_at
    call = f"To change or cancel, call {ClinicSettings().phone_display}."
    assert (str(event["location"]), str(event["description"])) == (PLACE, call)
    for text in ["Your appointment at", call, "Open the attached file"]:
        assert text in email.body
    for word in ["MRI", "fracture", "hurts", inquiry.name, "condition"]:
        assert word not in email.body + content


def test_the_reminder_is_queued_once_the_day_before(desk, inquiry, mailoutbox):
    book(desk, inquiry, tell_patient="on")
    assert not Inquiry.objects.to_remind().exists()
    overwrite(inquiry, appointment_at=timezone.now() + timedelta(hours=20))
    assert list(Inquiry.objects.to_remind()) == [inquiry]
    remind_of_appointments(0)
    remind_of_appointments(0)
    assert not Inquiry.objects.to_remind().exists()
    send_email(letter="reminder", inquiry_id=inquiry.pk)
    assert mailoutbox[-1].subject.startswith("A reminder of your appointment")


def test_messages_and_replies_keep_an_appointment_until_it_is_canceled(
    desk, inquiry, mailoutbox, front_desk, client
):
    book(desk, inquiry, tell_patient="on")
    at = inquiry.appointment_at
    inquiry.patient_wrote("Where do I park?")
    status_page = client.post(reverse("inquiries:status"), {"ticket": ticket_for(inquiry), "message": ""})
    date = date_format(timezone.localtime(at), "l, F j")
    assert f"Your appointment: {date}" in status_page.content.decode()
    inquiry.reply("Behind the house.", by=front_desk, seen=seen(inquiry))
    for outcome in ["answered", "appointment"]:
        html = act(desk, "close", inquiry, outcome=outcome, follow=True).content.decode()
        assert ("The appointment stays booked: " in html) == (outcome == "answered")
        booked = (inquiry.outcome, inquiry.appointment_at, inquiry.appointment_place, inquiry.reminder_due)
        assert booked == (outcome, at, PLACE, True)
        inquiry.change_status("in_progress", by=front_desk, seen=seen(inquiry))
    assert "10:30 AM" in page_html(desk, inquiry).partition("timeline-heading")[0]
    for outcome in ["referred", "not_for_us", "canceled"]:
        book(desk, inquiry, tell_patient="on")
        inquiry.change_status("in_progress", by=front_desk, seen=seen(inquiry))
        html = act(desk, "close", inquiry, outcome=outcome, follow=True).content.decode()
        assert "The appointment and its reminder are off." in html
        assert (inquiry.appointment_at, inquiry.appointment_place, inquiry.reminder_due) == (None, "", False)
        inquiry.change_status("in_progress", by=front_desk, seen=seen(inquiry))
    send_email(letter="reminder", inquiry_id=inquiry.pk)
    assert not mailoutbox


def test_bulk_closing_warns_about_upcoming_appointments(desk, inquiry, front_desk):
    book(desk, inquiry)
    inquiry.change_status("in_progress", by=front_desk, seen=seen(inquiry))
    for days, has_warning in [(1, True), (-1, False)]:
        overwrite(inquiry, appointment_at=timezone.now() + timedelta(days=days))
        page = desk.get(bulk_url("close"), {"id": [inquiry.pk, receive(name="Other").pk], "next": QUEUE})
        assert ("1 of them has an appointment coming up." in page.content.decode()) == has_warning


def test_a_past_appointment_stays_on_record_after_another_outcome(desk, inquiry, front_desk):
    book(desk, inquiry)
    overwrite(inquiry, appointment_at=timezone.now() - timedelta(hours=1))
    inquiry.change_status("in_progress", by=front_desk, seen=seen(inquiry))
    act(desk, "close", inquiry, outcome="referred")
    assert inquiry.appointment_at

"""Closing as booked: date, time and place on record, a calendar file without health words, and a reminder."""

from datetime import timedelta
from importlib import import_module

import icalendar
import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.models import ClinicSettings
from inquiries.jobs import remind_of_appointments, send_email
from inquiries.models import Inquiry
from inquiries.public.conversation import ticket_for
from tests.inquiries.desk.desk_cast import act, page_of, press, receive, seen, shift

pytestmark = pytest.mark.django_db
PLACE = ClinicSettings().address_line


def book(desk, inquiry, *, days=3, **more):
    at = timezone.localtime() + timedelta(days=days)
    data = {"outcome": "appointment", "appointment_at": f"{at:%Y-%m-%dT10:30}", "place": PLACE} | more
    response = act(desk, "close", inquiry, **data)
    inquiry.refresh_from_db()
    return response


def test_date_time_and_place_are_on_record(desk, inquiry):
    book(desk, inquiry, text="Bring the MRI")
    assert (inquiry.status, inquiry.outcome, inquiry.appointment_place) == ("closed", "appointment", PLACE)
    html = page_of(desk, inquiry)
    assert html.count("10:30 AM") >= 2  # among the facts and on the timeline
    assert "Bring the MRI" in html


def test_a_time_that_makes_no_sense_is_refused(desk, inquiry):
    for answers, error in [
        ({"days": -1}, "in the future"),
        ({"days": 800}, "within two years"),
        ({"appointment_at": ""}, "Enter the date and time of the appointment."),
    ]:
        assert error in book(desk, inquiry, **answers).content.decode()
        assert inquiry.status == "new"


def test_another_outcome_keeps_no_date(desk, inquiry):
    book(desk, inquiry, outcome="answered")
    assert (inquiry.outcome, inquiry.appointment_at) == ("answered", None)


def test_the_patient_gets_a_calendar_file_without_health_words(desk, inquiry, mailoutbox):
    book(desk, inquiry, tell_patient="on", text="Bring the MRI of the fracture")
    send_email(letter="appointment", inquiry_id=inquiry.pk)
    [email] = mailoutbox
    [(name, content, mimetype)] = email.attachments
    [event] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert (name, mimetype, email.to) == ("appointment.ics", "text/calendar", [inquiry.email])
    assert event.decoded("dtstart") == inquiry.appointment_at
    call = f"To change or cancel, call {ClinicSettings().phone_display}."
    assert (str(event["location"]), str(event["description"])) == (PLACE, call)
    for words in ["Your appointment at", call, "Open the attached file"]:
        assert words in email.body
    for word in ["MRI", "fracture", "hurts", inquiry.name, "condition"]:
        assert word not in email.body + content


def test_the_banner_and_the_timeline_say_that_an_email_goes_out(desk, inquiry):
    html = desk.get(book(desk, inquiry, tell_patient="on").url).content.decode()
    assert f"Closed: Appointment booked. A calendar email is on its way to {inquiry.email}." in html
    assert "Amara Okafor closed it as booked; a calendar email goes to the patient" in html
    html = desk.get(book(desk, receive(message="Another"), tell_patient="").url).content.decode()
    assert "alendar email" not in html


def test_an_email_is_queued_only_if_it_is_wanted_and_possible(desk):
    queued = ProcrastinateJob.objects.filter(args__letter="appointment")
    book(desk, receive(), tell_patient="")
    book(desk, receive(name="No Address", email=""), tell_patient="on")
    assert not queued.exists()
    book(desk, receive(message="Another"), tell_patient="on")
    assert queued.count() == 1


def test_the_reminder_is_queued_once_a_day_before(desk, inquiry, mailoutbox):
    book(desk, inquiry, tell_patient="on")
    assert not Inquiry.objects.to_remind().exists()
    shift(inquiry, appointment_at=timezone.now() + timedelta(hours=20))
    assert list(Inquiry.objects.to_remind()) == [inquiry]
    remind_of_appointments(0)
    remind_of_appointments(0)
    assert not Inquiry.objects.to_remind().exists()
    send_email(letter="reminder", inquiry_id=inquiry.pk)
    assert mailoutbox[-1].subject.startswith("A reminder of your appointment")


def test_it_stays_whatever_the_patient_or_the_desk_writes_until_it_is_canceled(
    desk, inquiry, mailoutbox, front_desk, client
):
    book(desk, inquiry, tell_patient="on")
    at = inquiry.appointment_at
    inquiry.patient_wrote("Where do I park?")
    patients = client.post(reverse("inquiries:status"), {"ticket": ticket_for(inquiry), "message": ""})
    assert f"Your appointment: {date_format(timezone.localtime(at), 'l, F j')}" in patients.content.decode()
    inquiry.reply("Behind the house.", by=front_desk, seen=seen(inquiry))
    for outcome in ["answered", "appointment"]:
        html = press(desk, inquiry, "close", outcome=outcome).content.decode()
        assert ("The appointment stays booked: " in html) == (outcome == "answered")
        inquiry.refresh_from_db()
        booked = (inquiry.outcome, inquiry.appointment_at, inquiry.appointment_place, inquiry.reminder_due)
        assert booked == (outcome, at, PLACE, True)
        inquiry.change_status("in_progress", by=front_desk, seen=seen(inquiry))
    assert "10:30 AM" in page_of(desk, inquiry).partition("timeline-heading")[0]
    for outcome in ["referred", "not_for_us", "canceled"]:
        book(desk, inquiry, tell_patient="on")
        inquiry.change_status("in_progress", by=front_desk, seen=seen(inquiry))
        html = press(desk, inquiry, "close", outcome=outcome).content.decode()
        assert "stays booked" not in html
        inquiry.refresh_from_db()
        assert (inquiry.appointment_at, inquiry.appointment_place, inquiry.reminder_due) == (None, "", False)
        inquiry.change_status("in_progress", by=front_desk, seen=seen(inquiry))
    send_email(letter="reminder", inquiry_id=inquiry.pk)
    assert not mailoutbox


def test_going_back_to_the_version_before_leaves_no_row_that_it_refuses(desk, inquiry, front_desk):
    book(desk, inquiry, tell_patient="on")
    booked = Inquiry.objects.exclude(appointment_at=None)
    backwards = import_module("inquiries.migrations.0053_appointments_that_stay").FORGET_OTHERS
    for number in [1, 0]:
        with connection.cursor() as cursor:
            cursor.execute(backwards)
        assert booked.count() == number
        if number:
            inquiry.change_status("in_progress", by=front_desk, seen=seen(inquiry))

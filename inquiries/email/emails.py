"""Emails about inquiries. They hold the reference and a link, and nothing that the patient wrote."""

from email.utils import parseaddr
from typing import Any

import icalendar
from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy as _lazy, ngettext

from clinic.models import ClinicSettings
from inquiries.choices import EventKind, Source
from inquiries.models import Inquiry, Reply
from inquiries.reports.figures import Period, Report


def receipt(inquiry):
    """To the patient: we have it, and what happens next."""
    link = settings.BASE_URL + inquiry.get_absolute_url()
    subject = _("We have your message. Please don't reply to this email")
    has_code = inquiry.source == Source.FORM  # the others never saw the screen that shows it
    email = _compose("receipt", inquiry, to=inquiry.email, subject=subject, link=link, has_code=has_code)
    email.reply_to = list(filter(None, [ClinicSettings.current().reply_to_email]))
    email.metadata = {"receipt": str(inquiry.uuid)}  # as in reply_notice
    return email


def front_desk_notice(inquiry):
    """To the front desk: there is a new inquiry to look at, and whether at once."""
    subject = _("URGENT: a new inquiry") if inquiry.urgent else _("A new inquiry")
    return _to_desk(inquiry, subject)


def wrote_back(inquiry: Inquiry) -> EmailMessage:
    """To the front desk: the patient added something, or needs no answer anymore."""
    event = inquiry.events.filter(kind__in=PATIENT_NEWS).latest("pk")
    news, sentence = PATIENT_NEWS[EventKind(event.kind)]
    name = inquiry.assignee_name
    whose = _("assigned to %(name)s") % {"name": name} if name else _("unassigned")
    subject = URGENT_NEWS[EventKind(event.kind)] if inquiry.needs_urgent_call else news
    said = sentence % {"reference": inquiry.reference, "whose": whose}
    return _to_desk(inquiry, subject, about=f".{event.pk}", news=said)


def appointment(inquiry: Inquiry) -> EmailMessage:
    """To the patient: date, time and place, as a calendar file too. No word about why they come."""
    return _appointment("appointment", inquiry, _("Your appointment"))


def reminder(inquiry: Inquiry) -> EmailMessage:
    return _appointment("reminder", inquiry, _("A reminder of your appointment"))


def _appointment(name: str, inquiry: Inquiry, subject: str) -> EmailMessage:
    facts = {"appointment_at": inquiry.appointment_at, "place": inquiry.appointment_place}
    at = f".{inquiry.appointment_at:%Y%m%d%H%M}"
    email = _compose(
        name, inquiry, to=inquiry.email, subject=subject, link="", about=at, template="appointment", **facts
    )
    email.attach("appointment.ics", calendar_file(inquiry), "text/calendar")
    email.metadata = {"appointment": str(inquiry.uuid)}  # as in reply_notice
    return email


def call_instead(inquiry: Inquiry) -> EmailMessage:
    """To the front desk: the patient didn't get the appointment. No list shows this of a closed inquiry."""
    subject = _("Call the patient: an appointment email wasn't delivered")
    news = _("The appointment email of %(reference)s couldn't be delivered.") % {
        "reference": inquiry.reference
    }
    at = f".undelivered.{inquiry.appointment_at:%Y%m%d%H%M}" if inquiry.appointment_at else ".undelivered"
    return _to_desk(inquiry, subject, about=at, news=news, due_at=None)


def calendar_file(inquiry: Inquiry) -> str:
    event = icalendar.Event()
    event.add("uid", f"appointment.{inquiry.reference}@{_domain()}")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", inquiry.appointment_at)
    event.add("summary", _("Appointment: %(clinic)s") % {"clinic": ClinicSettings.current().name})
    event.add("location", inquiry.appointment_place)
    change = _("To change or cancel, call %(phone)s.") % {"phone": ClinicSettings.current().phone_display}
    event.add("description", change)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//clinic//appointments//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar.to_ical().decode()


PATIENT_NEWS = {
    EventKind.WROTE: (
        _lazy("The patient wrote back"),
        _lazy("The patient added to %(reference)s (%(whose)s)."),
    ),
    EventKind.WITHDRAWN: (
        _lazy("The patient needs no answer anymore"),
        _lazy("The patient needs no answer to %(reference)s anymore (%(whose)s)."),
    ),
}
URGENT_NEWS = {
    EventKind.WROTE: _lazy("URGENT: the patient wrote back"),
    EventKind.WITHDRAWN: _lazy("URGENT: the patient needs no answer, but may need a call"),
}
NOTICES = {
    "question": _lazy("A colleague asks you a question"),
    "answer": _lazy("Your question was answered"),
    "mention": _lazy("A colleague mentioned you in a note"),
}


def colleague_notice(notice: str, inquiry: Inquiry, to: User, about: int) -> EmailMessage:
    """To a colleague: something in this inquiry waits for them. Names nothing but the reference."""
    question = settings.BASE_URL + reverse("question", args=[about])
    link = question if notice == "question" else staff_link(inquiry)
    about_it, subject = f".{notice}.{about}.{to.pk}", NOTICES[notice]
    return _compose("colleague_notice", inquiry, to=to.email, subject=subject, link=link, about=about_it)


def staff_link(inquiry: Inquiry) -> str:
    return settings.BASE_URL + reverse("inquiry:inspect", args=[inquiry.pk])


def escalation(inquiry: Inquiry, to: str) -> EmailMessage:
    """To a colleague: nobody has opened this inquiry yet."""
    subject = _("URGENT and not opened yet") if inquiry.urgent else _("Not opened yet")
    added = f".{inquiry.unread_since:%Y%m%d%H%M%S}" if inquiry.unread_since else ""
    about = f".{inquiry.escalated}{added}.{to}"
    return _to_desk(inquiry, subject, to=to, about=about)


def reply_notice(reply: Reply) -> EmailMessage:
    """To the patient: there's an answer behind a link. The email holds it only with the patient's consent."""
    subject = _("We've answered your message")
    name = "reply_plain" if reply.is_plain else "reply_notice"
    how = {"to": reply.inquiry.email, "link": reply.link, "about": f".{reply.pk}"}
    facts = {"expires_at": reply.expires_at, "texts_code": reply.offers_texted_code}
    reply_text = reply.event.text if reply.is_plain else ""
    message = _compose(name, reply.inquiry, subject=subject, reply_text=reply_text, **how, **facts)
    # A provider's events name it: inquiries.public.delivery_events.
    message.metadata = {"reply": str(reply.uuid)}
    return message


def spam_digest(number: int, at: int, to: str = "") -> EmailMessage:
    """To the front desk, once a day: some messages look like spam, and somebody has to check them.

    Or `to` a manager: nobody has opened them for two working days.
    """
    links = [settings.BASE_URL + reverse("inquiry:view", args=[tab]) for tab in ["probably-spam", "spam"]]
    subject = ngettext(
        "%(number)s message looks like spam: please check it",
        "%(number)s messages look like spam: please check them",
        number,
    )
    if to:
        subject = ngettext(
            "%(number)s message in spam: nobody has opened it",
            "%(number)s messages in spam: nobody has opened them",
            number,
        )
    message_id = f"spam-digest.{at}.{to}" if to else f"spam-digest.{at}"
    facts = {"links": links, "number": number, "is_late": bool(to)}
    return _email("spam_digest", message_id, to, subject % {"number": number}, **facts)


def weekly_figures(user: User, period: Period) -> EmailMessage:
    """To a manager: numbers, and nothing else."""
    facts = {"period": period, "rows": Report(user, period).headlines()}
    link = settings.BASE_URL + reverse("inquiry_figures")
    name = f"figures.{user.pk}.{period.last}"
    return _email("weekly_figures", name, user.email, _("Your inquiries last week"), link=link, **facts)


def refusals() -> EmailMessage:
    """To the front desk, at most once an hour: more messages come in than the site takes."""
    at = f"refusals.{timezone.now():%Y%m%d%H}"
    most = settings.MOST_INQUIRIES_AN_HOUR
    return _email("refusals", at, "", _("URGENT: the site is refusing messages"), number=most)


def _email(template: str, name: str, to: str, subject: str, **context: Any) -> EmailMessage:
    """To `to`, or else the front desk. `name` makes the Message-ID, so that one sent twice shows once."""
    clinic = ClinicSettings.current()
    return EmailMessage(
        subject=subject,
        body=render_to_string(f"inquiries/emails/{template}.txt", {"clinic": clinic, **context}),
        to=[to or clinic.front_desk_email],
        headers={"Message-ID": f"<{name.replace('@', '=')}@{_domain()}>", "Auto-Submitted": "auto-generated"},
    )


def _domain():
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]


def _to_desk(inquiry: Inquiry, subject: Any, *, to: str = "", **how: Any) -> EmailMessage:
    return _compose("front_desk_notice", inquiry, to=to, subject=subject, link=staff_link(inquiry), **how)


def _compose(name, inquiry, *, to, subject, link, about="", template="", **extra):
    """An email about an inquiry, with the reference in its subject."""
    context = {
        "link": link,
        "reference": inquiry.reference,
        "due_at": inquiry.due_at,
        "now": timezone.now(),  # it may have waited for a mail server, or been held back as likely spam
        "urgent": inquiry.needs_urgent_call,
        "has_phone": bool(inquiry.phone),
        "is_advised": bool(inquiry.advice),
        **extra,
        "open_hours": [line for line in ClinicSettings.current().weekly_hours if line[1] != _("Closed")],
    }
    message_name = f"{name}.{inquiry.reference}{about}"
    return _email(template or name, message_name, to, f"{subject} ({inquiry.reference})", **context)

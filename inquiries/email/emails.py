"""Emails about inquiries. They contain the reference and a link, and nothing that the patient wrote."""

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
    """Return the patient's confirmation that we have their message, with a link to what happens next."""
    link = settings.BASE_URL + inquiry.get_absolute_url()
    subject = _("We have your message. Please don't reply to this email")
    has_code = inquiry.source == Source.FORM  # only the form's confirmation page shows the code
    email = _compose("receipt", inquiry, to=inquiry.email, subject=subject, link=link, has_code=has_code)
    email.reply_to = list(filter(None, [ClinicSettings.current().reply_to_email]))
    email.metadata = {"receipt": str(inquiry.uuid)}  # see reply_notice
    return email


def front_desk_notice(inquiry):
    """Return the front desk's notice of a new inquiry."""
    subject = _("URGENT: a new inquiry") if inquiry.urgent else _("A new inquiry")
    return _to_desk(inquiry, subject)


def patient_update_notice(inquiry: Inquiry) -> EmailMessage:
    """Return the front desk's notice that the patient wrote back or no longer needs an answer."""
    event = inquiry.events.filter(kind__in=PATIENT_UPDATES).latest("pk")
    subject, sentence = PATIENT_UPDATES[EventKind(event.kind)]
    if inquiry.needs_urgent_call:
        subject = URGENT_SUBJECTS[EventKind(event.kind)]
    name = inquiry.assignee_name
    whose = _("assigned to %(name)s") % {"name": name} if name else _("unassigned")
    update = sentence % {"reference": inquiry.reference, "whose": whose}
    return _to_desk(inquiry, subject, id_suffix=f".{event.pk}", update=update)


def appointment(inquiry: Inquiry) -> EmailMessage:
    """Return the patient's email with date, time and place, and a calendar file, but not the reason."""
    return _appointment("appointment", inquiry, _("Your appointment"))


def reminder(inquiry: Inquiry) -> EmailMessage:
    return _appointment("reminder", inquiry, _("A reminder of your appointment"))


def _appointment(name: str, inquiry: Inquiry, subject: str) -> EmailMessage:
    facts = {"appointment_at": inquiry.appointment_at, "place": inquiry.appointment_place, "link": ""}
    suffix = f".{inquiry.appointment_at:%Y%m%d%H%M}"
    email = _compose(
        name, inquiry, to=inquiry.email, subject=subject, id_suffix=suffix, template="appointment", **facts
    )
    email.attach("appointment.ics", calendar_file(inquiry), "text/calendar")
    email.metadata = {"appointment": str(inquiry.uuid)}  # see reply_notice
    return email


def undelivered_appointment_notice(inquiry: Inquiry) -> EmailMessage:
    """Return the front desk's notice that an appointment email failed. The queue hides closed inquiries."""
    subject = _("Call the patient: an appointment email wasn't delivered")
    update = _("The appointment email of %(reference)s couldn't be delivered.") % {
        "reference": inquiry.reference
    }
    suffix = f".undelivered.{inquiry.appointment_at:%Y%m%d%H%M}" if inquiry.appointment_at else ".undelivered"
    return _to_desk(inquiry, subject, id_suffix=suffix, update=update, due_at=None)


def calendar_file(inquiry: Inquiry) -> str:
    event = icalendar.Event()
    event.add("uid", f"appointment.{inquiry.reference}@{_domain()}")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", inquiry.appointment_at)
    event.add("summary", _("Appointment: %(clinic)s") % {"clinic": ClinicSettings.current().name})
    event.add("location", inquiry.appointment_place)
    description = _("To change or cancel, call %(phone)s.")
    event.add("description", description % {"phone": ClinicSettings.current().phone_display})
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//clinic//appointments//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar.to_ical().decode()


PATIENT_UPDATES = {  # subject, and sentence
    EventKind.WROTE: (
        _lazy("The patient wrote back"),
        _lazy("The patient added a message to %(reference)s (%(whose)s)."),
    ),
    EventKind.WITHDRAWN: (
        _lazy("The patient doesn't need an answer anymore"),
        _lazy("The patient doesn't need an answer to %(reference)s anymore (%(whose)s)."),
    ),
}
URGENT_SUBJECTS = {
    EventKind.WROTE: _lazy("URGENT: the patient wrote back"),
    EventKind.WITHDRAWN: _lazy("URGENT: the patient needs no answer, but may need a call"),
}
COLLEAGUE_SUBJECTS = {
    "question": _lazy("A colleague asks you a question"),
    "answer": _lazy("Your question was answered"),
    "mention": _lazy("A colleague mentioned you in a note"),
}


def colleague_notice(notice: str, inquiry: Inquiry, to: User, about: int) -> EmailMessage:
    """Return a notice to a colleague of a question, an answer or a mention; `about` is its key."""
    question_link = settings.BASE_URL + reverse("question", args=[about])
    link = question_link if notice == "question" else staff_link(inquiry)
    suffix, subject = f".{notice}.{about}.{to.pk}", COLLEAGUE_SUBJECTS[notice]
    return _compose("colleague_notice", inquiry, to=to.email, subject=subject, link=link, id_suffix=suffix)


def staff_link(inquiry: Inquiry) -> str:
    return settings.BASE_URL + reverse("inquiry:inspect", args=[inquiry.pk])


def escalation_notice(inquiry: Inquiry, to: str) -> EmailMessage:
    """Return the notice to `to` that no one has opened this inquiry yet."""
    subject = _("URGENT and not opened yet") if inquiry.urgent else _("Not opened yet")
    added = f".{inquiry.unread_since:%Y%m%d%H%M%S}" if inquiry.unread_since else ""
    return _to_desk(inquiry, subject, to=to, id_suffix=f".{inquiry.escalated}{added}.{to}")


def reply_notice(reply: Reply) -> EmailMessage:
    """Return the patient's notice of a reply: a link to it, or, with the patient's consent, its text."""
    name, text = ("reply_plain", reply.event.text) if reply.is_plain else ("reply_notice", "")
    facts = {"link": reply.link, "expires_at": reply.expires_at, "texts_code": reply.offers_texted_code}
    subject, suffix = _("We've answered your message"), f".{reply.pk}"
    to = reply.inquiry.email
    email = _compose(name, reply.inquiry, to=to, subject=subject, id_suffix=suffix, reply_text=text, **facts)
    # The provider's webhooks send it back: see inquiries.public.delivery_events.
    email.metadata = {"reply": str(reply.uuid)}
    return email


def spam_digest(number: int, at: int, to: str = "") -> EmailMessage:
    """Return the front desk's daily reminder to check probable spam.

    With `to`, it's to a manager instead, about spam that no one has opened for two working days.
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
    """Return a manager's weekly numbers."""
    facts = {"period": period, "rows": Report(user, period).headlines()}
    link = settings.BASE_URL + reverse("inquiry_figures")
    message_id = f"figures.{user.pk}.{period.last}"
    return _email("weekly_figures", message_id, user.email, _("Your inquiries last week"), link=link, **facts)


def refusals_notice() -> EmailMessage:
    """Return the front desk's alert that the site is over its hourly limit of messages."""
    message_id = f"refusals.{timezone.now():%Y%m%d%H}"
    limit = settings.MOST_INQUIRIES_AN_HOUR
    return _email("refusals", message_id, "", _("URGENT: the site is refusing messages"), number=limit)


def _email(template: str, message_id: str, to: str, subject: str, **context: Any) -> EmailMessage:
    """Return an email to `to`, or to the front desk if empty. Mail clients merge equal Message-IDs."""
    clinic = ClinicSettings.current()
    message_id = f"<{message_id.replace('@', '=')}@{_domain()}>"
    return EmailMessage(
        subject=subject,
        body=render_to_string(f"inquiries/emails/{template}.txt", {"clinic": clinic, **context}),
        to=[to or clinic.front_desk_email],
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
    )


def _domain():
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]


def _to_desk(inquiry: Inquiry, subject: Any, *, to: str = "", **options: Any) -> EmailMessage:
    return _compose("front_desk_notice", inquiry, to=to, subject=subject, link=staff_link(inquiry), **options)


def _compose(name, inquiry, *, to, subject, link, id_suffix="", template="", **extra):
    """Return an email about an inquiry, with the reference in its subject."""
    context = {
        "link": link,
        "reference": inquiry.reference,
        "due_at": inquiry.due_at,
        "now": timezone.now(),  # the email may have been delayed, or held back as likely spam
        "urgent": inquiry.needs_urgent_call,
        "has_phone": bool(inquiry.phone),
        "is_advised": bool(inquiry.advice),
        **extra,
        "open_hours": [line for line in ClinicSettings.current().weekly_hours if line[1] != _("Closed")],
    }
    message_id = f"{name}.{inquiry.reference}{id_suffix}"
    return _email(template or name, message_id, to, f"{subject} ({inquiry.reference})", **context)

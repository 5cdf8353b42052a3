"""Actions that contact the patient or a clinician, and notes."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _, ngettext_lazy

from clinic.models import ClinicSettings
from inquiries.choices import OPEN, Call, Status
from inquiries.desk.actions.action import Action, BulkOptions
from inquiries.desk.forms import NoteField, SeenField, StaffField
from inquiries.email import queue
from inquiries.lookup import reading_codes
from inquiries.models import Inquiry
from inquiries.permissions import clinicians


def issue_code(inquiry: Inquiry, **kwargs: Any) -> None:
    inquiry.new_code = inquiry.issue_reading_code(**kwargs)


def new_code_message(inquiry: Inquiry) -> str:
    code = gettext("The new reading code is %(code)s. It isn't shown again.")
    if inquiry.phone:
        tip = gettext("Call the phone number on file, and read it out.")
    else:
        tip = gettext("There's no phone number on file: tell it only to someone you're sure is the patient.")
    return f"{code % {'code': reading_codes.formatted(inquiry.new_code)}} {tip}"


def asked_message(inquiry: Inquiry) -> str:
    question = inquiry.questions.latest("pk")
    return gettext(
        "Sent. %(name)s gets an email with a link. Their access ends three days after the answer."
    ) % {"name": question.clinician_name}


CONVERSATION = [
    Action(
        "call",
        section="",
        label=_("Log a call"),
        perform=Inquiry.log_call,
        success_message=_("Call logged."),
        fields={
            "result": forms.ChoiceField(
                choices=Call, error_messages={"required": _("Choose how the call went.")}
            ),
            "text": NoteField(label=_("What was said (optional)"), required=False, rows=3),
        },
    ),
    Action(
        "no_call",
        section="",
        label=_("No call needed"),
        perform=Inquiry.no_call,
        success_message=_("Noted why no call is needed."),
        fields={"text": NoteField(label=_("Why no call is needed"), rows=3)},
    ),
    Action(
        "reply",
        label=_("Reply to the patient"),
        perform=queue.reply,
        success_message=_("Reply sent. The patient reads it with their reading code."),
        fields={
            "answer": NoteField(
                label=_("Your reply"),
                rows=6,
                help_text=_("The patient will read this. The email or text only says there's an answer."),
                error_messages={"required": _("Write the reply first.")},
            ),
            "link_days": forms.IntegerField(
                label=_("The link works for (days)"), initial=7, min_value=1, max_value=28
            ),
            "plain_email": forms.BooleanField(
                label=_("Send as plain email, as the patient asked"), required=False
            ),
        },
        section="reply",
        confirmation_check=lambda inquiry, answers: inquiry.check_reply(
            answers["answer"], answers["link_days"], answers["plain_email"]
        ),
        is_offered=lambda inquiry: (
            bool(inquiry.email or inquiry.gets_texts) and inquiry.status != Status.SPAM
        ),
    ),
    Action(
        "ask",
        label=_("Ask a clinician"),
        perform=queue.ask,
        success_message=asked_message,
        fields={
            "clinician": StaffField(
                clinicians(),
                empty_label=_("Choose …"),
                label=_("Who"),
                help_text=_("Someone missing? A manager can give them the role “Clinicians”."),
                error_messages={"required": _("Choose whom to ask.")},
            ),
            "question": NoteField(
                label=_("Question"),
                rows=3,
                help_text=_("They see this question, who wrote, and the patient's words. Nothing else."),
                error_messages={"required": _("Write the question first.")},
            ),
        },
        is_offered=lambda inquiry: inquiry.status in OPEN,
    ),
    Action(
        "withdraw_question",
        section="",
        label=_("Withdraw the question"),
        perform=Inquiry.withdraw_question,
        success_message=_("Withdrawn. They can't read this inquiry anymore."),
        fields={"asked": SeenField()},
    ),
    Action(
        "code",
        label=_("Give a new reading code"),
        perform=issue_code,
        success_message=new_code_message,
        is_offered=lambda inquiry: inquiry.status != Status.SPAM,
    ),
    Action(
        "consent",
        label=_("Patient wants plain email and knows the risk"),
        perform=Inquiry.agree_to_plain_email,
        success_message=_("Noted. You can now reply by plain email."),
        is_offered=lambda inquiry: (
            not inquiry.plain_email_agreed_at and ClinicSettings.recent().allow_plain_email
        ),
    ),
    Action(
        "note",
        section="",
        label=_("Add note"),
        perform=Inquiry.add_note,
        success_message=_("Note added. Only staff can read it."),
        fields={
            "text": NoteField(
                label=_("Note"), rows=3, error_messages={"required": _("Write the note first.")}
            )
        },
        bulk=BulkOptions(
            _("What note do you want to add to these inquiries?"),
            _("Add a note to the selected inquiries"),
            ngettext_lazy("Note added to %(number)s inquiry", "Note added to %(number)s inquiries", "number"),
        ),
    ),
    Action(
        "retract",
        section="",
        label=_("Entered in error"),
        perform=Inquiry.retract,
        success_message=_("Marked as entered in error. The original stays on the timeline."),
        fields={"event": SeenField()},
    ),
]

"""Actions that correct or label an inquiry: contact, spam, urgency, duplicates, legal hold."""

from functools import partial
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy as _, ngettext_lazy

from inquiries.choices import OPEN, Status
from inquiries.desk.actions.action import Action, BulkOptions, can_become, move_to
from inquiries.desk.forms import InquiryField, NoteField, PhoneField
from inquiries.models import Inquiry
from inquiries.public.form.fields import RepairingEmailField, VerbatimCharField


def link(inquiry: Inquiry, original: Inquiry | None = None, **kwargs: Any) -> None:
    """Link the inquiry to `original`, or in bulk to the original among the selected ones."""
    if original:
        inquiry.link(original, **kwargs)
    else:
        inquiry.link_many(**kwargs)


def linked_message(inquiry: Inquiry) -> str:
    if inquiry.duplicate_of_id:
        return gettext("Linked as a duplicate of %(reference)s.") % {"reference": inquiry.duplicate_of}
    return gettext("Linked: this one stays the original.")


def was_closed_unflagged(inquiry: Inquiry) -> bool:
    """Return True if the inquiry was closed without a flag, so staff weren't asked if it was urgent."""
    return inquiry.status == Status.CLOSED and not inquiry.was_flagged


def was_flagged_after_closing(inquiry: Inquiry) -> bool:
    """Return True if the inquiry was flagged but closed before staff were asked if it was urgent."""
    return inquiry.status == Status.CLOSED and inquiry.was_flagged and inquiry.was_urgent is None


def spam_message(inquiry: Inquiry) -> str:
    """Return the message with an Undo button, which submits the page's own form with its tokens."""
    undo = reverse("inquiry:not_spam", args=[inquiry.pk])
    button = (
        '<button class="button button-small" type="submit" form="inquiry-form" formaction="{}">{}</button>'
    )
    return format_html("{} " + button, gettext("Marked as spam."), undo, gettext("Undo"))


LABELS = [
    Action(
        "correct",
        label=_("Correct name, phone or email"),
        perform=Inquiry.correct_contact,
        success_message=_("Corrected. What the patient sent stays on record."),
        fields={
            "name": VerbatimCharField(
                label=_("Name"), length_limit=200, error_messages={"required": _("Enter the name.")}
            ),
            "phone": PhoneField(
                label=_("Phone"),
                required=False,
                max_length=100,
                help_text=_("For a new number, ask again about voicemail and texts, and check what's OK."),
            ),
            "voicemail_ok": forms.BooleanField(label=_("New number: OK to leave voicemail"), required=False),
            "texts_ok": forms.BooleanField(
                label=_("New number: OK to text when there's an answer"), required=False
            ),
            "email": RepairingEmailField(label=_("Email"), required=False, max_length=254),
        },
    ),
    Action(
        "allow",
        label=_("Change what the patient allows"),
        perform=Inquiry.change_consents,
        success_message=_("Noted what the patient allows."),
        fields={
            "allow_voicemail": forms.BooleanField(label=_("OK to leave voicemail"), required=False),
            "allow_texts": forms.BooleanField(label=_("OK to text when there's an answer"), required=False),
            "allow_plain_email": forms.BooleanField(label=_("Plain email, knowing the risk"), required=False),
        },
        is_offered=lambda inquiry: bool(inquiry.phone or inquiry.plain_email_agreed_at),
    ),
    Action(
        "spam",
        label=_("Mark as spam"),
        perform=move_to(Status.SPAM),
        success_message=spam_message,
        is_offered=can_become(Status.SPAM),
        bulk=BulkOptions(
            _("Mark these inquiries as spam? Read them first."),
            _("Mark the selected inquiries as spam"),
            ngettext_lazy(
                "%(number)s inquiry marked as spam", "%(number)s inquiries marked as spam", "number"
            ),
            label=_("Spam"),
            shows_messages=True,
        ),
    ),
    Action(
        "not_spam",
        label=_("Not spam"),
        perform=Inquiry.not_spam,
        success_message=_("Back in the queue. Emails that were held back are being sent."),
        section="next",
        is_offered=lambda inquiry: inquiry.probably_spam or inquiry.status == Status.SPAM,
        bulk=BulkOptions(
            _("Put these inquiries back in the queue? Emails that were held back are sent."),
            _("Put the selected inquiries back in the queue"),
            ngettext_lazy(
                "%(number)s inquiry back in the queue", "%(number)s inquiries back in the queue", "number"
            ),
        ),
    ),
    Action(
        "urgent",
        label=_("Mark as urgent"),
        perform=partial(Inquiry.set_urgent, urgent=True),
        success_message=_("Marked as urgent."),
        is_offered=lambda inquiry: inquiry.status in OPEN and not inquiry.urgent,
    ),
    Action(
        "not_urgent",
        label=_("Remove the urgent flag"),
        perform=partial(Inquiry.set_urgent, urgent=False),
        success_message=_("Urgent flag removed."),
        is_offered=lambda inquiry: inquiry.status in OPEN and inquiry.urgent,
    ),
    Action(
        "was_urgent",
        label=_("It was urgent"),
        perform=partial(Inquiry.label_urgency, was_urgent=True),
        success_message=_("Noted: it was urgent."),
        is_offered=lambda inquiry: was_closed_unflagged(inquiry) and not inquiry.was_urgent,
    ),
    Action(
        "was_not_urgent",
        label=_("It wasn't urgent"),
        perform=partial(Inquiry.label_urgency, was_urgent=False),
        success_message=_("Noted: it wasn't urgent."),
        is_offered=was_flagged_after_closing,
    ),
    Action(
        "link",
        label=_("Link as a duplicate"),
        perform=link,
        success_message=linked_message,
        single_fields={
            "original": InquiryField(
                label=_("Reference of the other inquiry"),
                error_messages={"required": _("Enter the reference of the other inquiry.")},
            )
        },
        is_offered=lambda inquiry: not inquiry.duplicate_of_id,
        bulk=BulkOptions(
            _(
                "Are these from the same person, about the same thing?"
                " The one that someone is working on stays the original; otherwise the oldest does."
            ),
            _("Link the selected inquiries as duplicates"),
            ngettext_lazy("%(number)s inquiry linked", "%(number)s inquiries linked", "number"),
            label=_("Link duplicates"),
        ),
    ),
    Action(
        "unlink",
        label=_("Not a duplicate"),
        perform=Inquiry.unlink,
        success_message=_("No longer linked."),
        is_offered=lambda inquiry: bool(inquiry.duplicate_of_id),
    ),
    Action(
        "hold",
        label=_("Put on legal hold"),
        perform=Inquiry.hold,
        success_message=_("On legal hold. It can't be erased."),
        fields={"reason": NoteField(label=_("Why (optional)"), required=False, rows=2)},
        permission="hold",
        is_offered=lambda inquiry: not inquiry.on_hold,
    ),
    Action(
        "release",
        label=_("Lift the legal hold"),
        perform=Inquiry.release,
        success_message=_("Legal hold lifted."),
        fields={"reason": NoteField(label=_("Why (optional)"), required=False, rows=2)},
        permission="hold",
        is_offered=lambda inquiry: inquiry.on_hold,
    ),
]

import re
from functools import lru_cache
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from clinic.text import phones
from inquiries.choices import Asker, BestTime, PreferredContact, Visit
from inquiries.models import ANSWERS, Inquiry
from inquiries.models.rate_limit import Origin
from inquiries.public.form.email_typos import suggested_address
from inquiries.public.form.fields import (
    LabeledChoiceField,
    NumberOrNoneField,
    RepairingEmailField,
    TopicField,
    TopicSelect,
    VerbatimCharField,
    hint_for,
    is_npi,
    numbered,
)
from inquiries.public.form.layout import DETAIL_FIELDS, FOLDED_FIELDS, helper_for
from inquiries.public.form.offer import DEFAULT_OFFER, Offer

MESSAGE_LENGTH = 5000  # about two pages
DETAIL_LENGTH = 200
NAME_LENGTH = Inquiry._meta.get_field("name").max_length


# Remarks next to a phone number.
NO_VOICEMAIL = re.compile(
    r"\b(?:no|not|don.?t|never|without|sin)\b.{0,30}\b(?:message|msg|voice ?mail|vm|mensajes?|recados?)\b",
    re.IGNORECASE,
)
NO_TEXT = re.compile(r"\b(?:no|not|don.?t|never|sin)\b.{0,30}\b(?:text\w{0,3}|sms)\b", re.IGNORECASE)


class InquiryForm(forms.Form):
    asker = LabeledChoiceField(
        label=_("Who is asking?"),
        choices=Asker,
        initial=Asker.PATIENT,
        required=False,
        widget=forms.RadioSelect,
    )
    patient_name = VerbatimCharField(label=_("Patient's name"), length_limit=NAME_LENGTH, required=False)
    topic = TopicField(label=_("What is it about?"), required=False)
    extra = VerbatimCharField(label=_("One more question"), length_limit=DETAIL_LENGTH, required=False)
    times = VerbatimCharField(
        label=_("What days and times work for you?"),
        length_limit=DETAIL_LENGTH,
        required=False,
        help_text=_("For example: Monday or Thursday mornings."),
    )
    visit = LabeledChoiceField(
        label=_("Have you been a patient here before?"), choices=[("", "–"), *Visit.choices], required=False
    )
    insurance = VerbatimCharField(label=_("Your insurance"), length_limit=DETAIL_LENGTH, required=False)
    location = NumberOrNoneField(label=_("Which office?"), required=False, widget=forms.Select)
    message = VerbatimCharField(
        label=_("Your question or message"),
        length_limit=MESSAGE_LENGTH,
        help_text=hint_for(
            patient=_(
                "Use your own words. If it's about pain, tell us where, for how long, and what you've tried."
            ),
            caregiver=_(
                "Use your own words. If it's about pain, tell us where, for how long, and what was tried."
            ),
            clinician=_("Tell us why you're referring the patient, and what has been tried."),
            everybody=_("Leave out Social Security, insurance, and card numbers."),
        ),
        error_messages={"required": _("Write your question or message.")},
        widget=forms.Textarea(attrs={"rows": 8, "data-max-length": MESSAGE_LENGTH}),
    )
    name = VerbatimCharField(
        label=_("Your name"),
        length_limit=NAME_LENGTH,
        error_messages={"required": _("Enter your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    practice = VerbatimCharField(
        label=_("Your practice"),
        length_limit=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    npi = VerbatimCharField(
        label=_("Your NPI"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    phone = VerbatimCharField(
        label=_("Phone number"),
        length_limit=NAME_LENGTH,
        help_text=hint_for(
            patient=_("We need a phone number or an email address, or both."),
            caregiver=_("Your own. We need a phone number or an email address, or both."),
            clinician=_("The best number to reach you. We need a phone number or an email address."),
        ),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    email = RepairingEmailField(
        label=_("Email address"),
        required=False,
        max_length=254,
        error_messages={
            "invalid": _("Enter an email address like name@example.com."),
            "max_length": _("Enter a shorter email address."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    preferred_contact = LabeledChoiceField(
        label=_("How should we get back to you?"),
        choices=PreferredContact,
        initial=PreferredContact.EITHER,
        required=False,
        widget=forms.RadioSelect,
    )
    best_time = LabeledChoiceField(
        label=_("When is a good time to call you?"), choices=BestTime, required=False
    )
    voicemail_ok = forms.BooleanField(label=_("You may leave a message on my voicemail"), required=False)
    texts_ok = forms.BooleanField(
        label=_("Text me when there's an answer"),
        help_text=_("One short text with a link, and no health details. Rates may apply. Reply STOP to end."),
        required=False,
    )
    # The address whose spelling clean_email has already questioned.
    asked_about = forms.Field(required=False, widget=forms.HiddenInput)
    url = forms.Field(required=False)  # honeypot: any value marks the sender as a bot
    page = NumberOrNoneField(required=False)
    page_revision = NumberOrNoneField(required=False)

    # Marked "(optional)". Phone and email aren't, because one of them is required.
    optional_fields = ["patient_name", "practice", "npi", "best_time", "location", *DETAIL_FIELDS]
    # CSS shows them depending on who is asking and on the topic.
    conditional_fields = ["patient_name", "practice", "npi", *DETAIL_FIELDS]

    def __init__(self, *args, offer: Offer = DEFAULT_OFFER, topic: str = "condition", **kwargs):
        super().__init__(*args, **kwargs)
        # Widgets show only current choices; fields also accept older ones, so that an old form can be sent.
        if offer.call_times:
            self.fields["best_time"].widget.choices = offer.call_times
        topics: Any = self.fields["topic"]
        topics.choices = [topic[:2] for topic in [*offer.topics, *offer.retired]]
        sent = [topic for topic in offer.retired if topic.code == self.data.get("topic")]
        topics.widget.choices = [topic[:2] for topic in [*offer.topics, *sent]]
        topics.initial = offer.first_topic(topic)
        self._set_up_detail_fields(offer)
        self.offices = dict(offer.locations)
        if self.offices:
            self.fields["location"].widget.choices = [("", _("Any office")), *offer.locations]
        else:
            del self.fields["location"]
        if not offer.texts:
            del self.fields["texts_ok"]

    def _set_up_detail_fields(self, offer: Offer) -> None:
        """Remove the fields that no topic asks for, unless filled in before a manager removed them."""
        questions = [topic.question for topic in offer.topics if topic.question]
        asks = {topic.code: " ".join(topic.asks) for topic in offer.topics}
        for number, topic in enumerate((topic for topic in offer.topics if topic.question), 1):
            asks[topic.code] += f" q{number}"
        cast(TopicSelect, self.fields["topic"].widget).asks = asks
        self.fields["extra"].help_text = numbered(questions)
        asked = {name for topic in offer.topics for name in topic.asks}
        for name in DETAIL_FIELDS:
            if name not in asked and not self.data.get(name):
                del self.fields[name]
        self.questions = {topic.code: topic.question for topic in offer.topics}

    @cached_property
    def helper(self) -> FormHelper:
        return helper_for(self.fields)

    def opens_fold(self) -> bool:
        """Return whether a folded field was filled in or has an error."""
        return self.is_bound and not {*self.changed_data, *self.errors}.isdisjoint(FOLDED_FIELDS)

    def clean_npi(self):
        """Return a clinician's NPI; "" for others."""
        npi = "".join(self.cleaned_data["npi"].split())
        if self.cleaned_data.get("asker") != Asker.CLINICIAN:
            return ""
        if npi and not is_npi(npi):
            raise ValidationError(_("Check the NPI: it has 10 digits. You can also leave it out."))
        return npi

    def clean_phone(self):
        """Return the number, and store a remark that was typed next to it as `phone_note`."""
        text = self.cleaned_data["phone"]
        if not text:
            return phones.Phone("", "")
        phone, self.cleaned_data["phone_note"] = phones.clean(text, phones.parse_with_note)
        return phone

    def clean_voicemail_ok(self):
        """Return the consent, unless a remark next to the number says "leave no message"."""
        return self.cleaned_data["voicemail_ok"] and not NO_VOICEMAIL.search(self.phone_note)

    def clean_texts_ok(self):
        """Return the consent, unless a remark next to the number says "don't text"."""
        return self.cleaned_data["texts_ok"] and not NO_TEXT.search(self.phone_note)

    @property
    def phone_note(self) -> str:
        return self.cleaned_data.get("phone_note", "")

    def clean_email(self):
        """Reject an address that looks mistyped once, and remember it in `asked_about`."""
        email = self.cleaned_data["email"]
        suggestion = suggested_address(email)
        # The front desk's form, which lacks `asked_about`, accepts any address.
        if suggestion and self.data.get("asked_about") not in {None, email}:
            self.data = self.data.copy()
            self.data["asked_about"] = email
            raise ValidationError(
                _("Did you mean %(meant)s? If what you typed is right, press Send again."),
                params={"meant": suggestion},
            )
        return email

    def clean(self):
        answers = super().clean()
        for name in ["topic", "asker", "preferred_contact"]:
            # Use the initial choice if the browser left the field out.
            answers[name] = answers.get(name) or self.fields[name].initial
        if not {"email", "phone"} & set(self.errors):
            self.check_reachable(answers["email"], answers["phone"].e164, answers["preferred_contact"])
        return answers

    def check_reachable(self, email, phone, preferred):
        if not email and not phone:
            self.add_error("phone", _("Enter a phone number or an email address so that we can answer you."))
        elif preferred == PreferredContact.PHONE and not phone:
            self.add_error("phone", _("Enter the phone number we should call."))
        elif self.cleaned_data.get("texts_ok") and not phone:
            self.add_error("phone", _("Enter the mobile number we should text."))
        elif preferred == PreferredContact.EMAIL and not email:
            self.add_error("email", _("Enter the email address we should write to."))

    def answers(self):
        """Return the patient's answers by the names of the inquiry's fields."""
        phone, extension = self.cleaned_data["phone"]
        office = self.cleaned_data.get("location")
        return {
            **{name: self.cleaned_data[name] for name in ANSWERS if name in self.cleaned_data},
            "phone": phone,
            "phone_extension": extension,
            "details": self.details(),
            "location_id": office if office in self.offices else None,
            "location_name": self.offices.get(office, ""),
        }

    def details(self) -> str:
        """Return the answers to the topic's extra questions, in the format of Inquiry.details."""
        lines = []
        for name in DETAIL_FIELDS:
            if answer := " ".join(self.cleaned_data.get(name, "").split()):
                answer = str(Visit(answer).label) if name == "visit" else answer
                question = self.questions.get(self.cleaned_data["topic"]) if name == "extra" else ""
                lines.append(f"{question or self.fields[name].label}\t{answer}")
        return "\n".join(lines)

    def save(self, *, origin: Origin) -> Inquiry:
        """Store the inquiry; raise TooManyInquiries if a limit is exceeded."""
        page, revision = find_page(self.cleaned_data["page"], self.cleaned_data["page_revision"])
        return Inquiry.objects.receive(
            **self.answers(),
            page=page,
            page_revision=revision,
            trap=bool(self.cleaned_data["url"]),
            origin=origin,
        )


@lru_cache
def render_empty_form(language: str, offer: Offer, topic: str = "condition") -> str:
    """Render the empty form, which is the slowest part of every page, once per process."""
    return mark_safe(render_crispy_form(InquiryForm(offer=offer, topic=topic)))  # noqa: S308 (our own form)


def find_page(page_id, revision_id):
    """Return the live page that the form was sent from and the revision's id, or None for unknown ones."""
    if page_id is None:
        return None, None
    page = Page.objects.live().only("title", "live_revision").filter(pk=page_id).first()
    is_known = (page and revision_id) and (
        revision_id == page.live_revision_id
        or Revision.page_revisions.filter(pk=revision_id, object_id=str(page_id)).exists()
    )
    return page, revision_id if is_known else None

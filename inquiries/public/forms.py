"""The inquiry form that patients fill in."""

from functools import lru_cache

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Fieldset, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from clinic import phones
from inquiries import jobs
from inquiries.choices import Asker, BestTime, PreferredContact, Status, Topic
from inquiries.models import ANSWERS, Inquiry, Sending
from inquiries.models.duplicates import sent_before
from inquiries.models.rate_limit import MOST_A_DAY, MOST_AN_HOUR
from inquiries.public.email_typos import likely_meant
from inquiries.public.fields import (
    AddressField,
    AsTypedField,
    ListedField,
    NumberOrNoneField,
    refuse_longer_than,
)

MESSAGE_LENGTH = 5000  # characters; two pages, more than most letters to a doctor
NAME_LENGTH = Inquiry._meta.get_field("name").max_length


# People do not see it, and browsers do not fill it in; programs that send spam fill in whatever there is.
TRAP = (
    '<p hidden><label>{% load i18n %}{% translate "Leave this empty" %}'
    ' <input name="url" tabindex="-1" autocomplete="off"></label></p>'
)


class TooMany(Exception):
    """Very many messages have come from one address, and this one is not stored."""


class InquiryForm(forms.Form):
    """What a patient is asked. `save()` stores the inquiry and queues its letters in one transaction."""

    topic = ListedField(label=_("What is it about?"), choices=Topic, initial=Topic.CONDITION, required=False)
    message = AsTypedField(
        label=_("Your question or message"),
        help_text=_(
            "Write it in your own words. It helps to say where it hurts, since when, and what you have tried."
            " Leave out your Social Security, insurance and card numbers."
        ),
        error_messages={"required": _("Write your question or message.")},
        widget=forms.Textarea(attrs={"rows": 8, "data-max-length": MESSAGE_LENGTH}),
    )
    asker = ListedField(
        label=_("Who is asking?"),
        choices=Asker,
        initial=Asker.PATIENT,
        required=False,
        widget=forms.RadioSelect,
    )
    name = AsTypedField(
        label=_("Your name"),
        error_messages={"required": _("Enter your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = AsTypedField(
        label=_("Phone number"),
        help_text=_("We need a phone number or an e-mail address, or both."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    email = AddressField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        error_messages={
            "invalid": _("Enter an e-mail address like name@example.com."),
            "max_length": _("Enter a shorter e-mail address."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    preferred_contact = ListedField(
        label=_("How should we answer you?"),
        choices=PreferredContact,
        initial=PreferredContact.EITHER,
        required=False,
        widget=forms.RadioSelect,
    )
    best_time = ListedField(label=_("When is a good time to call you?"), choices=BestTime, required=False)
    voicemail_ok = forms.BooleanField(label=_("You may leave a message on my voicemail"), required=False)
    asked_about = forms.Field(required=False, widget=forms.HiddenInput)  # see clean_email
    url = forms.Field(required=False)  # the trap; what is in it is of no interest
    page = NumberOrNoneField(required=False)
    page_revision = NumberOrNoneField(required=False)

    # Marked "(optional)". Phone and e-mail are not: one of them must be there.
    optional_fields = ["best_time"]

    @cached_property
    def helper(self):
        """How it is drawn."""
        helper = FormHelper()
        helper.form_action = reverse("inquiries:contact")
        helper.attrs = {"novalidate": True, "id": "inquiry-form"}
        # The form rides on no session: see cross_site.py.
        helper.disable_csrf = True
        helper.layout = Layout(
            Fieldset(_("Your question"), "topic", "message", "asker"),
            Fieldset(
                _("How we reach you"),
                "name",
                "phone",
                "email",
                "preferred_contact",
                "best_time",
                "voicemail_ok",
            ),
            HTML(TRAP),
            "asked_about",
            "page",
            "page_revision",
        )
        helper.add_input(Submit("", _("Send")))
        return helper

    def clean_name(self):
        name = self.cleaned_data["name"]
        refuse_longer_than(NAME_LENGTH, name, self.fields["name"].label)
        return name

    def clean_message(self):
        message = self.cleaned_data["message"]
        # Browsers send a line's end as two characters; people count one.
        refuse_longer_than(MESSAGE_LENGTH, message.replace("\r\n", "\n"), self.fields["message"].label)
        return message

    def clean_phone(self):
        text = self.cleaned_data["phone"]
        if not text:
            return phones.Phone("", "")
        try:
            return phones.parse(text)
        except ValueError:
            raise ValidationError(
                _("Enter a phone number with its area code, for example (202) 555-0143.")
            ) from None

    def clean_email(self):
        """Ask once about an address that looks mistyped; the form goes back with what it was asked about."""
        email = self.cleaned_data["email"]
        meant = likely_meant(email)
        # A form that cannot carry the field, as the front desk's, could never be sent again.
        if meant and self.data.get("asked_about") not in {None, email}:
            self.data = self.data.copy()
            self.data["asked_about"] = email
            raise ValidationError(
                _("Is your e-mail address %(meant)s? If the one you typed is right, send again."),
                params={"meant": meant},
            )
        return email

    def clean(self):
        answers = super().clean()
        for name in ["topic", "asker", "preferred_contact"]:
            # A choice is made from the start; it also stands where a browser leaves the field out.
            answers[name] = answers.get(name) or self.fields[name].initial
        if not {"email", "phone"} & set(self.errors):
            self.check_reachable(answers["email"], answers["phone"].e164, answers["preferred_contact"])
        return answers

    def check_reachable(self, email, phone, preferred):
        if not email and not phone:
            self.add_error(
                "phone", _("Enter a phone number or an e-mail address, so that we can answer you.")
            )
        elif preferred == PreferredContact.PHONE and not phone:
            self.add_error("phone", _("Enter the phone number that we should call."))
        elif preferred == PreferredContact.EMAIL and not email:
            self.add_error("email", _("Enter the e-mail address that we should write to."))

    def answers(self):
        """What the patient gave, by the names of the inquiry's fields."""
        phone, extension = self.cleaned_data["phone"]
        own = {name: self.cleaned_data[name] for name in ANSWERS if name in self.cleaned_data}
        return {**own, "phone": phone, "phone_extension": extension}

    def same_message(self):
        """The inquiry that these very answers are stored as already, or None."""
        before = sent_before(Inquiry.fingerprint_of(self.answers()))
        return Inquiry.objects.filter(pk=before.pk).first()

    def save(self, *, sent_from):
        """Store it; TooMany where very many came from the same address, and this one not before."""
        return self.store(lambda: self.receive_from(sent_from))

    def store(self, how):
        """`how()`, again where it met another row, unless that is the same message: then that one."""
        try:
            return how()
        except IntegrityError:
            # Another connection stored the same message a moment ago, and has committed it; or the reference
            # is taken: there are 4 * 10**10, so at a million inquiries it happens to one sender in 38,000.
            return self.same_message() or how()

    @transaction.atomic
    def receive_from(self, address):
        this_hour, today = Sending.objects.note(address)
        if (this_hour > MOST_AN_HOUR or today > MOST_A_DAY) and not self.same_message():
            raise TooMany
        return self.receive(this_hour)

    def receive(self, sent_this_hour):
        page, revision = what_was_read(self.cleaned_data["page"], self.cleaned_data["page_revision"])
        signs = {"trap": bool(self.cleaned_data["url"]), "sent_this_hour": sent_this_hour}
        inquiry, is_new = Inquiry.objects.receive(
            page=page, page_revision=revision, **signs, **self.answers()
        )
        if is_new and inquiry.status != Status.SPAM:  # a forged address must not get our letters
            jobs.queue_letters(inquiry)
        return inquiry


@lru_cache
def empty_form(language, topic=Topic.CONDITION):
    """Drawn once a process, for it takes most of the time of a page with a form, and is the same on all."""
    return mark_safe(render_crispy_form(InquiryForm(initial={"topic": topic})))  # noqa: S308 (our own form)


def what_was_read(page_id, revision_id):
    """The published page that the form stood on, and the revision of it; None for what is not known."""
    if page_id is None:
        return None, None
    page = Page.objects.live().only("title", "live_revision").filter(pk=page_id).first()
    is_known = (page and revision_id) and (
        revision_id == page.live_revision_id
        or Revision.page_revisions.filter(pk=revision_id, object_id=str(page_id)).exists()
    )
    return page, revision_id if is_known else None

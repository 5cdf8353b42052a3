"""Corrections of name, phone or email. What the patient sent stays on record, encrypted."""

import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from clinic.security.encryption import EncryptedTextField, UnreadableText
from inquiries.desk.actions import ACTIONS
from inquiries.email import emails
from inquiries.models import Inquiry
from inquiries.models.workflow.contact import SEALED_WITH_CONTACT
from inquiries.privacy.data_subject import Contact
from tests.inquiries.desk.helpers import act, overwrite, page_html, receive, reply_is_open, search, seen

CORRECTION = {"name": "Anna Lovelace", "phone": "(202) 555-0199 ext. 7", "email": "anna@patient.example"}


@pytest.fixture
def corrected(desk, inquiry):
    assert act(desk, "correct", inquiry, **CORRECTION).status_code == 302
    return Inquiry.objects.get(pk=inquiry.pk)


def test_the_original_contact_is_shown_next_to_the_correction(desk, corrected):
    html = page_html(desk, corrected)
    assert "Before it was corrected" in html
    assert html.count("ana@example.com") == 2  # in the details and on the timeline
    assert "Amara Okafor corrected the contact" in html
    assert "Phone: (202) 555-0143 → (202) 555-0199 ext. 7" in html
    assert corrected.message == "My back hurts.\n\n  Since March."


def test_a_second_correction_keeps_the_patients_original_contact(desk, corrected):
    act(desk, "correct", corrected, **CORRECTION | {"email": "third@patient.example"})
    again = Inquiry.objects.get(pk=corrected.pk)
    assert again.original_contact["email"] == "ana@example.com"
    act(desk, "correct", again, **CORRECTION | {"email": "ana@example.com"})
    assert set(Inquiry.objects.get(pk=corrected.pk).original_contact) == {"name", "phone"}


def test_the_original_contact_is_only_stored_encrypted(corrected):
    with connection.cursor() as cursor:
        for table in ["inquiries_inquiry", "inquiries_inquiryevent"]:
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")  # noqa: S608
            stored = cursor.fetchone()[0]
            assert "ana@example.com" not in stored
            assert "+12025550143" not in stored


def test_search_duplicates_and_emails_use_the_corrected_contact(desk, corrected):
    assert corrected.reference in search(desk, "5550199").content.decode()
    assert corrected.reference not in search(desk, "ana@example.com").content.decode()
    later = receive(name="Somebody Else", email="ANNA@patient.example", phone="", message="More")
    assert list(Inquiry.objects.same_person(later)) == [corrected]
    assert emails.receipt(corrected).to == ["anna@patient.example"]


def test_a_correction_binds_the_message_to_the_new_contact(corrected):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE inquiries_inquiry SET email = 'thief@example.com'")
        with pytest.raises(UnreadableText):
            _ = Inquiry.objects.get().message
        assert Inquiry.objects.get().original_contact == {}
        transaction.set_rollback(True)


def receive_with_consents(**answers):
    """Create an inquiry whose patient allows voicemail, texts and plain email."""
    return overwrite(
        receive(voicemail_ok=True, texts_ok=True, **answers), plain_email_agreed_at=timezone.now()
    )


def test_a_new_number_or_address_resets_the_patients_consents(front_desk):
    for change, expected in [
        ({"phone": "(202) 555-0199"}, (False, False, True)),
        ({"phone": "(202) 555-0143 ext. 7"}, (False, False, True)),
        ({"phone": "(202) 555-0199", "texts_ok": "on", "voicemail_ok": "on"}, (True, True, True)),
        ({"email": "anna@patient.example"}, (True, True, False)),
        ({"name": "Anna Lovelace"}, (True, True, True)),
    ]:
        inquiry = receive_with_consents(message=f"With {change}")
        contact = {"name": "Ana Lovelace", "phone": "(202) 555-0143", "email": "ana@example.com"}
        form = ACTIONS["correct"].form(contact | change | {"seen": seen(inquiry)})
        assert form.is_valid()
        inquiry.correct_contact(by=front_desk, **form.cleaned_data)
        inquiry.refresh_from_db()
        consents = inquiry.voicemail_ok, inquiry.texts_ok, bool(inquiry.plain_email_agreed_at)
        assert consents == expected, change


def test_the_timeline_shows_which_consents_were_reset(desk):
    inquiry = receive_with_consents()
    act(desk, "correct", inquiry, **CORRECTION | {"voicemail_ok": "on"})
    text = inquiry.events.last().get_text_display()
    assert "Texts allowed: yes → no" in text
    assert "Agreed to plain email: yes → no" in text
    assert "Voicemail" not in text


REFUSED = [
    ({"phone": "", "email": ""}, "Keep a phone number or an email address"),
    ({"name": " "}, "Enter the name."),
    ({"phone": "555"}, "Enter a phone number with its area code"),
    ({"email": "anna@gmail,com"}, "Did you mean"),
    (
        {"name": "Ana Lovelace", "phone": "202 555 0143", "email": "ana@example.com"},
        "You haven't changed anything",
    ),
]


def test_invalid_corrections_are_refused(front_desk, inquiry):
    for change, message in REFUSED:
        form = ACTIONS["correct"].form(CORRECTION | change | {"seen": seen(inquiry)})
        errors = form.errors.as_text()
        if form.is_valid():
            with pytest.raises(ValidationError) as refused:
                inquiry.correct_contact(by=front_desk, **form.cleaned_data)
            errors = str(refused.value)
        assert message in errors, change
    assert Inquiry.objects.get().email == "ana@example.com"


def test_a_refused_correction_opens_instead_of_the_reply_form(desk):
    inquiry = receive(preferred_contact="email")
    response = act(desk, "correct", inquiry, **CORRECTION | {"phone": "555"})
    html = response.content.decode()
    assert (response.status_code, "Enter a phone number with its area code" in html) == (422, True)
    assert html.count('<details name="action" open>') == 1
    assert not reply_is_open(html)  # browsers open only the first <details> of a name


def test_a_damaged_ciphertext_is_never_encrypted_again(inquiry, front_desk):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE inquiries_inquiry SET message = 'x'")
    damaged = Inquiry.objects.get()
    contact = {"name": "Anna", "email": damaged.email, "phone": (damaged.phone, "")}
    with pytest.raises(ValidationError, match="can't be read"):
        damaged.correct_contact(**contact, by=front_desk, seen=seen(damaged))


def test_a_correction_encrypts_each_encrypted_field_again():
    encrypted = {field.name for field in Inquiry._meta.fields if isinstance(field, EncryptedTextField)}
    assert encrypted == set(SEALED_WITH_CONTACT)


def test_chart_print_and_data_export_include_the_original_contact(desk, corrected):
    chart = desk.get(reverse("inquiry:chart_text", args=[corrected.pk])).content.decode()
    assert "Email: anna@patient.example" in chart
    assert "Before it was corrected: Ana Lovelace; ana@example.com; (202) 555-0143" in chart
    assert "ana@example.com" in desk.get(reverse("inquiry:print", args=[corrected.pk])).content.decode()
    copy = Contact.read("anna@patient.example").everything()["inquiries"][0]
    assert "ana@example.com" in copy["contact_sent"]


def test_consents_can_be_changed_for_the_same_number(desk, inquiry, front_desk, settings):
    settings.SMS = SimpleNamespace()
    overwrite(inquiry, texts_ok=True, plain_email_agreed_at=timezone.now())
    act(desk, "allow", inquiry, allow_voicemail="on")
    assert (inquiry.voicemail_ok, inquiry.texts_ok, inquiry.plain_email_agreed_at) == (True, False, None)
    newest = inquiry.events.last()
    assert newest.describe() == "Amara Okafor noted what the patient allows"
    assert newest.text.splitlines()[:2] == ["Voicemail allowed: no → yes", "Texts allowed: yes → no"]
    assert act(desk, "allow", inquiry, allow_voicemail="on").status_code == 422


def test_consent_to_texts_is_only_requested_if_texting_is_set_up(desk, inquiry, settings):
    def consent_fields():
        return sorted(re.findall(r'name="((?:voicemail|texts)_ok|allow_\w+)"', page_html(desk, inquiry)))

    overwrite(inquiry, texts_ok=True, plain_email_agreed_at=timezone.now())
    assert consent_fields() == ["allow_plain_email", "allow_voicemail", "voicemail_ok"]
    act(desk, "allow", inquiry, allow_voicemail="on", allow_plain_email="on")
    assert inquiry.texts_ok  # unchanged
    settings.SMS = SimpleNamespace()
    fields = ["allow_plain_email", "allow_texts", "allow_voicemail", "texts_ok", "voicemail_ok"]
    assert consent_fields() == fields

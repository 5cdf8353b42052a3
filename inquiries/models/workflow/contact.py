"""Corrections of a patient's contact. The original is stored encrypted, like the message."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clinic.security.encryption import UnreadableText
from clinic.text import phones
from inquiries.choices import EventKind
from inquiries.lookup import search
from inquiries.models.event import Detail
from inquiries.models.workflow.guard import GuardedChanges

CONTACT = ["name", "email", "phone", "phone_extension"]
# Their encryption includes the contact (Inquiry.sealed_with), so a correction encrypts them again.
SEALED_WITH_CONTACT = ["message", "details", "phone_note", "patient_name", "practice", "contact_sent"]
# Consents apply to one number or address, and end when it changes.
CONSENTS = ["voicemail_ok", "texts_ok", "plain_email_agreed_at"]
CONTACT_FIELDS = [*CONTACT, *SEALED_WITH_CONTACT, *CONSENTS, "search_key"]


class ContactCorrection(GuardedChanges):
    """Mixin of Inquiry."""

    def correct_contact(
        self: Any,
        *,
        name: str,
        email: str,
        phone: phones.Phone,
        voicemail_ok: bool = False,
        texts_ok: bool = False,
        by: User,
        seen: int,
    ) -> None:
        """Replace name, email and phone. The timeline records the changes, `contact_sent` the original.

        A new number gets the consents given here. A new address ends the consent to plain email.
        """
        old = display_contact(self.contact)
        after = dict(zip(CONTACT, [name, email, *phone], strict=True))
        new = display_contact(after)
        lines = [
            f"{self.label_of(key)}: {old[key] or '–'} → {new[key] or '–'}"
            for key in new
            if old[key] != new[key]
        ]
        consents = self._consents_after(after, voicemail_ok, texts_ok)
        consent_lines = self._consent_lines(consents)
        with self._change(EventKind.CORRECTED, by, seen, text="\n".join(lines + consent_lines)):
            if not lines:
                raise ValidationError(
                    _("You haven't changed anything. Change the name, the phone number or the email.")
                )
            if not email and not phone.e164:
                raise ValidationError(_("Keep a phone number or an email address, or nobody can answer."))
            self.replies.update(texted_code_hash="")  # sent to the old number
            for name, value in consents.items():
                setattr(self, name, value)
            self._reseal(after)

    def change_consents(
        self: Any, *, allow_voicemail: bool, allow_texts: bool, allow_plain_email: bool, by: User, seen: int
    ) -> None:
        """Record the patient's consents from now on.

        Consent to plain email can only be withdrawn here; `agree_to_plain_email` records it.
        """
        after: dict[str, Any] = {"voicemail_ok": allow_voicemail}
        if settings.SMS:
            after["texts_ok"] = allow_texts
        if not allow_plain_email:
            after["plain_email_agreed_at"] = None
        lines = self._consent_lines(after)
        with self._change(EventKind.CONSENT, by, seen, detail=Detail.CONSENTS, text="\n".join(lines)):
            if not lines:
                raise ValidationError(_("You haven't changed anything. Change what the patient allows."))
            self._store(**after)

    def _consent_lines(self: Any, after: dict[str, Any]) -> list[str]:
        """Describe the consents that change, one per line."""
        yes_no = {True: _("yes"), False: _("no")}
        return [
            f"{self.label_of(key)}: {yes_no[bool(getattr(self, key))]} → {yes_no[bool(value)]}"
            for key, value in after.items()
            if bool(getattr(self, key)) != bool(value)
        ]

    def _consents_after(
        self: Any, after: dict[str, str], voicemail_ok: bool, texts_ok: bool
    ) -> dict[str, Any]:
        """Return the consents that change with a new number or address, and their new values."""
        changed = {field for field in CONTACT if getattr(self, field) != after[field]}
        consents: dict[str, Any] = {}
        if changed & {"phone", "phone_extension"}:
            consents |= {"voicemail_ok": voicemail_ok, "texts_ok": texts_ok}
        if "email" in changed:
            consents["plain_email_agreed_at"] = None
        return consents

    def _reseal(self: Any, contact: dict[str, str]) -> None:
        try:
            texts = {field: getattr(self, field) for field in SEALED_WITH_CONTACT}
        except UnreadableText:
            raise ValidationError(
                _("Part of this inquiry can't be read, so it can't be changed. Tell your IT person.")
            ) from None
        texts["contact_sent"] = texts["contact_sent"] or json.dumps(self.contact)
        for field, value in {**texts, **contact}.items():
            setattr(self, field, value)
        self.search_key = search.key(self.name, self.email, self.phone)
        self.save(update_fields=CONTACT_FIELDS)

    @property
    def contact(self: Any) -> dict[str, str]:
        return {name: getattr(self, name) for name in CONTACT}

    @property
    def original_contact(self: Any) -> dict[str, str]:
        """The corrected ones of name, email and phone, as the patient first gave them."""
        try:
            first = json.loads(self.contact_sent or "{}")
        except UnreadableText:  # the message is unreadable too, and the page shows that
            return {}
        if not first:
            return {}
        current = display_contact(self.contact)
        return {key: value for key, value in display_contact(first).items() if value != current[key]}

    def label_of(self: Any, field: str) -> str:
        return capfirst(self._meta.get_field(field).verbose_name)


def display_contact(contact: dict[str, str]) -> dict[str, str]:
    """Return name, email and phone, formatted for display."""
    phone = phones.display(contact["phone"], contact["phone_extension"]) if contact["phone"] else ""
    return {"name": contact["name"], "email": contact["email"], "phone": phone}

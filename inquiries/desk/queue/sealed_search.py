"""Searches at the front desk, encrypted in addresses.

A search is mostly a patient's name, and addresses end up in browser histories and server logs. So it's
posted, and the address of the results holds it encrypted.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.security.encryption import UnreadableText, seal, unseal

PARAMETER = "found"
LONGEST = 200  # characters; as long as a name can be


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Name, phone, email, or reference"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Name, phone, reference …"), "autocomplete": "off"}),
    )


def sealed(text, user):
    """Encrypt `text` for an address, so that only this site can read it, as a search by `user`."""
    text = text.replace("\x00", "").strip()[:LONGEST]
    return urlsafe_b64encode(seal(text, _context(user))).decode().rstrip("=") if text else ""


def unsealed(address_part, user):
    """The text that `sealed` was given; "" if somebody else searched, or anything was changed."""
    try:
        return unseal(urlsafe_b64decode(f"{address_part}=="), _context(user))
    except (UnreadableText, ValueError):
        return ""


def _context(user):
    return f"front desk's search|{user.pk}"

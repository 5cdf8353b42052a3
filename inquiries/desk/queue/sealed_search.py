"""Encrypted search terms in URLs.

Most searches are for a patient's name, and URLs end up in browser histories and server logs. So searches are
submitted by POST, and the URL of the results contains the encrypted term.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.security.encryption import UnreadableText, seal, unseal

PARAMETER = "found"
MAX_SEARCH_LENGTH = 200  # the same as for names


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Name, phone, email, or reference"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Name, phone, reference …"), "autocomplete": "off"}),
    )


def seal_search(text, user):
    """Encrypt `text` for a URL that only works for `user`."""
    text = text.replace("\x00", "").strip()[:MAX_SEARCH_LENGTH]
    return urlsafe_b64encode(seal(text, _context(user))).decode().rstrip("=") if text else ""


def unseal_search(sealed, user):
    """Return the search term, or "" if it belongs to another user or is damaged."""
    try:
        return unseal(urlsafe_b64decode(f"{sealed}=="), _context(user))
    except (UnreadableText, ValueError):
        return ""


def _context(user):
    return f"front desk's search|{user.pk}"

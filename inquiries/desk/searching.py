"""A search at the front desk. What is looked for is mostly a patient's name, and addresses end in browsers'
histories and servers' logs: so it is posted, and stands sealed in the address of what was found.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.encryption import UnreadableText, seal, unseal
from inquiries import references
from inquiries.models import Inquiry
from inquiries.models.queries import MOST_FOUND

PARAMETER = "found"
LONGEST = 200  # characters; as long as a name can be


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Name, phone, e-mail or reference"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Name, phone, reference …"), "autocomplete": "off"}),
    )


def sealed(text, user):
    """`text` for an address, readable only for this site and as a search by `user`; "" for none."""
    text = text.replace("\x00", "").strip()[:LONGEST]
    return urlsafe_b64encode(seal(text, _context(user))).decode().rstrip("=") if text else ""


def unsealed(address_part, user):
    """What `sealed` was given; "" where somebody else searched, or anything is not as it was."""
    try:
        return unseal(urlsafe_b64decode(f"{address_part}=="), _context(user))
    except (UnreadableText, ValueError):
        return ""


def found(inquiries, text):
    """Of `inquiries` those that a search for `text` finds: by person, or by how the reference begins."""
    ids = Inquiry.objects.ids_found(text)
    if begins := references.beginning(text):
        like_it = Inquiry.objects.order_by().filter(reference__startswith=begins)
        ids += like_it.values_list("pk", flat=True)[:MOST_FOUND]
    return inquiries.filter(pk__in=ids)


def _context(user):
    return f"front desk's search|{user.pk}"

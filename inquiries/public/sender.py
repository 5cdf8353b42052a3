"""The browser that sent an inquiry is shown more than others that know its reference, for an hour.

The advice and where the receipt goes are the sender's affair. Whoever follows the email's link, or finds the
address later, gets the reference and the next step alone.
The proof is in the address, since the site sets no cookie; in its path, since caches drop queries.
"""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from inquiries.models import Inquiry

SHOWN_FOR = timedelta(hours=1)
signer = TimestampSigner(salt="inquiries.public.sender")


def sender_url(inquiry: Inquiry) -> str:
    """Return the confirmation's address for the browser that sent the inquiry."""
    _reference, proof = signer.sign(inquiry.reference).split(":", 1)
    return reverse("inquiries:received", args=[inquiry.reference, proof])


def is_sender(reference: str, proof: str) -> bool:
    try:
        signer.unsign(f"{reference}:{proof}", max_age=SHOWN_FOR)
    except BadSignature:
        return False
    return True


def masked(email: str) -> str:
    """Enough of an address to see a slip in it: "ma•••a@patient.example"."""
    user, _at, domain = email.rpartition("@")
    shown = f"{user[:2]}•••{user[-1]}" if len(user) > 4 else f"{user[:1]}•••"
    return f"{shown}@{domain}"

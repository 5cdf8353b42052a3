"""The confirmation page, with the reference and the next steps.

For an hour, the browser that sent the inquiry also sees the advice, the reading code and the receipt's
address; the link in the email doesn't show them. The URL contains a proof because the site sets no cookies,
and it's in the path because caches drop query strings.
"""

from datetime import datetime, timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clinic.models import ClinicSettings
from clinic.opening_hours import OpeningHours
from inquiries.choices import Language, Status, Tier
from inquiries.lookup import reading_codes
from inquiries.models import Inquiry
from inquiries.public.advice import advice_for_inquiry
from inquiries.public.conversation import ticket_for
from inquiries.public.form.call_times import short_time

PROOF_MAX_AGE = timedelta(hours=1)
READING_DELAY = timedelta(minutes=15)  # of opening hours: later messages are read the next day
signer = TimestampSigner(salt="inquiries.public.sender")


@require_safe
@never_cache
def received(request: HttpRequest, reference: str, proof: str = "") -> HttpResponse:
    # PostgreSQL rejects NUL characters.
    inquiry = get_object_or_404(Inquiry, reference=reference.replace("\x00", ""))
    inquiry.try_triage()  # determines the advice
    hours = ClinicSettings.for_request(request).hours
    context = {"inquiry": inquiry, "next": next_steps(inquiry, hours, timezone.now())}
    if is_sender(inquiry, proof):
        context |= {
            "advice": advice_for_inquiry(inquiry),
            "in_spanish": inquiry.language == Language.SPANISH,
            "may_get_worse": inquiry.tier == Tier.LOOK_FIRST,
            "reading_code": reading_code_for_sender(inquiry),
            "ticket": ticket_for(inquiry),  # shown with the code, to close the message on a shared device
            "receipt_to": masked(inquiry.email) if inquiry.gets_receipt() else "",
        }
    return render(request, "inquiries/received.html", context)


def sender_url(inquiry: Inquiry) -> str:
    """Return the URL of the confirmation for the browser that sent the inquiry."""
    _reference, proof = signer.sign(inquiry.reference).split(":", 1)
    return reverse("inquiries:received", args=[inquiry.reference, proof])


def is_sender(inquiry: Inquiry, proof: str) -> bool:
    """Return whether the proof is valid: at most an hour old, and newer than the patient's last sign-out."""
    max_age = PROOF_MAX_AGE
    if inquiry.signed_out_at:
        max_age = min(max_age, timezone.now() - inquiry.signed_out_at)
    try:
        signer.unsign(f"{inquiry.reference}:{proof}", max_age=max_age)
    except BadSignature:
        return False
    return True


def reading_code_for_sender(inquiry: Inquiry) -> str:
    """Return the code, or "" after a sign-out: on a shared device, the next person may resubmit the form."""
    if inquiry.signed_out_at:
        return ""
    return reading_codes.formatted_if_first(inquiry.uuid, inquiry.reading_code_hash)


def masked(email: str) -> str:
    """Return enough of the address to notice a typo: "ma•••a@patient.example"."""
    user, _at, domain = email.rpartition("@")
    shown = f"{user[:2]}•••{user[-1]}" if len(user) > 4 else f"{user[:1]}•••"
    return f"{shown}@{domain}"


def next_steps(inquiry: Inquiry, hours: OpeningHours, now: datetime) -> dict[str, object]:
    """Return the template's facts about the next steps. Spam looks like any other new message."""
    is_dealt_with = inquiry.status in {Status.WAITING, Status.CLOSED}
    return {
        "is_dealt_with": is_dealt_with,
        "is_late": not is_dealt_with and inquiry.due_at is not None and inquiry.due_at < now,
        "is_delayed": inquiry.is_delayed(),
        "reading": reading_sentence(hours, inquiry.received_at, now),
    }


def reading_sentence(hours: OpeningHours, received_at: datetime, now: datetime) -> str:
    """Return when a person will read the message, or "" for the past. It's a date, as pages get printed."""
    at = hours.after(received_at, READING_DELAY)
    if at is None:
        return ""
    days = (at.date() - now.astimezone(hours.time_zone).date()).days
    if days < 0:
        return ""
    opens, _closes = hours.moments_on(at.date())[0]
    sentence = _("A person will read it %(day)s.")
    if opens > received_at:
        sentence = _("A person will read it %(day)s, from %(time)s.")
    day = date_format(at, "l, F j")
    if days < 2:
        day = (_("today, %(day)s") if days == 0 else _("tomorrow, %(day)s")) % {"day": day}
    return sentence % {"day": day, "time": short_time(opens.astimezone(hours.time_zone).time())}

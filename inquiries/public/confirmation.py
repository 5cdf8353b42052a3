"""The confirmation: the reference, and what happens next.

For an hour, the browser that sent an inquiry is shown more than others that know its reference: the advice,
the reading code, and where the receipt goes. The link in the email shows only the next step. The proof is in
the address, because the site sets no cookie; and in its path, because caches drop queries.
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
from inquiries.choices import Status, Tier
from inquiries.lookup import reading_codes
from inquiries.models import Inquiry
from inquiries.public.advice import help_now_of
from inquiries.public.form.call_times import clock

SHOWN_FOR = timedelta(hours=1)
TIME_TO_READ = timedelta(minutes=15)  # of opening hours: later messages are read the next day
signer = TimestampSigner(salt="inquiries.public.sender")


@require_safe
@never_cache
def received(request: HttpRequest, reference: str, proof: str = "") -> HttpResponse:
    """Show the reference and the next step, but nothing that was written.

    For an hour, the browser that sent the message also sees the advice, the reading code and the receipt.
    """
    # PostgreSQL refuses a NUL character, and no reference has one.
    inquiry = get_object_or_404(Inquiry, reference=reference.replace("\x00", ""))
    inquiry.try_triage()  # the advice depends on it
    hours = ClinicSettings.for_request(request).hours
    context = {"inquiry": inquiry, "next": what_next(inquiry, hours, timezone.now())}
    if is_sender(inquiry, proof):
        context |= {
            "advice": help_now_of(inquiry),
            "may_get_worse": inquiry.tier == Tier.LOOK_FIRST,
            "reading_code": reading_code_of(inquiry),
            "receipt_to": masked(inquiry.email) if inquiry.gets_receipt() else "",
        }
    return render(request, "inquiries/received.html", context)


def sender_url(inquiry: Inquiry) -> str:
    """Return the confirmation's address for the browser that sent the inquiry."""
    _reference, proof = signer.sign(inquiry.reference).split(":", 1)
    return reverse("inquiries:received", args=[inquiry.reference, proof])


def is_sender(inquiry: Inquiry, proof: str) -> bool:
    """Whether the proof still holds: for an hour, and until the patient closes the message on the device."""
    shown_for = SHOWN_FOR
    if inquiry.signed_out_at:
        shown_for = min(shown_for, timezone.now() - inquiry.signed_out_at)
    try:
        signer.unsign(f"{inquiry.reference}:{proof}", max_age=shown_for)
    except BadSignature:
        return False
    return True


def reading_code_of(inquiry: Inquiry) -> str:
    """The code; "" once the patient closed the message, in case the next person sends their form again."""
    if inquiry.signed_out_at:
        return ""
    return reading_codes.for_sender(inquiry.uuid, inquiry.reading_code_hash)


def masked(email: str) -> str:
    """Enough of an address to notice a typo: "ma•••a@patient.example"."""
    user, _at, domain = email.rpartition("@")
    shown = f"{user[:2]}•••{user[-1]}" if len(user) > 4 else f"{user[:1]}•••"
    return f"{shown}@{domain}"


def what_next(inquiry: Inquiry, hours: OpeningHours, now: datetime) -> dict[str, object]:
    """For the confirmation. To its sender, spam looks like any other new message."""
    is_dealt_with = inquiry.status in {Status.WAITING, Status.CLOSED}
    return {
        "is_dealt_with": is_dealt_with,
        "is_late": not is_dealt_with and inquiry.due_at is not None and inquiry.due_at < now,
        "is_delayed": inquiry.is_delayed(),
        "reading": reading(hours, inquiry.received_at, now),
    }


def reading(hours: OpeningHours, received_at: datetime, now: datetime) -> str:
    """When a person reads what came at that moment, with a date, for it may be printed; "" afterwards."""
    at = hours.after(received_at, TIME_TO_READ)
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
    return sentence % {"day": day, "time": clock(opens.astimezone(hours.time_zone).time())}

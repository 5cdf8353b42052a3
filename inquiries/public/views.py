"""The patient's pages: the form and the confirmation."""

import logging

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from clinic.caching import clinic_fallback
from clinic.errors import RETRY_AFTER
from clinic.models import ClinicSettings
from clinic.security.client_ip import client_address
from clinic.security.cross_site import is_from_other_site
from inquiries.choices import Tier
from inquiries.lookup import reading_codes
from inquiries.models import Inquiry
from inquiries.models.rate_limit import Origin, TooManyInquiries
from inquiries.public import probe, sender
from inquiries.public.advice import help_now, help_now_of
from inquiries.public.forms import DETAILS, InquiryForm, empty_form
from inquiries.public.offer import current_offer, recent_offer
from inquiries.public.what_next import what_next

logger = logging.getLogger(__name__)


@csrf_exempt  # cross_site's check takes its place: the form has no session to ride on
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request):
    """The form, empty or with what has to be mended; every article's form posts here too."""
    if request.method != "POST":
        drawn = empty_form(get_language(), current_offer(clinic_fallback.of_request(request)))
        return render(request, "inquiries/contact.html", {"drawn": drawn})
    request.encoding = "utf-8"  # whatever charset the request claims: the form was served as UTF-8
    test = probe.answers_in(request)
    form = InquiryForm(test or request.POST, offer=recent_offer())
    if is_from_other_site(request):
        return _form_again(request, form, refused=True, status=403)
    if not form.is_valid():
        return _form_again(request, form)
    origin = Origin(client_address(request), request.headers.get("User-Agent", ""))
    try:
        inquiry = probe.store_and_take_back(form, origin) if test else form.save(origin=origin)
    except TooManyInquiries:
        return _form_again(request, form, too_many=True, status=429)
    except Exception:  # whatever broke, what the patient typed must not be lost with it
        logger.exception("An inquiry could not be stored")
        response = _form_again(request, form, template="inquiries/unavailable.html", status=503)
        response["Retry-After"] = RETRY_AFTER
        return response
    response = redirect(sender.sender_url(inquiry))
    if test:
        response[probe.ARRIVED] = "yes"
    return response


def _form_again(request, form, *, template="inquiries/contact.html", status=200, **context):
    """The form with everything that was typed. It is the sender's own: no cache may keep it.

    Help comes first: whatever is wrong with the form, an urgent message is answered with 911 or 988.
    """
    typed = (form.data.get(name, "") for name in ["message", *DETAILS])
    context |= {"form": form, "advice": next(filter(None, map(help_now, typed)), None)}
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@never_cache
def received(request, reference, proof=""):
    """The confirmation: the reference and the next step, and nothing that was written.

    Only the browser that sent it is shown, for an hour, what is told of the message: see sender.py.
    """
    # PostgreSQL refuses a NUL character, and no reference has one.
    inquiry = get_object_or_404(Inquiry, reference=reference.replace("\x00", ""))
    inquiry.try_triage()  # what the sender is told depends on it
    hours = ClinicSettings.for_request(request).hours
    context = {"inquiry": inquiry, "next": what_next(inquiry, hours, timezone.now())}
    if sender.is_sender(inquiry.reference, proof):
        context |= {
            "advice": help_now_of(inquiry),
            "may_get_worse": inquiry.tier == Tier.LOOK_FIRST,
            "reading_code": reading_codes.for_sender(inquiry.uuid, inquiry.reading_code_hash),
            "receipt_to": sender.masked(inquiry.email) if inquiry.gets_receipt() else "",
        }
    return render(request, "inquiries/received.html", context)

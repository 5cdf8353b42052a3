"""The page with the form, and the view that receives it."""

import logging

from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from clinic.caching import clinic_fallback
from clinic.errors import RETRY_AFTER_SECONDS
from clinic.security.client_ip import client_address
from clinic.security.cross_site import is_from_other_site
from inquiries.models.rate_limit import Origin, TooManyInquiries
from inquiries.public import confirmation, probe
from inquiries.public.advice import help_now
from inquiries.public.form.inquiry_form import DETAILS, InquiryForm, empty_form
from inquiries.public.form.offer import current_offer, recent_offer

logger = logging.getLogger(__name__)


@csrf_exempt  # cross_site's check takes its place: the form has no session to ride on
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request):
    """Show the empty form, or receive one: every article's form posts here, too."""
    if request.method != "POST":
        drawn = empty_form(get_language(), current_offer(clinic_fallback.for_request(request)))
        return render(request, "inquiries/contact.html", {"drawn": drawn})
    request.encoding = "utf-8"  # the form was served as UTF-8, whatever charset the request claims
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
    except Exception:  # the patient must not lose what they typed
        logger.exception("An inquiry could not be stored")
        response = _form_again(request, form, template="inquiries/unavailable.html", status=503)
        response["Retry-After"] = RETRY_AFTER_SECONDS
        return response
    response = redirect(confirmation.sender_url(inquiry))
    if test:
        response[probe.ARRIVED] = "yes"
    return response


def _form_again(request, form, *, template="inquiries/contact.html", status=200, **context):
    """Show the form with everything that was typed; no cache may keep it.

    Help comes first: an urgent message is answered with 911 or 988, whatever is wrong with the form.
    """
    typed = (form.data.get(name, "") for name in ["message", *DETAILS])
    context |= {"form": form, "advice": next(filter(None, map(help_now, typed)), None)}
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    return response

"""The contact page, which shows and receives the inquiry form."""

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
from inquiries.public.advice import advice_for_text
from inquiries.public.form.inquiry_form import DETAIL_FIELDS, InquiryForm, render_empty_form
from inquiries.public.form.offer import current_offer, recent_offer

logger = logging.getLogger(__name__)


@csrf_exempt  # the form has no session, and is_from_other_site checks the origin
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request):
    """Show the empty form, or receive one from this page or an article."""
    if request.method != "POST":
        rendered = render_empty_form(get_language(), current_offer(clinic_fallback.for_request(request)))
        return render(request, "inquiries/contact.html", {"rendered_form": rendered})
    request.encoding = "utf-8"  # ignore the request's charset: the form was served as UTF-8
    test_answers = probe.test_answers(request)
    form = InquiryForm(test_answers or request.POST, offer=recent_offer())
    if is_from_other_site(request):
        return _return_form(request, form, refused=True, status=403)
    if not form.is_valid():
        return _return_form(request, form)
    origin = Origin(client_address(request), request.headers.get("User-Agent", ""))
    try:
        inquiry = probe.store_and_roll_back(form, origin) if test_answers else form.save(origin=origin)
    except TooManyInquiries:
        return _return_form(request, form, too_many=True, status=429)
    except Exception:  # the patient must not lose what they typed
        logger.exception("An inquiry could not be stored")
        response = _return_form(request, form, template="inquiries/unavailable.html", status=503)
        response["Retry-After"] = RETRY_AFTER_SECONDS
        return response
    response = redirect(confirmation.sender_url(inquiry))
    if test_answers:
        response[probe.ARRIVED_HEADER] = "yes"
    return response


def _return_form(request, form, *, template="inquiries/contact.html", status=200, **context):
    """Show the form as it was filled in, below 911 or 988 if it's urgent, and keep it out of caches."""
    typed = (form.data.get(name, "") for name in ["message", *DETAIL_FIELDS])
    context |= {"form": form, "advice": next(filter(None, map(advice_for_text, typed)), None)}
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    return response

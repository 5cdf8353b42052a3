"""Webhooks of the email and text providers: if one can't be delivered, somebody has to call instead."""

from uuid import UUID

from anymail.exceptions import AnymailConfigurationError, AnymailWebhookValidationFailure
from anymail.signals import AnymailTrackingEvent, EventType
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from clinic.email import texts
from inquiries.jobs import record_undelivered
from inquiries.models import Inquiry, Reply

MAX_BYTES = 256 * 1024
MALFORMED = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)
FAILED_EMAILS = {EventType.BOUNCED, EventType.REJECTED, EventType.FAILED}
FAILED_TEXTS = {"failed", "undelivered"}


@csrf_exempt
@never_cache
@require_POST
def email_events(request: HttpRequest) -> HttpResponse:
    """Take a provider's events. The secret proves who it is; Mailgun signs them, too.

    An event may come twice. An email fails only once, and a reply never after the patient has opened it.
    """
    view = configured_view()
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal():
        return HttpResponse(status=411)
    if int(length) > MAX_BYTES:
        return HttpResponse(status=413)
    try:
        view.run_validators(request)
    except (AnymailWebhookValidationFailure, *MALFORMED):
        return HttpResponse(status=403)
    try:
        for event in view.parse_events(request):
            note(event)
    except (AnymailConfigurationError, *MALFORMED):
        return HttpResponse(status=400)
    return HttpResponse(status=204)


def configured_view() -> AnymailBaseWebhookView:
    """Http404 unless the provider, its secret and its key are set."""
    signing_key = settings.ANYMAIL["MAILGUN_WEBHOOK_SIGNING_KEY"]
    if settings.EMAIL_WEBHOOK_SECRET and settings.EMAIL_PROVIDER == "mailgun" and signing_key:
        return MailgunTrackingWebhookView()
    if settings.EMAIL_WEBHOOK_SECRET and settings.EMAIL_PROVIDER == "postmark":
        return PostmarkTrackingWebhookView()
    raise Http404


def note(event: AnymailTrackingEvent) -> None:
    if event.event_type not in FAILED_EMAILS:
        return
    about = event.metadata or {}  # empty: an email about something else
    if named := about.get("reply"):
        reply = Reply.objects.filter(uuid=UUID(str(named))).select_related("inquiry").first()
        if reply:
            reply.inquiry.delivery_failed(reply)
    elif named := about.get("receipt") or about.get("appointment"):
        inquiry = Inquiry.objects.filter(uuid=UUID(str(named))).first()
        if inquiry:
            record_undelivered(inquiry, "receipt" if about.get("receipt") else "appointment")


@csrf_exempt
@never_cache
@require_POST
def text_events(request: HttpRequest, reply: UUID) -> HttpResponse:
    """Take a text provider's events, which it signs. One may come twice, and counts once."""
    if not settings.SMS:
        raise Http404
    signature = request.headers.get("X-Twilio-Signature", "")
    if not texts.is_signed(settings.BASE_URL + request.path, request.POST.dict(), signature):
        return HttpResponse(status=403)
    found = Reply.objects.filter(uuid=reply, by_text=True).select_related("inquiry").first()
    if found and request.POST.get("MessageStatus") in FAILED_TEXTS:
        found.inquiry.delivery_failed(found)
    return HttpResponse(status=204)

"""Webhooks of the email and text providers, which report messages that couldn't be delivered."""

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
MALFORMED_ERRORS = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)
FAILED_EMAILS = {EventType.BOUNCED, EventType.REJECTED, EventType.FAILED}
FAILED_TEXTS = {"failed", "undelivered"}


@csrf_exempt
@never_cache
@require_POST
def email_events(request: HttpRequest) -> HttpResponse:
    """Record an email provider's events, authenticated by the secret and, for Mailgun, a signature.

    Events may arrive twice: an email fails only once, and a reply never after the patient has opened it.
    """
    view = configured_view()
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal():
        return HttpResponse(status=411)
    if int(length) > MAX_BYTES:
        return HttpResponse(status=413)
    try:
        view.run_validators(request)
    except (AnymailWebhookValidationFailure, *MALFORMED_ERRORS):
        return HttpResponse(status=403)
    try:
        for event in view.parse_events(request):
            record_failure(event)
    except (AnymailConfigurationError, *MALFORMED_ERRORS):
        return HttpResponse(status=400)
    return HttpResponse(status=204)


def configured_view() -> AnymailBaseWebhookView:
    """Return the provider's view; raise Http404 unless provider, secret and key are set."""
    signing_key = settings.ANYMAIL["MAILGUN_WEBHOOK_SIGNING_KEY"]
    if settings.EMAIL_WEBHOOK_SECRET and settings.EMAIL_PROVIDER == "mailgun" and signing_key:
        return MailgunTrackingWebhookView()
    if settings.EMAIL_WEBHOOK_SECRET and settings.EMAIL_PROVIDER == "postmark":
        return PostmarkTrackingWebhookView()
    raise Http404


def record_failure(event: AnymailTrackingEvent) -> None:
    if event.event_type not in FAILED_EMAILS:
        return
    metadata = event.metadata or {}  # empty unless the email is about an inquiry
    if uuid := metadata.get("reply"):
        reply = Reply.objects.filter(uuid=UUID(str(uuid))).select_related("inquiry").first()
        if reply:
            reply.inquiry.delivery_failed(reply)
    elif uuid := metadata.get("receipt") or metadata.get("appointment"):
        inquiry = Inquiry.objects.filter(uuid=UUID(str(uuid))).first()
        if inquiry:
            record_undelivered(inquiry, "receipt" if metadata.get("receipt") else "appointment")


@csrf_exempt
@never_cache
@require_POST
def text_events(request: HttpRequest, reply: UUID) -> HttpResponse:
    """Record a text provider's signed events. They may arrive twice, and count once."""
    if not settings.SMS:
        raise Http404
    signature = request.headers.get("X-Twilio-Signature", "")
    if not texts.is_signed(settings.BASE_URL + request.path, request.POST.dict(), signature):
        return HttpResponse(status=403)
    found = Reply.objects.filter(uuid=reply, by_text=True).select_related("inquiry").first()
    if found and request.POST.get("MessageStatus") in FAILED_TEXTS:
        found.inquiry.delivery_failed(found)
    return HttpResponse(status=204)

"""Webhook of the email provider: a bounced reply or receipt becomes a task to call instead."""

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

from inquiries.models import Inquiry, Reply

MAX_BYTES = 256 * 1024
MALFORMED = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)
FAILED = {EventType.BOUNCED, EventType.REJECTED, EventType.FAILED}


@csrf_exempt
@never_cache
@require_POST
def email_events(request: HttpRequest) -> HttpResponse:
    """Take a provider's events. It proves itself by the secret, Mailgun by a signature too.

    Told twice is told once: an email fails one time, and a reply never after the patient has opened it.
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
    """Http404 unless the provider and all that it proves itself by are set."""
    signing_key = settings.ANYMAIL["MAILGUN_WEBHOOK_SIGNING_KEY"]
    if settings.EMAIL_WEBHOOK_SECRET and settings.EMAIL_PROVIDER == "mailgun" and signing_key:
        return MailgunTrackingWebhookView()
    if settings.EMAIL_WEBHOOK_SECRET and settings.EMAIL_PROVIDER == "postmark":
        return PostmarkTrackingWebhookView()
    raise Http404


def note(event: AnymailTrackingEvent) -> None:
    if event.event_type not in FAILED:
        return
    about = event.metadata or {}  # names nothing: another email of ours
    if named := about.get("reply"):
        reply = Reply.objects.filter(uuid=UUID(str(named))).select_related("inquiry").first()
        if reply:
            reply.inquiry.delivery_failed(reply)
    elif named := about.get("receipt"):
        inquiry = Inquiry.objects.filter(uuid=UUID(str(named))).first()
        if inquiry:
            inquiry.receipt_failed()

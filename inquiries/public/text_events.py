"""Webhook of the text provider: a notice that didn't arrive becomes a task to call instead."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from clinic.email import texts
from inquiries.models import Reply

FAILED = {"failed", "undelivered"}


@csrf_exempt
@never_cache
@require_POST
def text_events(request: HttpRequest, reply: UUID) -> HttpResponse:
    """Take the provider's word, which its signature proves. Told twice is told once."""
    if not settings.SMS:
        raise Http404
    signature = request.headers.get("X-Twilio-Signature", "")
    if not texts.is_signed(settings.BASE_URL + request.path, request.POST.dict(), signature):
        return HttpResponse(status=403)
    found = Reply.objects.filter(uuid=reply, by_text=True).select_related("inquiry").first()
    if found and request.POST.get("MessageStatus") in FAILED:
        found.inquiry.delivery_failed(found)
    return HttpResponse(status=204)

"""The patient's side of a conversation: open a reply, check on an inquiry, write back, withdraw.

There's no account, session or cookie: a link or a reference opens the page together with the reading code,
and the page's signed ticket authorizes the next action. Opening takes a POST, as mail scanners follow links.
"""

import logging
from datetime import datetime
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from clinic.security.cross_site import is_from_other_site
from inquiries.choices import EventKind, Status
from inquiries.email import queue
from inquiries.lookup import references
from inquiries.models import Inquiry, Reply
from inquiries.models.workflow.conversation import CONVERSATION
from inquiries.public.advice import advice_for_inquiry, advice_for_text
from inquiries.public.form.fields import NumberOrNoneField, VerbatimCharField
from inquiries.public.form.inquiry_form import MESSAGE_LENGTH

logger = logging.getLogger(__name__)
TICKET = signing.Signer(salt="inquiries.open_page")
PAGE_MAX_AGE_MS = 30 * 60 * 1000  # enough time to write an answer
NO_MATCH = _("That reference and reading code don't match. Check both, or call us.")
WRONG_CODE = _("That isn't the reading code of this message. Check it, or call us.")
ADDED = _("Thank you. We've added this to your message.")
WITHDRAWN = _("Thank you for telling us. We won't call you about this message.")
URGENT_WITHDRAWN = _("Thank you for telling us. Your message may be urgent, so we may still call you.")
LOCKED = _("Too many wrong codes. Call us, and we'll give you a new one.")


def milliseconds(moment: datetime | None = None) -> int:
    return round((moment or timezone.now()).timestamp() * 1000)


class CodeForm(forms.Form):
    code = VerbatimCharField(
        label=_("Reading code"),
        help_text=_("Six letters and digits. You saw it when you sent your message, or we gave it to you."),
        error_messages={"required": _("Enter your reading code.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        max_length=50,
    )
    drawn = NumberOrNoneField(initial=milliseconds, required=False)

    def is_stale(self, inquiry: Inquiry) -> bool:
        """Return whether someone may have gone back to the patient's filled-in form on a shared device."""
        rendered_at = self.cleaned_data["drawn"]
        return rendered_at is not None and is_expired(rendered_at, inquiry)


class StatusForm(CodeForm):
    reference = VerbatimCharField(
        label=_("Reference"),
        help_text=_("Eight letters and digits, for example K7Q4-M9XP."),
        error_messages={"required": _("Enter your reference.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        max_length=50,
    )
    field_order = ["reference", "code"]


class AddForm(forms.Form):
    message = VerbatimCharField(
        label=_("Write to us"),
        error_messages={"required": _("Write your message first.")},
        widget=forms.Textarea(attrs={"rows": 6, "data-max-length": MESSAGE_LENGTH}),
        length_limit=MESSAGE_LENGTH,
    )


def private(view):
    """Keep a view's pages out of caches and search engines."""

    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return csrf_exempt(never_cache(require_http_methods(["GET", "HEAD", "POST"])(wrapped)))


@private
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """Show a reply to a visitor with its link and reading code."""
    found = Reply.objects.with_token(token)
    if not found or not found.is_open:
        reason = "locked" if found and found.is_locked else "expired"
        return render(request, "inquiries/conversation/link_expired.html", {"reason": reason}, status=410)
    is_own_post = request.method == "POST" and not is_from_other_site(request)
    wants_text = is_own_post and "text_code" in request.POST
    if wants_text:
        queue.text_code(found)
    form = CodeForm(request.POST if is_own_post and not wants_text else None)
    is_stale = form.is_valid() and form.is_stale(found.inquiry)
    if is_stale:
        form = CodeForm()
    elif form.is_valid():
        if found.inquiry.check_reading_code(form.cleaned_data["code"], found):
            found.inquiry.patient_opened(found)
            return render_conversation(request, found.inquiry)
        found.refresh_from_db()
        form.add_error("code", LOCKED if found.is_locked else WRONG_CODE)
    context = {"form": form, "reply": found, "was_texted": wants_text, "is_stale": is_stale}
    return render(request, "inquiries/conversation/enter_code.html", context)


@private
def status(request: HttpRequest) -> HttpResponse:
    """Show an inquiry's conversation to a visitor with its reference and reading code."""
    if "ticket" in request.POST and not is_from_other_site(request):
        try:
            return handle_action(request)
        except Exception:  # the patient must not lose what they typed
            logger.exception("What a patient added could not be stored")
            return render_not_sent(request, status=503)
    form, is_stale = StatusForm(request.POST if request.method == "POST" else None), False
    typed = request.POST.get("message", "")  # carried over from an expired page by render_not_sent
    if request.method == "POST" and not is_from_other_site(request) and form.is_valid():
        reference = references.normalize(form.cleaned_data["reference"])
        inquiry = Inquiry.objects.filter(reference=reference).exclude(reading_code_hash="").first()
        # The same error for a wrong reference and a wrong code, so that references can't be probed.
        if not (inquiry and inquiry.check_reading_code(form.cleaned_data["code"])):
            form.add_error(None, NO_MATCH)
        elif is_stale := form.is_stale(inquiry):
            form, typed = StatusForm(), "" if was_sent_before_sign_out(inquiry, typed) else typed
        else:
            return render_conversation(request, inquiry, form=AddForm(initial={"message": typed}))
    context = {"form": form, "is_stale": is_stale, "typed": typed}
    return render(request, "inquiries/conversation/status.html", context)


def handle_action(request: HttpRequest) -> HttpResponse:
    """Sign out; or write back or withdraw, unless the ticket has expired."""
    ticket = request.POST["ticket"]
    if "sign_out" in request.POST and (shown := inquiry_from_ticket(ticket, even_if_expired=True)):
        return sign_out(request, shown)
    inquiry = inquiry_from_ticket(ticket)
    if not inquiry:
        sent_to = inquiry_from_ticket(ticket, even_if_expired=True)
        return render_not_sent(request, status=403, sent_to=sent_to)
    if "withdraw" in request.POST:
        queue.patient_withdrew(inquiry)
        advice = advice_for_inquiry(inquiry) if inquiry.needs_urgent_call else None
        done = URGENT_WITHDRAWN if inquiry.needs_urgent_call else WITHDRAWN
        return render_conversation(request, inquiry, advice=advice, done=done)
    form, advice = AddForm(request.POST), advice_for_text(request.POST.get("message", ""))
    if not form.is_valid():
        return render_conversation(request, inquiry, form=form, advice=advice, status=422)
    queue.patient_wrote(inquiry, form.cleaned_data["message"])
    return render_conversation(request, inquiry, advice=advice, done=ADDED)


def render_not_sent(request: HttpRequest, *, status: int, sent_to: Inquiry | None = None) -> HttpResponse:
    """Return what was typed, below any advice, because the page has expired or an error occurred.

    A message already in `sent_to` isn't returned after a sign-out: on a shared device, the next person may
    resubmit the page.
    """
    typed = request.POST.get("message", "")
    context = {"form": StatusForm(), "typed": typed, "advice": advice_for_text(typed), "not_sent": status}
    if sent_to and was_sent_before_sign_out(sent_to, typed):
        context = {"form": StatusForm(), "is_stale": True}
    return render(request, "inquiries/conversation/status.html", context, status=status)


def sign_out(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Close the message on this device, so that going back or resubmitting a page doesn't show it."""
    inquiry.patient_signed_out()
    context = {"form": StatusForm(), "signed_out": True}
    response = render(request, "inquiries/conversation/status.html", context)
    response["Clear-Site-Data"] = '"cache"'
    return response


def ticket_for(inquiry: Inquiry) -> str:
    """Return a page's signed ticket, valid until it expires or the patient gets a new reading code."""
    return TICKET.sign(f"{inquiry.pk}.{milliseconds()}.{inquiry.reading_code_hash[:12]}")


def inquiry_from_ticket(ticket: str, *, even_if_expired: bool = False) -> Inquiry | None:
    """Return the inquiry of a valid ticket, or None."""
    try:
        pk, rendered_at, code = TICKET.unsign(ticket).split(".")
    except signing.BadSignature:
        return None
    inquiry = Inquiry.objects.filter(pk=pk).first()
    if not inquiry or even_if_expired:
        return inquiry
    is_valid = inquiry.reading_code_hash[:12] == code and not is_expired(int(rendered_at), inquiry)
    return inquiry if is_valid else None


def was_sent_before_sign_out(inquiry: Inquiry, text: str) -> bool:
    """Return whether the patient has already added this text, and has signed out on a device."""
    added = inquiry.events.filter(kind=EventKind.WROTE)
    return bool(text and inquiry.signed_out_at) and any(event.get_text_display() == text for event in added)


def is_expired(rendered_at: int, inquiry: Inquiry) -> bool:
    """Return whether a page from `rendered_at` (ms) is too old, or older than the patient's sign-out."""
    if milliseconds() - rendered_at > PAGE_MAX_AGE_MS:
        return True
    return bool(inquiry.signed_out_at and rendered_at <= milliseconds(inquiry.signed_out_at))


def render_conversation(
    request: HttpRequest, inquiry: Inquiry, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Return the patient's page with the inquiry's status, messages and possible actions."""
    events = list(inquiry.events.filter(kind__in=CONVERSATION))
    newest = events[-1].kind if events else None
    context = {
        "inquiry": inquiry,
        "events": events,
        "stage": stage_sentence(inquiry, newest),
        "may_withdraw": inquiry.status != Status.CLOSED and newest != EventKind.WITHDRAWN,
        "ticket": ticket_for(inquiry),
        "form": AddForm(),
        **context,
    }
    return render(request, "inquiries/conversation/conversation.html", context, status=status)


def stage_sentence(inquiry: Inquiry, newest: str | None) -> str:
    if newest == EventKind.WITHDRAWN:
        return str(_("You told us you don't need an answer. If you change your mind, write to us below."))
    if inquiry.status == Status.CLOSED:
        return str(_("We've closed this. Write to us below if you still need something."))
    if newest == EventKind.REPLIED:
        return str(_("We've answered. Our answer is below."))
    if inquiry.opened_at:
        return str(_("We're working on your message."))
    return str(_("We have your message, but we haven't read it yet."))

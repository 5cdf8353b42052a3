"""The patient's side of a conversation: open a reply, check on an inquiry, write back, withdraw.

No account, no session, no cookie: a link or a reference plus the reading code open the page, which then
carries a signed ticket for what the patient does next. Opening is a POST: mail scanners follow links.
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
from inquiries.public.advice import help_now, help_now_of
from inquiries.public.form.fields import AsTypedField, NumberOrNoneField
from inquiries.public.form.inquiry_form import MESSAGE_LENGTH

logger = logging.getLogger(__name__)
TICKET = signing.Signer(salt="inquiries.open_page")
OPEN_FOR = 30 * 60 * 1000  # milliseconds: time to write an answer
WRONG = _("That reference and reading code don't match. Check both, or call us.")
WRONG_CODE = _("That isn't the reading code of this message. Check it, or call us.")
WITHDRAWN = _("Thank you for telling us. We won't call you about this message.")
URGENT_WITHDRAWN = _("Thank you for telling us. Your message may be urgent, so we may still call you.")
LOCKED = _("Too many wrong codes. Call us, and we'll give you a new one.")


def milliseconds(moment: datetime | None = None) -> int:
    return round((moment or timezone.now()).timestamp() * 1000)


class CodeForm(forms.Form):
    code = AsTypedField(
        label=_("Reading code"),
        help_text=_("Six letters and digits. You saw it when you sent your message, or we gave it to you."),
        error_messages={"required": _("Enter your reading code.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        max_length=50,
    )
    drawn = NumberOrNoneField(initial=milliseconds, required=False)

    def is_stale(self, inquiry: Inquiry) -> bool:
        """Whether somebody has gone back to a form that the patient filled in, on a shared device."""
        drawn = self.cleaned_data["drawn"]
        return drawn is not None and is_over(drawn, inquiry)


class StatusForm(CodeForm):
    reference = AsTypedField(
        label=_("Reference"),
        help_text=_("Eight letters and digits, for example K7Q4-M9XP."),
        error_messages={"required": _("Enter your reference.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        max_length=50,
    )
    field_order = ["reference", "code"]


class AddForm(forms.Form):
    message = AsTypedField(
        label=_("Write to us"),
        error_messages={"required": _("Write your message first.")},
        widget=forms.Textarea(attrs={"rows": 6, "data-max-length": MESSAGE_LENGTH}),
        longest=MESSAGE_LENGTH,
    )


def private(view):
    """Keep the page out of caches and search engines."""

    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return csrf_exempt(never_cache(require_http_methods(["GET", "HEAD", "POST"])(marked)))


@private
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """Open a reply with its link and the reading code."""
    found = Reply.objects.with_token(token)
    if not found or not found.is_open:
        reason = "locked" if found and found.is_locked else "expired"
        return render(request, "inquiries/conversation/link_expired.html", {"reason": reason}, status=410)
    is_ours = request.method == "POST" and not is_from_other_site(request)
    wants_text = is_ours and "text_code" in request.POST
    if wants_text:
        queue.text_code(found)
    form = CodeForm(request.POST if is_ours and not wants_text else None)
    is_stale = form.is_valid() and form.is_stale(found.inquiry)
    if is_stale:
        form = CodeForm()
    elif form.is_valid():
        if found.inquiry.check_reading_code(form.cleaned_data["code"], found):
            found.inquiry.patient_opened(found)
            return conversation(request, found.inquiry)
        found.refresh_from_db()
        form.add_error("code", LOCKED if found.is_locked else WRONG_CODE)
    context = {"form": form, "reply": found, "was_texted": wants_text, "is_stale": is_stale}
    return render(request, "inquiries/conversation/enter_code.html", context)


@private
def status(request: HttpRequest) -> HttpResponse:
    """Show where an inquiry stands, to a visitor with its reference and reading code."""
    if "ticket" in request.POST and not is_from_other_site(request):
        try:
            return act(request)
        except Exception:  # the patient must not lose what they typed
            logger.exception("What a patient added could not be stored")
            return not_sent(request, status=503)
    form, is_stale = StatusForm(request.POST if request.method == "POST" else None), False
    typed = request.POST.get("message", "")  # on a page that was open for too long: see not_sent
    if request.method == "POST" and not is_from_other_site(request) and form.is_valid():
        reference = references.normalize(form.cleaned_data["reference"])
        inquiry = Inquiry.objects.filter(reference=reference).exclude(reading_code_hash="").first()
        # The same words whether the reference or the code is wrong: references can't be tried out.
        if not (inquiry and inquiry.check_reading_code(form.cleaned_data["code"])):
            form.add_error(None, WRONG)
        elif is_stale := form.is_stale(inquiry):
            form, typed = StatusForm(), "" if was_sent_and_closed(inquiry, typed) else typed
        else:
            return conversation(request, inquiry, form=AddForm(initial={"message": typed}))
    context = {"form": form, "is_stale": is_stale, "typed": typed}
    return render(request, "inquiries/conversation/status.html", context)


def act(request: HttpRequest) -> HttpResponse:
    """Write back, withdraw or sign out. A page that was open for too long gives back what was typed."""
    inquiry = inquiry_of(request.POST["ticket"])
    if not inquiry:
        return not_sent(request, status=403, sent_to=inquiry_of(request.POST["ticket"], even_if_expired=True))
    if "sign_out" in request.POST:
        return sign_out(request, inquiry)
    if "withdraw" in request.POST:
        queue.patient_withdrew(inquiry)
        advice = help_now_of(inquiry) if inquiry.needs_urgent_call else None
        done = URGENT_WITHDRAWN if inquiry.needs_urgent_call else WITHDRAWN
        return conversation(request, inquiry, advice=advice, done=done)
    answer, advice = AddForm(request.POST), help_now(request.POST.get("message", ""))
    if not answer.is_valid():
        return conversation(request, inquiry, form=answer, advice=advice, status=422)
    queue.patient_wrote(inquiry, answer.cleaned_data["message"])
    return conversation(request, inquiry, advice=advice, done=_("We have your message."))


def not_sent(request: HttpRequest, *, status: int, sent_to: Inquiry | None = None) -> HttpResponse:
    """Give back what was typed, below the advice it calls for: the page is too old, or something broke.

    Not words that are in the inquiry `sent_to` already, once its patient has closed it on a device: on a
    shared one, the next person may send the page again.
    """
    typed = request.POST.get("message", "")
    context = {"form": StatusForm(), "typed": typed, "advice": help_now(typed), "not_sent": status}
    if sent_to and was_sent_and_closed(sent_to, typed):
        context = {"form": StatusForm(), "is_stale": True}
    return render(request, "inquiries/conversation/status.html", context, status=status)


def sign_out(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Close the message on this device: going back, or sending a page again, shows nothing of it."""
    inquiry.patient_signed_out()
    context = {"form": StatusForm(), "signed_out": True}
    response = render(request, "inquiries/conversation/status.html", context)
    response["Clear-Site-Data"] = '"cache"'
    return response


def ticket_for(inquiry: Inquiry) -> str:
    """Sign what an open page acts with, until it's too old or the patient gets a new reading code."""
    return TICKET.sign(f"{inquiry.pk}.{milliseconds()}.{inquiry.reading_code_hash[:12]}")


def inquiry_of(ticket: str, *, even_if_expired: bool = False) -> Inquiry | None:
    """The inquiry of a ticket that still works, or, `even_if_expired`, of any that we have signed."""
    try:
        pk, drawn, code = TICKET.unsign(ticket).split(".")
    except signing.BadSignature:
        return None
    inquiry = Inquiry.objects.filter(pk=pk).first()
    if not inquiry or even_if_expired:
        return inquiry
    works = inquiry.reading_code_hash[:12] == code and not is_over(int(drawn), inquiry)
    return inquiry if works else None


def was_sent_and_closed(inquiry: Inquiry, text: str) -> bool:
    """Whether the patient has added these words before, and closed the message on a device."""
    added = inquiry.events.filter(kind=EventKind.WROTE)
    return bool(text and inquiry.signed_out_at) and any(event.get_text_display() == text for event in added)


def is_over(drawn: int, inquiry: Inquiry) -> bool:
    """Whether a page was open for too long, or since before the patient signed out."""
    signed_out = inquiry.signed_out_at
    return milliseconds() - drawn > OPEN_FOR or bool(signed_out and drawn <= milliseconds(signed_out))


def conversation(
    request: HttpRequest, inquiry: Inquiry, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The patient's page: where the inquiry stands, what was said, and what can be done."""
    events = list(inquiry.events.filter(kind__in=CONVERSATION))
    newest = events[-1].kind if events else None
    context = {
        "inquiry": inquiry,
        "events": events,
        "stage": stage_of(inquiry, newest),
        "may_withdraw": inquiry.status != Status.CLOSED and newest != EventKind.WITHDRAWN,
        "ticket": ticket_for(inquiry),
        "form": AddForm(),
        **context,
    }
    return render(request, "inquiries/conversation/conversation.html", context, status=status)


def stage_of(inquiry: Inquiry, newest: str | None) -> str:
    """Received, being read, answered, closed or withdrawn, in the patient's words."""
    if newest == EventKind.WITHDRAWN:
        return str(_("You told us you don't need an answer."))
    if inquiry.status == Status.CLOSED:
        return str(_("We've closed this. Write to us below if you still need something."))
    if newest == EventKind.REPLIED:
        return str(_("We've answered. Our answer is below."))
    if inquiry.opened_at:
        return str(_("We're working on your message."))
    return str(_("We have your message. Nobody has read it yet."))

"""Views for actions: each handles a POST and calls one or two guarded model methods."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from clinic.accounts.names import display_name
from inquiries.desk.actions import ACTIONS, Action
from inquiries.desk.detail.composer import NOTE, ComposerForm
from inquiries.desk.detail.view import InquiryPage
from inquiries.desk.drafts import get_drafts, get_idempotency_key, get_typed_drafts
from inquiries.desk.queue.list_url import next_to_do
from inquiries.email import queue
from inquiries.models import CannedText, Draft, Inquiry, InquiryEvent, StaleInquiry
from inquiries.models.staff.draft import DRAFT_FIELDS, digest_of
from inquiries.models.workflow.guard import AlreadyDone

UNSENT = _("Your reply hasn't been sent. Send it to the patient now, or try again to save it as a draft.")
UNASKED = _("Your question hasn't been sent. Send it to the clinician now, or clear its box.")
ALREADY_DONE = _("You already sent this, so it was not done again. On the timeline: %(event)s.")
REPLY_KEPT = _("Your reply was saved as a draft. It hasn't been sent.")


class Step(NamedTuple):
    action: Action
    form: forms.Form


class ActionView(InquiryPage):
    """Perform an action and redirect to the inquiry, or show the page again with the input and the errors."""

    http_method_names = ["get", "head", "post", "options"]
    action: Action | None = None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Redirect to the inquiry after a sign-in that interrupted an action."""
        return redirect("inquiry:inspect", pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        steps = self.get_steps(request.POST)
        has_errors = any(step.form.errors for step in steps)
        if self.action is not ACTIONS["reply"] and self.has_unsent_reply:
            steps[0].form.add_error(None, UNSENT)
        if self.action is not ACTIONS["ask"] and "ask" in self.get_unsent(request.POST):
            steps[0].form.add_error(None, UNASKED)
        if has_errors or steps[0].form.errors:
            return self.redisplay(steps, status=422)
        check = self.action.confirmation_check if self.action else None
        if check and "confirmed" not in request.POST:
            return self.ask_to_confirm(steps[0], check)
        try:
            with transaction.atomic():
                self.perform(steps)
                self.save_draft(steps)
        except AlreadyDone as done:
            del self.inquiry
            if not matches(steps[0], done.event):
                return self.redisplay(steps, status=409, changes=done.events, idempotency_key=uuid4())
            self.save_draft(steps)
            messages.info(request, ALREADY_DONE % {"event": done.event.describe()})
            return redirect("inquiry:inspect", pk=self.inquiry.pk)
        except StaleInquiry as stale:
            del self.inquiry  # reload it
            return self.redisplay(steps, status=409, changes=stale.events)
        except ValidationError:
            del self.inquiry
            return self.redisplay(steps, status=422)
        return self.redirect_with_messages(steps)

    def redirect_with_messages(self, steps: list[Step]) -> HttpResponse:
        wants_next = self.request.POST.get("after") == "next"
        next_inquiry = next_to_do(self.inquiry, self.request.user) if wants_next else None
        about = f"{self.heading}: " if next_inquiry else ""
        for step in steps:
            text = step.action.success_message_for(self.inquiry)  # may contain a button
            messages.success(self.request, format_html("{}{}", about, text))
        if self.action is not ACTIONS["reply"] and self.request.POST.get("answer", "").strip():
            messages.warning(self.request, f"{about}{REPLY_KEPT}")
        return redirect("inquiry:inspect", pk=(next_inquiry or self.inquiry).pk)

    @property
    def has_unsent_reply(self) -> bool:
        """True if the reply was edited after the page was opened."""
        answer = self.request.POST.get("answer", "")
        return bool(answer.strip()) and digest_of(answer) != self.request.POST.get("draft_shown")

    def get_unsent(self, data: QueryDict) -> dict[str, forms.Form]:
        """Return the forms of a reply and a question that were typed, by action."""
        typed = {"reply": data.get("answer", ""), "ask": data.get("question", "")}
        return {name: ACTIONS[name].form(initial=data.dict()) for name, text in typed.items() if text.strip()}

    def ask_to_confirm(self, step: Step, check: Callable[[Inquiry, dict[str, Any]], None]) -> HttpResponse:
        """Show a confirmation that names the recipient, or the error if the reply can't be sent."""
        data = step.form.cleaned_data
        try:
            check(self.inquiry, data)
        except ValidationError as error:
            step.form.add_error(None, error)
            return self.redisplay([step], status=422)
        return self.redisplay([step], status=200, confirming=True, seen=data["seen"])

    def save_draft(self, steps: list[Step]) -> None:
        """Save the note and the reply as a draft, except texts that these steps saved or sent."""
        saved = {box: "" for step in steps for box in DRAFT_FIELDS if box in step.action.fields}
        Draft.objects.store(self.inquiry.pk, self.user, get_typed_drafts(self.request.POST) | saved)

    def get_steps(self, data: QueryDict) -> list[Step]:
        assert self.action  # set in the URL pattern
        return [Step(self.action, self.action.form(data))]

    def perform(self, steps: list[Step]) -> None:
        """Perform the steps in order. The first one's event gets the page's idempotency key."""
        self.inquiry.idempotency_key = get_idempotency_key(self.request.POST)
        for step in steps:
            data = step.form.cleaned_data | {"by": self.request.user}
            if step is not steps[0]:
                data["seen"] = self.inquiry.newest_event
            try:
                step.action.perform(self.inquiry, **data)
                queue.notify_mentioned(self.inquiry, data.get("text", ""), by=self.user)
            except ValidationError as error:
                step.form.add_error(None, error)
                raise

    def redisplay(self, steps: list[Step], *, status: int, **context: Any) -> HttpResponse:
        self.save_draft([])
        refused = self.get_unsent(self.request.POST) | {step.action.name: step.form for step in steps}
        context = {"idempotency_key": get_idempotency_key(self.request.POST) or uuid4()} | context
        context = self.get_context_data(refused=refused, composer=ComposerForm(self.request.POST), **context)
        return self.render_to_response(context, status=status)


def matches(step: Step, event: InquiryEvent) -> bool:
    """Return False if the user went back in the browser and submitted a different text."""
    data = step.form.cleaned_data
    typed = data.get("answer") or data.get("question") or data.get("text") or ""
    return digest_of(typed) == digest_of(event.get_text_display())


class Compose(ActionView):
    """Save a note or a call and the next step together."""

    any_permission_required = ["handle"]

    def get_steps(self, data: QueryDict) -> list[Step]:
        composer = ComposerForm(data)
        steps = composer.steps() if composer.is_valid() else []
        return [Step(ACTIONS[name], ACTIONS[name].form(step_data)) for name, step_data in steps] or [
            Step(ACTIONS[NOTE], composer)
        ]


class InsertSavedText(ActionView):
    """Search saved texts, or insert one into the reply or the note without saving or sending it."""

    any_permission_required = ["handle"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = request.POST.copy()
        use, text = data.get("find_in", ""), self.get_text(data.get("saved", ""))
        if text:
            use, box = text.use, "answer" if text.use == CannedText.Use.REPLY else "text"
            filled_in = text.fill_in(self.inquiry, self.clinic, display_name(self.user))
            data[box] = "\n\n".join(filter(None, [data.get(box, "").rstrip(), filled_in]))
        context: dict[str, Any] = {"composer": ComposerForm(data), "refused": self.get_unsent(data)}
        Draft.objects.store(self.inquiry.pk, self.user, get_typed_drafts(data))
        if use == CannedText.Use.REPLY:
            context["refused"]["reply"] = ACTIONS["reply"].form(initial=data.dict())
        if not text:
            context |= {"find": data.get(f"find_{use}", "").strip()[:100], "find_in": use}
        return self.render_to_response(self.get_context_data(**context))

    def get_text(self, pk: str) -> CannedText | None:
        return CannedText.objects.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 10 else None


class SaveDraft(ActionView):
    """Save a draft, posted by the page's script or by its button."""

    any_permission_required = ["handle"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        inquiry = get_object_or_404(Inquiry.objects.only("pk"), pk=self.kwargs["pk"])
        is_button = "button" in request.POST
        key = None if is_button else get_idempotency_key(request.POST)
        is_kept = Draft.objects.store(inquiry.pk, self.user, get_drafts(request.POST), unless_done=key)
        if not is_button:
            return JsonResponse({}, status=200 if is_kept else 409)
        messages.success(request, _("Draft saved. Only you can see it."))
        if "ask" in self.get_unsent(request.POST):  # a question isn't part of the draft
            return self.redisplay([], status=200)
        return redirect("inquiry:inspect", pk=inquiry.pk)

"""The views behind actions: each takes a POST and calls one or two guarded methods of the model."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from clinic.accounts.names import display_name
from inquiries.desk.actions import ACTIONS, Action
from inquiries.desk.detail.composer import NOTE, ComposerForm
from inquiries.desk.detail.view import InquiryPage
from inquiries.desk.drafts import key_in, typed_in
from inquiries.desk.queue.list_address import next_to_do
from inquiries.email import queue
from inquiries.models import CannedText, Draft, Inquiry, InquiryEvent, StaleInquiry
from inquiries.models.staff.draft import DRAFT_FIELDS, digest_of
from inquiries.models.workflow.guard import AlreadyDone

UNSENT = _("The reply you wrote isn't sent. Send it to the patient now, or try again to keep it as a draft.")
DONE_BEFORE = _("You sent this before, so nothing was done twice. On the timeline: %(event)s.")
STILL_UNSENT = _("Your reply is kept as a draft. It isn't sent.")


class Step(NamedTuple):
    action: Action
    form: forms.Form


class ActionView(InquiryPage):
    """Do it and show the inquiry; or show it with what was typed and why nothing was done."""

    http_method_names = ["get", "head", "post", "options"]
    action: Action | None = None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Redirect to the inquiry after a sign-in that interrupted an action."""
        return redirect("inquiry:inspect", pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        steps = self.get_steps(request.POST)
        refused = any(step.form.errors for step in steps)
        if self.action is not ACTIONS["reply"] and self.unsent_reply:
            steps[0].form.add_error(None, UNSENT)
        if refused or steps[0].form.errors:
            return self.again(steps, status=422)
        check = self.action.asks_first if self.action else None
        if check and "confirmed" not in request.POST:
            return self.ask_first(steps[0], check)
        try:
            with transaction.atomic():
                self.perform(steps)
                self.keep_draft(steps)
        except AlreadyDone as before:
            del self.inquiry
            if not says(steps[0], before.event):
                return self.again(steps, status=409, changes=before.events, idempotency_key=uuid4())
            self.keep_draft(steps)
            messages.info(request, DONE_BEFORE % {"event": before.event.describe()})
            return redirect("inquiry:inspect", pk=self.inquiry.pk)
        except StaleInquiry as stale:
            del self.inquiry  # show it as it is now
            return self.again(steps, status=409, changes=stale.events)
        except ValidationError:
            del self.inquiry
            return self.again(steps, status=422)
        return self.say_done(steps)

    def say_done(self, steps: list[Step]) -> HttpResponse:
        for step in steps:
            messages.success(self.request, step.action.done_to(self.inquiry))
        if self.action is not ACTIONS["reply"] and self.request.POST.get("answer", "").strip():
            messages.warning(self.request, STILL_UNSENT)
        wants_next = self.request.POST.get("after") == "next"
        following = next_to_do(self.inquiry, self.request.user) if wants_next else None
        return redirect("inquiry:inspect", pk=(following or self.inquiry).pk)

    @property
    def unsent_reply(self) -> bool:
        """Whether a reply was written since the page was opened, and another button was pressed."""
        answer = self.request.POST.get("answer", "")
        return bool(answer.strip()) and digest_of(answer) != self.request.POST.get("draft_shown")

    def ask_first(self, step: Step, check: Callable[[Inquiry, dict[str, Any]], None]) -> HttpResponse:
        """Say who will read it, on the page as it was seen; or at once why it can't be sent."""
        answers = step.form.cleaned_data
        try:
            check(self.inquiry, answers)
        except ValidationError as error:
            step.form.add_error(None, error)
            return self.again([step], status=422)
        return self.again([step], status=200, confirming=True, seen=answers["seen"])

    def keep_draft(self, steps: list[Step]) -> None:
        """Keep what is in the boxes for a note and a reply, except what these steps saved or sent."""
        saved = {box: "" for step in steps for box in DRAFT_FIELDS if box in step.action.fields}
        Draft.objects.store(self.inquiry.pk, self.user, typed_in(self.request.POST) | saved)

    def get_steps(self, data: QueryDict) -> list[Step]:
        assert self.action  # given by the address
        return [Step(self.action, self.action.form(data))]

    def perform(self, steps: list[Step]) -> None:
        """Do the steps one after the other. The first one's event gets the page's key."""
        self.inquiry.idempotency_key = key_in(self.request.POST)
        for step in steps:
            answers = step.form.cleaned_data | {"by": self.request.user}
            if step is not steps[0]:
                answers["seen"] = self.inquiry.newest_event
            try:
                step.action.do(self.inquiry, **answers)
                queue.notify_mentioned(self.inquiry, answers.get("text", ""), by=self.user)
            except ValidationError as error:
                step.form.add_error(None, error)
                raise

    def again(self, steps: list[Step], *, status: int, **context: Any) -> HttpResponse:
        self.keep_draft([])
        refused: dict[str, forms.Form] = {step.action.name: step.form for step in steps}
        if self.unsent_reply and "reply" not in refused:
            refused["reply"] = ACTIONS["reply"].form(initial=self.request.POST.dict())
        context = {"idempotency_key": key_in(self.request.POST) or uuid4()} | context
        context = self.get_context_data(refused=refused, composer=ComposerForm(self.request.POST), **context)
        return self.render_to_response(context, status=status)


def says(step: Step, event: InquiryEvent) -> bool:
    """Whether the event holds the form's text; False if somebody went back and typed something else."""
    answers = step.form.cleaned_data
    typed = answers.get("answer") or answers.get("question") or answers.get("text") or ""
    return digest_of(typed) == digest_of(event.get_text_display())


class Compose(ActionView):
    """Save what a colleague did (a note or a call) and what happens next, with one button."""

    any_permission_required = ["handle"]

    def get_steps(self, data: QueryDict) -> list[Step]:
        composer = ComposerForm(data)
        steps = composer.steps() if composer.is_valid() else []
        return [Step(ACTIONS[name], ACTIONS[name].form(answers)) for name, answers in steps] or [
            Step(ACTIONS[NOTE], composer)
        ]


class InsertSavedText(ActionView):
    """Look for saved texts, or put one into the reply or the note; nothing is saved or sent."""

    any_permission_required = ["handle"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = request.POST.copy()
        use, text = data.get("find_in", ""), self.get_text(data.get("saved", ""))
        if text:
            use, box = text.use, "answer" if text.use == CannedText.Use.REPLY else "text"
            filled_in = text.fill_in(self.inquiry, self.clinic, display_name(self.user))
            data[box] = "\n\n".join(filter(None, [data.get(box, "").rstrip(), filled_in]))
        context: dict[str, Any] = {"composer": ComposerForm(data)}
        Draft.objects.store(self.inquiry.pk, self.user, typed_in(data))
        if use == CannedText.Use.REPLY or data.get("answer", "").strip():
            context["refused"] = {"reply": ACTIONS["reply"].form(initial=data.dict())}
        if not text:
            context |= {"find": data.get(f"find_{use}", "").strip()[:100], "find_in": use}
        return self.render_to_response(self.get_context_data(**context))

    def get_text(self, pk: str) -> CannedText | None:
        return CannedText.objects.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 10 else None

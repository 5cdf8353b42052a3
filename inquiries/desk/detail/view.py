from datetime import timedelta
from typing import NamedTuple
from uuid import uuid4

from django.conf import settings
from django.db.models import Count, Window
from django.forms import Form
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Revision

from clinic import locations
from clinic.accounts.names import display_name
from inquiries.choices import OPEN, EventKind
from inquiries.desk.actions import ACTIONS, Action
from inquiries.desk.detail.composer import ComposerForm
from inquiries.desk.drafts import get_typed_drafts
from inquiries.desk.forms import get_unique_errors, tomorrow_morning
from inquiries.desk.queue.filters import colleague_choices
from inquiries.models import AccessKind, CannedText, Draft, Inquiry, Presence, RetentionSettings
from inquiries.models.event import newest_message_id, unanswered
from inquiries.models.inquiry.querysets import MAX_LIKELY
from inquiries.models.workflow import RETRACTABLE
from inquiries.models.workflow.contact import display_contact
from inquiries.privacy.logged_views import DeskPage

MAX_RELATED = 5  # duplicates, and inquiries that may be from the same person


class OfferedAction(NamedTuple):
    action: Action
    form: Form
    label: str


class InquiryPage(DeskPage, TemplateView):
    """The patient's message, the timeline, and the available actions."""

    http_method_names = ["get", "head", "options"]
    template_name = "inquiries/admin/inquiry.html"
    page_title = _("Inquiry")
    header_icon = "mail"

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            typed = "\n\n".join(get_typed_drafts(request.POST).values())
            return render(request, "inquiries/admin/inquiry_not_found.html", {"typed": typed}, status=404)

    @cached_property
    def inquiry(self):
        related = Inquiry.objects.select_related("assignee", "page", "duplicate_of")
        return get_object_or_404(related, pk=self.kwargs["pk"])

    def get(self, request, *args, **kwargs):
        Presence.objects.record(self.inquiry, request.user)
        return super().get(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.inquiry.reference  # never a name, because titles end up in logs and browser histories

    @property
    def heading(self) -> str:
        return f"{self.inquiry.name} · {self.inquiry.reference}"

    @property
    def header_buttons(self) -> list[HeaderButton]:
        back = {"data-inquiry-back": f"#inquiry_{self.inquiry.pk}_title"}  # the row's id
        url = reverse("inquiry:index")
        return [HeaderButton(_("Back to list"), url=url, icon_name="arrow-left", attrs=back)]

    @cached_property
    def draft(self) -> Draft | None:
        return Draft.objects.for_user(self.inquiry.pk, self.user)

    def get_actions(self, refused: dict[str, Form]) -> dict[str, list[OfferedAction]]:
        """Return the available actions by section of the page. Refused forms keep their data."""
        sections = {"next": [], "then": [], "reply": [], "more": []}
        soon = timezone.localtime() + timedelta(hours=1)
        tomorrow = tomorrow_morning(self.clinic.hours)
        initial = {
            "wait": {"follow_up_at": soon if self.inquiry.needs_urgent_call else tomorrow},
            "call_back": {"call_back_at": soon},
            "assign": {"to": self.inquiry.assignee_id},
            "reply": {"answer": self.draft.get_answer_display()}
            if self.draft and self.draft.answer
            else None,
            "correct": display_contact(self.inquiry.contact),
            "allow": {
                "allow_voicemail": self.inquiry.voicemail_ok,
                "allow_texts": self.inquiry.texts_ok,
                "allow_plain_email": bool(self.inquiry.plain_email_agreed_at),
            },
            "close": {
                "was_urgent": self.inquiry.was_probably_urgent,
                "place": self.get_place(),
                "tell_patient": bool(self.inquiry.email),
            },
        }
        for action in ACTIONS.values():
            permitted = self.user_has_permission(action.permission)
            is_offered = action.is_offered(self.inquiry) or self.has_text(action, refused)
            if action.section and permitted and is_offered:
                form = refused.get(action.name) or action.form(initial=initial.get(action.name))
                for name in self.get_hidden_fields():
                    form.fields.pop(name, None)
                sections[action.section].append(OfferedAction(action, form, action.label_for(self.inquiry)))
        if self.inquiry.assignee_id == self.request.user.pk:
            sections["next"] = [offered for offered in sections["next"] if offered.action.name != "take"]
        return sections

    def has_text(self, action: Action, refused: dict[str, Form]) -> bool:
        """Return whether an action that isn't possible anymore has text that the page must not hide."""
        has_draft = action.name == "reply" and self.draft and self.draft.answer
        form = refused.get(action.name) if action.section != "then" else None
        return bool(has_draft or (form and form.visible_fields()))

    def get_hidden_fields(self) -> list[str]:
        """Return the names of form fields that don't apply to this inquiry or this clinic."""
        is_hidden = {
            "was_urgent": not self.inquiry.was_flagged,
            "texts_ok": not settings.SMS,
            "allow_texts": not settings.SMS,
            "allow_plain_email": not self.inquiry.plain_email_agreed_at,
        }
        return [name for name, hidden in is_hidden.items() if hidden]

    def get_place(self) -> str:
        """Return the office that the patient chose, with its address, or the first one."""
        name, places = self.inquiry.location_name, locations.office_addresses()
        return next((place for place in places if name and place.startswith(f"{name},")), places[0])

    def get_context_data(self, **kwargs):
        inquiry = self.inquiry
        events = with_corrections(inquiry.events.select_related("bulk").order_by("-pk"))
        same_person, same_person_more = self.get_same_person()
        duplicates = list(inquiry.duplicates.newest_first()[:MAX_RELATED])
        self.shown, self.listed = [inquiry.pk], [other.pk for other in [*same_person, *duplicates]]
        self.newest_shown = {inquiry.pk: newest_message_id(events)}
        context = {
            "inquiry": inquiry,
            "heading": self.heading,
            "events": events,
            "seen": events[0].pk if events else 0,
            "idempotency_key": uuid4(),
            "next": [],
            "reach_by_email": inquiry.reach_by_email,
            "may_handle": self.user_has_permission("handle"),
            "may_see_person": self.user_has_permission("person"),
            "kept_until": self.get_kept_until(events),
            "revision": self.get_revision(),
            "others": Presence.objects.others(inquiry, self.request.user),
            "same_person": same_person,
            "same_person_more": same_person_more,
            "duplicates": duplicates,
            "questions": self.get_questions(events),
            "unanswered": unanswered(events) if inquiry.status in OPEN else {},
            **kwargs,
        }
        if context["may_handle"]:
            refused = kwargs.get("refused", {})
            context["draft"] = self.draft
            context |= self.get_actions(refused)
            context |= {"errors": get_unique_errors(refused.values()), "colleagues": colleague_choices()}
            context["saved"] = self.get_saved_texts(kwargs.get("find", ""), kwargs.get("find_in", ""))
            context["composer"] = (kwargs.get("composer") or ComposerForm()).restrict_to(inquiry)
        return super().get_context_data(**context)

    def get_same_person(self):
        """Return the newest inquiries that may be from the same person, and the number of others as text."""
        found = Inquiry.objects.same_person(self.inquiry).annotate(number=Window(Count("pk")))
        shown = list(found[:MAX_RELATED])
        number = shown[0].number if shown else 0
        more = str(number - len(shown)) if number > len(shown) else ""
        return shown, f"{more}+" if number + 1 >= MAX_LIKELY else more

    def get_questions(self, events):
        if not any(event.kind == EventKind.ASKED for event in events):
            return []  # saves a query
        return self.inquiry.questions.select_related("event", "clinician", "answer")

    def get_kept_until(self, events):
        if self.inquiry.status in OPEN:
            return None
        return RetentionSettings.load(self.request).kept_until(self.inquiry, events)

    def get_saved_texts(self, search: str, use: str) -> dict[str, list[tuple[int, str, str]]]:
        """Return (id, title, filled-in text) by use: texts for this topic, and search results for `use`."""
        texts = CannedText.objects.about(self.inquiry.topic)
        found = CannedText.objects.filter(use=use).find(search)
        colleague = display_name(self.user)
        saved = {each: [] for each in CannedText.Use.values}
        for text in [*texts.exclude(use=use), *found] if search else texts:
            filled_in = text.fill_in(self.inquiry, self.clinic, colleague)
            saved[text.use].append((text.pk, text.title, filled_in))
        return saved

    def get_revision(self):
        revisions = Revision.objects.filter(pk=self.inquiry.page_revision).only("created_at")
        return revisions.first() if self.inquiry.page_revision else None


def with_corrections(events):
    """Return the events, each with the event that marks it as entered in error as its `correction`."""
    events = list(events)
    corrections = {event.corrects_id: event for event in events if event.corrects_id}
    for event in events:
        event.correction = corrections.get(event.pk)
        event.can_be_retracted = event.kind in RETRACTABLE and not event.correction
    return events


class PrintPage(InquiryPage):
    """The inquiry on one sheet of paper: long messages in small type, and the newest events that fit."""

    access = AccessKind.PRINTED
    template_name = "inquiries/admin/print.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["size"], room = print_size(lines_of(self.inquiry.get_message_display()))
        shown = []
        for event in context["events"]:
            room -= 1 + len(list(event.shown_changes())) + lines_of(event.get_text_display())
            if room < 0:
                break
            shown.append(event)
        context["is_paper"] = True
        earlier = context["events"][len(shown) :]
        if newest_message_id(earlier):
            self.newest_shown = None  # not all of the patient's additions are on the paper
        context["earlier"] = len(earlier)
        context["events"] = shown
        return context


def lines_of(text, width=80):
    """Estimate the number of printed lines. Wide characters count double."""
    return sum(1 + sum(2 if ord(c) > 0x1100 else 1 for c in line) // width for line in text.splitlines())


def print_size(lines):
    """Return the type size for a message of `lines` lines, and how many timeline lines fit below it."""
    max_lines = {"large": 24, "medium": 44, "small": 60, "smallest": 150}
    # "flowing" drops the message's line breaks.
    size = next((name for name, maximum in max_lines.items() if lines <= maximum), "flowing")
    return size, {"large": 30 - lines, "medium": 18, "small": 10, "smallest": 6, "flowing": 6}[size]

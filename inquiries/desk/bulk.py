"""What can be done to many inquiries at once; each goes through the same guarded method as one alone."""

from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction as WagtailBulkAction

from clinic.numbers import number_in
from inquiries import email_queue
from inquiries.choices import Status
from inquiries.desk import pagination, sealed_search, tabs
from inquiries.desk.base import DeskMixin
from inquiries.desk.filters import InquiryFilterSet
from inquiries.desk.forms import AssignForm, CloseForm, NoteForm, WaitForm
from inquiries.models import BulkAction, Inquiry
from inquiries.models.bulk import CAP

# The addresses of lists that inquiries are ticked in.
LISTS = {f"inquiry:{name}" for name in ["index", "index_results", "view", "view_results"]}


class SeenOfEachField(forms.CharField):
    """{inquiry: its newest event} of what was shown to confirm, as "12-340,13-338"; no other is touched.

    One number for all would not do: events are numbered when they are written, and seen when they are
    committed, so that a colleague's may have a lower number than one that is seen before it.
    """

    widget = forms.HiddenInput

    def to_python(self, value):
        pairs = [
            [number_in(part) for part in pair.split("-")] for pair in super().to_python(value).split(",")
        ]
        if len(pairs) > CAP or any(len(pair) != 2 or None in pair for pair in pairs):
            raise forms.ValidationError(_("This page did not say what it was showing. Start again."))
        return dict(pairs)


class BulkForm(forms.Form):
    seen = SeenOfEachField()


class DeskBulkAction(DeskMixin, WagtailBulkAction):
    """Confirm, then change. What is confirmed is what is listed under the filters now, at most CAP."""

    any_permission_required = ["handle"]
    models = [Inquiry]
    template_name = "inquiries/admin/bulk.html"
    extra_form = None  # the single action's form, whose fields are asked for here too
    question = ""
    done = ""

    def get_form_class(self):
        extra = self.extra_form
        return type(f"Bulk{extra.__name__}", (BulkForm, extra), {}) if extra else BulkForm

    def get_initial(self):
        seen = Inquiry.objects.filter(pk__in=self.chosen).values_list("pk", Max("events", default=0))
        return {"seen": ",".join(f"{pk}-{event}" for pk, event in seen)}

    @cached_property
    def chosen(self):
        """The ids of what the list had selected, in the list's order."""
        return self.wanted[:CAP]

    @cached_property
    def wanted(self):
        """The same, and one more where there are more than can be done at once."""
        ids = self.request.GET.getlist("id")
        if "all" in ids:
            return list(self.matching().values_list("pk", flat=True)[: CAP + 1])
        wanted = [pk for pk in map(number_in, ids) if pk is not None]
        return list(Inquiry.objects.filter(pk__in=wanted).values_list("pk", flat=True)[: CAP + 1])

    def matching(self):
        """What the list showed: its view, its filters and its search."""
        listed = urlsplit(self.next_url)
        query = QueryDict(listed.query)
        search = sealed_search.unsealed(query.get(sealed_search.PARAMETER, ""), self.request.user)
        try:
            match = resolve(listed.path)
        except Resolver404:
            return Inquiry.objects.none()
        name = match.kwargs.get("view", tabs.DEFAULT)
        if match.view_name not in LISTS or name not in tabs.TABS:
            return Inquiry.objects.none()
        found = tabs.inquiries_in("all" if search else name, self.request.user)
        found = pagination.older(found, query.get(pagination.PARAMETER, ""))
        filters = InquiryFilterSet(query, queryset=found, request=self.request)
        if not filters.is_valid():
            return found.none()
        found = filters.filter_queryset(found)
        return found.search(search) if search else found

    def get_context_data(self, **kwargs):
        form = kwargs.get("form") or self.get_form()
        self.shown = self.chosen
        inquiries = Inquiry.objects.filter(pk__in=self.chosen).in_order_of_work()
        return {
            "form": form,
            "inquiries": inquiries.only("reference", "name", "status"),
            "number": len(self.chosen),
            "cap": CAP,
            "is_capped": len(self.wanted) > CAP,
            "question": self.question,
            "button": self.display_name,
            "next": self.next_url,
            "submit_url": self.request.get_full_path(),
        }

    def form_valid(self, form):
        answers = form.cleaned_data.copy()
        seen = answers.pop("seen")
        inquiries = Inquiry.objects.filter(pk__in=seen)
        bulk = BulkAction.objects.perform(
            inquiries, self.change(answers), by=self.request.user, seen=seen, name=str(self.display_name)
        )
        tell(self.request, bulk)
        return redirect(self.next_url)

    def change(self, answers):
        """A function of (inquiry, seen, bulk) that does it to one."""
        raise NotImplementedError

    def move(self, status, **answers):
        by = self.request.user
        return lambda inquiry, **how: inquiry.change_status(status, by=by, **answers, **how)


def tell(request, bulk):
    number = bulk.changed
    text = ngettext("%(number)s inquiry is changed.", "%(number)s inquiries are changed.", number)
    if number:
        messages.success(request, text % {"number": number})
    if bulk.skipped:
        left = "; ".join(f"{reference}: {why}" for reference, why in bulk.skipped[:10])
        more = len(bulk.skipped) - 10
        left += _(" – and %(number)s more") % {"number": more} if more > 0 else ""
        messages.warning(request, _("Left alone: %(left)s") % {"left": left})


class AssignMany(DeskBulkAction):
    display_name = gettext_lazy("Assign")
    action_type = "assign"
    aria_label = gettext_lazy("Assign the selected inquiries")
    action_priority = 10
    extra_form = AssignForm
    question = gettext_lazy("Who should answer these inquiries?")

    def change(self, answers):
        return lambda inquiry, **how: inquiry.assign(answers["to"], by=self.request.user, **how)


class WaitMany(DeskBulkAction):
    display_name = gettext_lazy("Wait")
    action_type = "wait"
    aria_label = gettext_lazy("Let the selected inquiries wait for the patient")
    action_priority = 20
    extra_form = WaitForm
    question = gettext_lazy("When should these inquiries come back?")

    def change(self, answers):
        return self.move(Status.WAITING, **answers)


class CloseMany(DeskBulkAction):
    display_name = gettext_lazy("Close")
    action_type = "close"
    aria_label = gettext_lazy("Close the selected inquiries")
    action_priority = 30
    extra_form = CloseForm
    question = gettext_lazy("How did these inquiries end?")

    def change(self, answers):
        return self.move(Status.CLOSED, **answers)


class WorkMany(DeskBulkAction):
    display_name = gettext_lazy("In progress")
    action_type = "work"
    aria_label = gettext_lazy("Set the selected inquiries to in progress")
    action_priority = 40
    question = gettext_lazy("Set these inquiries to “In progress”?")

    def change(self, answers):
        return self.move(Status.IN_PROGRESS)


class NoteMany(DeskBulkAction):
    display_name = gettext_lazy("Add a note")
    action_type = "note"
    aria_label = gettext_lazy("Add a note to the selected inquiries")
    action_priority = 50
    extra_form = NoteForm
    question = gettext_lazy("Which note should stand on these inquiries?")

    def change(self, answers):
        return lambda inquiry, **how: inquiry.add_note(answers["text"], by=self.request.user, **how)


class SpamMany(DeskBulkAction):
    display_name = gettext_lazy("Spam")
    action_type = "spam"
    aria_label = gettext_lazy("Mark the selected inquiries as spam")
    action_priority = 60
    question = gettext_lazy("Mark these inquiries as spam?")

    def change(self, answers):
        return self.move(Status.SPAM)


class NotSpamMany(DeskBulkAction):
    display_name = gettext_lazy("Not spam")
    action_type = "not_spam"
    aria_label = gettext_lazy("Give the selected inquiries back to the queue")
    action_priority = 70
    question = gettext_lazy(
        "Put these inquiries back among the new ones? Letters that were kept back are sent."
    )

    def change(self, answers):
        return lambda inquiry, **how: email_queue.not_spam(inquiry, by=self.request.user, **how)


BULK_ACTIONS = [AssignMany, WaitMany, CloseMany, WorkMany, NoteMany, SpamMany, NotSpamMany]


@require_POST
def undo(request):
    """Undo the last bulk action of this colleague."""
    last = BulkAction.objects.last_of(request.user)
    if not last:
        raise PermissionDenied
    given_back, left_alone = last.undo(by=request.user)
    text = ngettext("%(number)s inquiry is as before.", "%(number)s inquiries are as before.", given_back)
    messages.success(request, text % {"number": given_back})
    if left_alone:
        text = _("%(number)s left alone: someone has worked on them since.")
        messages.warning(request, text % {"number": left_alone})
    return redirect("inquiry:index")

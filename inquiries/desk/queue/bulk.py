"""The actions that can be done to many inquiries at once, through the same guarded methods as one alone."""

from functools import partial

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Prefetch
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _, ngettext
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction as WagtailBulkAction

from clinic.models import ClinicSettings
from clinic.text.numbers import number_in
from inquiries.choices import EventKind
from inquiries.desk.actions import ACTIONS, Action, Many, done_text
from inquiries.desk.forms import tomorrow_morning
from inquiries.desk.queue.list_address import inquiries_listed_at
from inquiries.models import AccessKind, BulkAction, Inquiry, InquiryEvent
from inquiries.models.event import newest_message_id
from inquiries.models.staff.bulk_action import MAX_INQUIRIES
from inquiries.privacy.logged_views import LoggedViewMixin


class SeenOfEachField(forms.CharField):
    """{inquiry: its newest event} of those shown to confirm, as "12-340,13-338"; no others are changed.

    One number for all wouldn't do: an event is numbered when it's written, and seen once it's committed, so a
    colleague's event may show up later with a lower number.
    """

    widget = forms.HiddenInput

    def to_python(self, value):
        pairs = [
            [number_in(part) for part in pair.split("-")] for pair in super().to_python(value).split(",")
        ]
        if len(pairs) > MAX_INQUIRIES or any(len(pair) != 2 or None in pair for pair in pairs):
            raise forms.ValidationError(
                _("Something was missing from that page. Go back to the queue and try again.")
            )
        return dict(pairs)


class DeskBulkAction(LoggedViewMixin, WagtailBulkAction):
    """Confirm, then change: what is listed under the filters now, at most MAX_INQUIRIES."""

    any_permission_required = ["handle"]
    models = [Inquiry]
    template_name = "inquiries/admin/bulk.html"
    access = AccessKind.LISTED
    action: Action
    many: Many

    def get_form_class(self):
        fields = {"seen": SeenOfEachField()} | self.action.fields
        return type(f"{self.action.name.title()}ManyForm", (forms.Form,), fields)

    def get_initial(self):
        seen = Inquiry.objects.filter(pk__in=self.chosen).values_list("pk", Max("events", default=0))
        return {
            "seen": ",".join(f"{pk}-{event}" for pk, event in seen),
            "follow_up_at": tomorrow_morning(ClinicSettings.recent().hours),
        }

    @cached_property
    def chosen(self):
        """The ids of what the list had selected, in the list's order."""
        return self.wanted[:MAX_INQUIRIES]

    @cached_property
    def wanted(self):
        """Return the selected ids: at most MAX_INQUIRIES + 1, to detect that the limit was exceeded."""
        ids = self.request.GET.getlist("id")
        if "all" in ids:
            return list(
                inquiries_listed_at(self.next_url, self.request.user).values_list("pk", flat=True)[
                    : MAX_INQUIRIES + 1
                ]
            )
        wanted = [pk for pk in map(number_in, ids) if pk is not None]
        return list(Inquiry.objects.filter(pk__in=wanted).values_list("pk", flat=True)[: MAX_INQUIRIES + 1])

    def get_context_data(self, **kwargs):
        form = kwargs.get("form") or self.get_form()
        self.shown = self.chosen
        inquiries = Inquiry.objects.filter(pk__in=self.chosen).in_queue_order()
        shows_messages = self.many.shows_messages
        ends_work = self.many.ends_work
        if shows_messages:
            wrote = InquiryEvent.objects.filter(kind=EventKind.WROTE)
            inquiries = inquiries.prefetch_related(Prefetch("events", wrote, to_attr="additions"))
            # A message that is shown counts as opened.
            self.access = AccessKind.VIEWED
            self.newest_shown = {inquiry.pk: newest_message_id(inquiry.additions) for inquiry in inquiries}
        return {
            "form": form,
            "inquiries": inquiries if shows_messages or ends_work else inquiries.defer("message"),
            "shows_messages": shows_messages,
            "shows_beginnings": ends_work,
            "never_answered": inquiries.never_answered().count() if ends_work else 0,
            "not_opened": inquiries.not_opened().count() if ends_work else 0,
            "to_call": inquiries.needing_urgent_call().count() if ends_work or shows_messages else 0,
            "to_judge": inquiries.urgency_unlabeled().count() if ends_work else 0,
            "booked": inquiries.with_upcoming_appointment().count() if ends_work else 0,
            "number": len(self.chosen),
            "cap": MAX_INQUIRIES,
            "is_capped": len(self.wanted) > MAX_INQUIRIES,
            "question": self.many.question,
            "button": self.display_name,
            "next": self.next_url,
            "submit_url": self.request.get_full_path(),
        }

    def form_valid(self, form):
        answers = form.cleaned_data.copy()
        seen = answers.pop("seen")
        inquiries = Inquiry.objects.filter(pk__in=seen)
        how = answers | {"by": self.request.user}
        change = partial(self.action.do, **how)
        bulk = BulkAction.objects.perform(
            inquiries, change, by=self.request.user, seen=seen, name=self.action.name
        )
        if bulk.changed:
            messages.success(self.request, f"{done_text(bulk)}.")
        tell_skipped(self.request, bulk)
        return redirect(self.next_url)


def tell_skipped(request, bulk):
    if bulk.skipped:
        left = "; ".join(f"{reference}: {why}" for reference, why in bulk.skipped[:10])
        more = len(bulk.skipped) - 10
        left += _(" – and %(number)s more") % {"number": more} if more > 0 else ""
        messages.warning(request, _("Not changed: %(left)s") % {"left": left})


def bulk_action(action: Action, many: Many, position: int) -> type[DeskBulkAction]:
    attrs = {
        "action": action,
        "many": many,
        "display_name": many.label or action.label,
        "action_type": action.name,
        "aria_label": many.aria_label,
        "action_priority": position,
    }
    return type(f"{action.name.title()}Many", (DeskBulkAction,), attrs)


BULK_ACTIONS = [
    bulk_action(action, action.many, position)
    for position, action in enumerate(ACTIONS.values())
    if action.many
]


def undo(request):
    """Undo this colleague's last bulk action, and show the list it is undone from."""
    if request.method == "POST":
        last = BulkAction.objects.undoable_by(request.user)
        if not last:
            raise PermissionDenied
        given_back = last.undo(by=request.user)
        text = ngettext("%(number)s inquiry changed back.", "%(number)s inquiries changed back.", given_back)
        messages.success(request, text % {"number": given_back})
        tell_skipped(request, last)
    address = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        address = reverse("inquiry:index")
    return redirect(address)

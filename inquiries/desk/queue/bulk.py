"""Bulk actions, which call the same guarded model methods as actions on one inquiry."""

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
from clinic.text.numbers import parse_number
from inquiries.choices import EventKind
from inquiries.desk.actions import ACTIONS, Action, BulkOptions, bulk_summary
from inquiries.desk.forms import tomorrow_morning
from inquiries.desk.queue.list_url import inquiries_listed_at
from inquiries.models import AccessKind, BulkAction, Inquiry, InquiryEvent
from inquiries.models.event import mark_unanswered, newest_message_id
from inquiries.models.staff.bulk_action import MAX_INQUIRIES
from inquiries.privacy.logged_views import LoggedViewMixin


class SeenEventsField(forms.CharField):
    """{inquiry id: newest event id} of the inquiries to confirm, serialized as "12-340,13-338".

    One maximum for all inquiries wouldn't work: an event gets its id before it's committed, so a colleague's
    event may become visible later with a lower id.
    """

    widget = forms.HiddenInput

    def to_python(self, value):
        pairs = [
            [parse_number(part) for part in pair.split("-")] for pair in super().to_python(value).split(",")
        ]
        if len(pairs) > MAX_INQUIRIES or any(len(pair) != 2 or None in pair for pair in pairs):
            raise forms.ValidationError(
                _("Something was missing from that page. Go back to the queue and try again.")
            )
        return dict(pairs)


class DeskBulkAction(LoggedViewMixin, WagtailBulkAction):
    """Ask for confirmation, then change only the inquiries that the confirmation page listed."""

    any_permission_required = ["handle"]
    models = [Inquiry]
    template_name = "inquiries/admin/bulk.html"
    access = AccessKind.LISTED
    action: Action
    options: BulkOptions

    def get_form_class(self):
        fields = {"seen": SeenEventsField()} | self.action.fields
        return type(f"{self.action.name.title()}BulkForm", (forms.Form,), fields)

    def get_initial(self):
        seen = Inquiry.objects.filter(pk__in=self.chosen).values_list("pk", Max("events", default=0))
        return {
            "seen": ",".join(f"{pk}-{event}" for pk, event in seen),
            "to": self.request.user.pk,
            "follow_up_at": tomorrow_morning(ClinicSettings.recent().hours),
        }

    @cached_property
    def chosen(self):
        """The ids of the selected inquiries, at most MAX_INQUIRIES."""
        return self.selected[:MAX_INQUIRIES]

    @cached_property
    def selected(self):
        """The selected ids, at most MAX_INQUIRIES + 1 (the extra one shows that the limit was exceeded)."""
        ids = self.request.GET.getlist("id")
        if "all" in ids:
            inquiries = inquiries_listed_at(self.next_url, self.request.user)
        else:
            inquiries = Inquiry.objects.filter(pk__in=[pk for pk in map(parse_number, ids) if pk is not None])
        return list(inquiries.values_list("pk", flat=True)[: MAX_INQUIRIES + 1])

    def get_context_data(self, **kwargs):
        form = kwargs.get("form") or self.get_form()
        self.shown = self.chosen
        inquiries = Inquiry.objects.filter(pk__in=self.chosen).in_queue_order()
        shows_messages = self.options.shows_messages
        closes_inquiries = self.options.closes_inquiries
        if shows_messages:
            wrote = InquiryEvent.objects.filter(kind=EventKind.WROTE)
            inquiries = inquiries.prefetch_related(Prefetch("events", wrote, to_attr="additions"))
            # Showing the full message counts as opening the inquiry.
            self.access = AccessKind.VIEWED
            self.newest_shown = {inquiry.pk: newest_message_id(inquiry.additions) for inquiry in inquiries}
        if closes_inquiries:
            mark_unanswered(inquiries)
        return {
            "form": form,
            "inquiries": inquiries if shows_messages or closes_inquiries else inquiries.defer("message"),
            "shows_messages": shows_messages,
            "shows_excerpts": closes_inquiries,
            "never_answered": inquiries.never_answered().count() if closes_inquiries else 0,
            "wrote_back": sum("wrote" in each.unanswered for each in inquiries) if closes_inquiries else 0,
            "not_opened": inquiries.not_opened().count() if closes_inquiries else 0,
            "to_call": inquiries.needing_urgent_call().count() if closes_inquiries or shows_messages else 0,
            "to_judge": inquiries.urgency_unlabeled().count() if closes_inquiries else 0,
            "booked": inquiries.with_upcoming_appointment().count() if closes_inquiries else 0,
            "number": len(self.chosen),
            "cap": MAX_INQUIRIES,
            "is_capped": len(self.selected) > MAX_INQUIRIES,
            "question": self.options.question,
            "button": self.display_name,
            "next": self.next_url,
            "submit_url": self.request.get_full_path(),
        }

    def form_valid(self, form):
        data = form.cleaned_data.copy()
        seen, user = data.pop("seen"), self.request.user
        inquiries = Inquiry.objects.filter(pk__in=seen)
        change = partial(self.action.perform, by=user, **data)
        bulk = BulkAction.objects.perform(inquiries, change, by=user, seen=seen, name=self.action.name)
        if bulk.changed:
            messages.success(self.request, f"{bulk_summary(bulk)}.")
        warn_about_skipped(self.request, bulk)
        if data.get("text") and not bulk.changed:  # the note isn't on any timeline
            again = self.get_form_class()(initial=self.get_initial() | data)
            return self.render_to_response(self.get_context_data(form=again), status=409)
        return redirect(self.next_url)


def warn_about_skipped(request, bulk):
    if bulk.skipped:
        skipped = "; ".join(f"{reference}: {reason}" for reference, reason in bulk.skipped[:10])
        more = len(bulk.skipped) - 10
        skipped += _(" – and %(number)s more") % {"number": more} if more > 0 else ""
        messages.warning(request, _("Not changed: %(left)s") % {"left": skipped})


def bulk_action(action: Action, options: BulkOptions, position: int) -> type[DeskBulkAction]:
    attrs = {
        "action": action,
        "options": options,
        "display_name": options.label or action.label,
        "action_type": action.name,
        "aria_label": options.aria_label,
        "action_priority": position,
    }
    return type(f"{action.name.title()}BulkAction", (DeskBulkAction,), attrs)


BULK_ACTIONS = [
    bulk_action(action, action.bulk, position)
    for position, action in enumerate(ACTIONS.values())
    if action.bulk
]


def undo(request):
    """Undo the user's last bulk action and redirect to the list they came from."""
    if request.method == "POST":
        last = BulkAction.objects.undoable_by(request.user)
        if not last:
            raise PermissionDenied
        restored = last.undo(by=request.user)
        text = ngettext("%(number)s inquiry changed back.", "%(number)s inquiries changed back.", restored)
        messages.success(request, text % {"number": restored})
        warn_about_skipped(request, last)
    url = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        url = reverse("inquiry:index")
    return redirect(url)

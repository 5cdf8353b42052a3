"""Endpoints that open pages poll: counts and new inquiries, viewers of an inquiry, saved drafts."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from clinic.text.numbers import parse_number
from inquiries.desk import alerts
from inquiries.desk.drafts import get_drafts, get_idempotency_key
from inquiries.desk.queue import tabs
from inquiries.models import Draft, Inquiry, Presence
from inquiries.privacy.logged_views import LoggedViewMixin


class QueueUpdates(LoggedViewMixin, View):
    """Return the menu's counts as JSON, and with `?newest=` (an earlier bookmark()) updates for a list."""

    def get(self, request):
        data = {"alarms": alerts.alerts_text(alerts.alert_counts())}
        if "newest" in request.GET:
            data |= alerts.updates_since(request.GET["newest"])
            data["counts"] = tabs.tab_counts(request.user)
        return JsonResponse(data)


class SaveDraft(LoggedViewMixin, View):
    """Save a draft, posted by the page's script or by its button."""

    http_method_names = ["get", "post"]
    any_permission_required = ["handle"]

    def get(self, request, pk):
        """Redirect to the inquiry after a sign-in that interrupted saving."""
        return redirect("inquiry:inspect", pk=pk)

    def post(self, request, pk):
        inquiry = get_object_or_404(Inquiry.objects.only("pk"), pk=pk)
        is_button = "button" in request.POST
        key = None if is_button else get_idempotency_key(request.POST)
        is_kept = Draft.objects.store(inquiry.pk, request.user, get_drafts(request.POST), unless_done=key)
        if not is_button:
            return JsonResponse({}, status=200 if is_kept else 409)
        messages.success(request, _("Draft saved. Only you can see it."))
        return redirect("inquiry:inspect", pk=inquiry.pk)


class InquiryUpdates(LoggedViewMixin, View):
    """Record that the user has the inquiry open; return who else does, and whether it has changed."""

    http_method_names = ["post"]

    def post(self, request, pk):
        inquiry = get_object_or_404(Inquiry.objects.only("pk"), pk=pk)
        Presence.objects.record(inquiry, request.user)
        changed = inquiry.events.filter(pk__gt=parse_number(request.POST.get("seen", "")) or 0).exists()
        return JsonResponse({"others": Presence.objects.others(inquiry, request.user), "changed": changed})

"""Endpoints that open pages poll: counts and new inquiries, viewers of an inquiry."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views import View

from clinic.text.numbers import parse_number
from inquiries.desk import alerts
from inquiries.desk.queue import tabs
from inquiries.models import Inquiry, Presence
from inquiries.privacy.logged_views import LoggedViewMixin


class QueueUpdates(LoggedViewMixin, View):
    """Return the menu's counts as JSON, and with `?newest=` (an earlier bookmark()) updates for a list."""

    def get(self, request):
        data = {"alarms": alerts.alerts_text(alerts.alert_counts())}
        if "newest" in request.GET:
            data |= alerts.updates_since(request.GET["newest"])
            data["counts"] = tabs.tab_counts(request.user)
        return JsonResponse(data)


class InquiryUpdates(LoggedViewMixin, View):
    """Record that the user has the inquiry open; return who else does, and whether it has changed."""

    http_method_names = ["post"]

    def post(self, request, pk):
        inquiry = get_object_or_404(Inquiry.objects.only("pk"), pk=pk)
        Presence.objects.record(inquiry, request.user)
        changed = inquiry.events.filter(pk__gt=parse_number(request.POST.get("seen", "")) or 0).exists()
        return JsonResponse({"others": Presence.objects.others(inquiry, request.user), "changed": changed})

"""Live updates for open screens: new inquiries, who else looks at this one, and saved drafts."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from clinic.text.numbers import number_in
from inquiries.desk import alerts
from inquiries.desk.drafts import boxes_in, key_in
from inquiries.desk.queue import tabs
from inquiries.models import Draft, Inquiry, Presence
from inquiries.privacy.logged_views import LoggedViewMixin


class QueueNews(LoggedViewMixin, View):
    """Return the menu's counts as JSON; with `?newest=` (an earlier alerts.bookmark()), a list's too."""

    def get(self, request):
        answer = {"alarms": alerts.alarms_text(alerts.alarms())}
        if "newest" in request.GET:
            answer |= alerts.news_since(request.GET["newest"])
            answer["counts"] = tabs.counts(request.user)
        return JsonResponse(answer)


class SaveDraft(LoggedViewMixin, View):
    """Keep what a colleague has typed and not saved: sent by the open page's script, or by a button."""

    http_method_names = ["get", "post"]
    any_permission_required = ["handle"]

    def get(self, request, pk):
        """Redirect to the inquiry after a sign-in that the button led to."""
        return redirect("inquiry:inspect", pk=pk)

    def post(self, request, pk):
        inquiry = get_object_or_404(Inquiry.objects.only("pk"), pk=pk)
        is_button = "button" in request.POST
        key = None if is_button else key_in(request.POST)
        is_kept = Draft.objects.store(inquiry.pk, request.user, boxes_in(request.POST), unless_done=key)
        if not is_button:
            return JsonResponse({}, status=200 if is_kept else 409)
        messages.success(request, _("Draft saved. Only you can see it."))
        return redirect("inquiry:inspect", pk=inquiry.pk)


class InquiryNews(LoggedViewMixin, View):
    """Note that this colleague has the inquiry open; answer who else does, and whether it has changed."""

    http_method_names = ["post"]

    def post(self, request, pk):
        inquiry = get_object_or_404(Inquiry.objects.only("pk"), pk=pk)
        Presence.objects.record(inquiry, request.user)
        changed = inquiry.events.filter(pk__gt=number_in(request.POST.get("seen", "")) or 0).exists()
        return JsonResponse({"others": Presence.objects.others(inquiry, request.user), "changed": changed})

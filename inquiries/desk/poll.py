"""Small answers for screens that stay open: what is new in the queue, and who else looks at an inquiry."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views import View

from inquiries.desk import views
from inquiries.desk.base import DeskMixin
from inquiries.models import Inquiry, Presence


def number_in(text):
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


class QueueNews(DeskMixin, View):
    """The menu's numbers; for a list (`?newest=` is views.newest() as it was) those of its views too."""

    def get(self, request):
        news = {"alarms": views.alarms_text(views.alarms())}
        if "newest" in request.GET:
            newest, *missing = map(number_in, request.GET["newest"].split(","))
            news |= views.news_since(newest, missing)
            news["counts"] = views.view_counts(request.user)
        return JsonResponse(news)


class InquiryNews(DeskMixin, View):
    """Says that this colleague looks at the inquiry; answers who else does, and whether it has changed."""

    http_method_names = ["post"]

    def post(self, request, pk):
        inquiry = get_object_or_404(Inquiry.objects.only("pk"), pk=pk)
        Presence.objects.say(inquiry, request.user)
        changed = inquiry.events.filter(pk__gt=number_in(request.POST.get("seen", ""))).exists()
        return JsonResponse({"others": Presence.objects.others(inquiry, request.user), "changed": changed})

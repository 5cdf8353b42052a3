"""Count readers' answers to "Was this page helpful?"."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from clinic.security.cross_site import is_from_other_site
from education.models import PageFeedback

ANSWERS = {"yes": True, "no": False}


@csrf_exempt  # readers have no cookie; is_from_other_site() replaces the check
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, page_id: int) -> HttpResponse:
    """Count the answer, then thank the reader. Neither a cookie nor an IP address is stored."""
    about = get_object_or_404(Page.objects.live().public().filter(depth__gt=1), pk=page_id)
    if request.method == "POST":
        request.encoding = "utf-8"  # regardless of the declared charset
        if is_from_other_site(request):
            raise PermissionDenied
        answer = ANSWERS.get(request.POST.get("helpful", ""))
        if answer is not None:
            PageFeedback.objects.record(about, helpful=answer)
        return redirect("education:feedback", page_id)
    return render(request, "education/feedback_thanks.html", {"about": about})

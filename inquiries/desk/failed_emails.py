"""A dashboard panel for managers: inquiries whose emails weren't sent, to send again or to dismiss."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component

from clinic.models import ClinicSettings
from inquiries import email_queue
from inquiries.models import Inquiry
from inquiries.permissions import RESEND, VIEW


class OutboxPanel(Component):
    name = "outbox"
    template_name = "inquiries/admin/outbox.html"
    order = 5  # above all that can wait

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        return {
            "request": request,
            "stuck": email_queue.stuck(),
            "time_zone": ClinicSettings.for_request(request).time_zone,
            "may_view": request.user.has_perm(VIEW),
        }


def add_panel(request, panels):
    if request.user.has_perm(RESEND):
        panels.insert(0, OutboxPanel())


def check_permission(request) -> None:
    """Before anything is looked up, or the answer would tell which inquiries exist."""
    if not request.user.has_perm(RESEND):
        raise PermissionDenied


@require_POST
@never_cache
def send_again(request, pk):
    check_permission(request)
    inquiry = get_object_or_404(Inquiry, pk=pk)
    number = email_queue.send_again(inquiry, by=request.user)
    if number:
        text = ngettext(
            "We're sending %(number)s email again.", "We're sending %(number)s emails again.", number
        )
        messages.success(request, text % {"number": number})
    else:
        messages.info(request, _("Its emails were sent in the meantime."))
    return redirect("wagtailadmin_home")


@require_POST
@never_cache
def let_be(request, pk):
    check_permission(request)
    number = email_queue.let_be(get_object_or_404(Inquiry, pk=pk), by=request.user)
    text = ngettext("%(number)s email won't be sent.", "%(number)s emails won't be sent.", number)
    messages.success(request, text % {"number": number})
    return redirect("wagtailadmin_home")


def urls():
    return [
        path("letters/<int:pk>/send-again/", send_again, name="inquiry_letters_again"),
        path("letters/<int:pk>/let-be/", let_be, name="inquiry_letters_let_be"),
    ]

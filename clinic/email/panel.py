"""Dashboard panel of failed emails."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component

from clinic.email import failed
from clinic.models import ClinicSettings


class FailedEmailsPanel(Component):
    name = "failed_emails"
    template_name = "wagtailadmin/failed_emails.html"
    order = 5  # first

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        time_zone = ClinicSettings.for_request(request).time_zone
        return {"request": request, "emails": failed.visible_to(request.user), "time_zone": time_zone}


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.insert(0, FailedEmailsPanel())


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    if failed.send_again(pk, by=request.user):
        messages.success(request, _("We're sending the email again."))
    else:
        messages.info(request, _("The email has already been sent."))
    return redirect("wagtailadmin_home")


@require_POST
def send_all_again(request: HttpRequest) -> HttpResponse:
    """Queue all emails on the panel again."""
    emails = failed.visible_to(request.user)
    number = sum(failed.send_again(email.job.pk, by=request.user) for email in emails)
    text = ngettext("We're sending %(number)s email again.", "We're sending %(number)s emails again.", number)
    messages.success(request, text % {"number": number})
    return redirect("wagtailadmin_home")


@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    if failed.give_up(pk, by=request.user):
        messages.success(request, _("The email won't be sent."))
    else:
        messages.info(request, _("The email has already been sent."))
    return redirect("wagtailadmin_home")


def urls() -> list:
    return [
        path("failed-emails/send-again/", send_all_again, name="failed_emails_again"),
        path("failed-emails/<int:pk>/send-again/", send_again, name="failed_email_again"),
        path("failed-emails/<int:pk>/give-up/", give_up, name="failed_email_give_up"),
    ]

"""A dashboard panel for managers: emails about accounts that weren't sent, to send again or to dismiss."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component

from clinic.accounts import emails
from clinic.accounts.notifications import send_account_email
from clinic.email import failed
from clinic.models import ClinicSettings

PERMISSION = "auth.change_user"
MOST = 50  # with more, the mail server is the problem


class FailedAccountEmailsPanel(Component):
    name = "failed_account_emails"
    template_name = "wagtailadmin/failed_account_emails.html"
    order = 6

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        time_zone = ClinicSettings.for_request(request).time_zone
        return {"request": request, "stuck": stuck(), "time_zone": time_zone}


def add_panel(request, panels):
    if request.user.has_perm(PERMISSION):
        panels.insert(0, FailedAccountEmailsPanel())


def stuck():
    """[(job, user, subject)], oldest first; the user is None where the account is gone."""
    jobs = list(failed.jobs_of(send_account_email)[:MOST])
    users = get_user_model().objects.in_bulk({job.args["user_id"] for job in jobs})
    found = [(job, users.get(job.args["user_id"])) for job in jobs]
    return [(job, user, emails.subject(job.args["letter"], user)) for job, user in found]


@transaction.atomic
def take_out(pk, *, by):
    """Remove the email from the queue and return its arguments; None if it was sent in the meantime."""
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    waiting = failed.jobs_of(send_account_email).exclude(status="doing")
    if job := waiting.filter(pk=pk).first():
        failed.take_out(job)
    return job and job.args


@require_POST
@never_cache
@transaction.atomic
def send_again(request, pk):
    if args := take_out(pk, by=request.user):
        send_account_email.defer(**args)
        messages.success(request, _("We're sending the email again."))
    else:
        messages.info(request, _("The email was sent in the meantime."))
    return redirect("wagtailadmin_home")


@require_POST
@never_cache
def dismiss(request, pk):
    take_out(pk, by=request.user)
    messages.success(request, _("The email won't be sent."))
    return redirect("wagtailadmin_home")


def urls():
    return [
        path("account-emails/<int:pk>/send-again/", send_again, name="account_email_again"),
        path("account-emails/<int:pk>/dismiss/", dismiss, name="account_email_dismiss"),
    ]

"""On the managers' first page: letters about accounts that have not left, to send again or to let be."""

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
from clinic.accounts.notifications import send_account_letter
from clinic.email import failed
from clinic.models import ClinicSettings

PERMISSION = "auth.change_user"
MOST = 50  # with more than these the mail server is the matter, not the list


class AccountOutboxPanel(Component):
    name = "account_outbox"
    template_name = "wagtailadmin/account_outbox.html"
    order = 6

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        time_zone = ClinicSettings.for_request(request).time_zone
        return {"request": request, "stuck": stuck(), "time_zone": time_zone}


def add_panel(request, panels):
    if request.user.has_perm(PERMISSION):
        panels.insert(0, AccountOutboxPanel())


def stuck():
    """[(job, user, subject)], oldest first; the user is None where the account is gone."""
    jobs = list(failed.jobs_of(send_account_letter)[:MOST])
    users = get_user_model().objects.in_bulk({job.args["user_id"] for job in jobs})
    found = [(job, users.get(job.args["user_id"])) for job in jobs]
    return [(job, user, emails.subject(job.args["letter"], user)) for job, user in found]


@transaction.atomic
def take_out(pk, *, by):
    """The letter's arguments, after taking it out of the queue; None where it has left in the meantime."""
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    waiting = failed.jobs_of(send_account_letter).exclude(status="doing")
    if job := waiting.filter(pk=pk).first():
        failed.take_out(job)
    return job and job.args


@require_POST
@never_cache
@transaction.atomic
def send_again(request, pk):
    if args := take_out(pk, by=request.user):
        send_account_letter.defer(**args)
        messages.success(request, _("The letter is on its way again."))
    else:
        messages.info(request, _("The letter has left in the meantime."))
    return redirect("wagtailadmin_home")


@require_POST
@never_cache
def let_be(request, pk):
    take_out(pk, by=request.user)
    messages.success(request, _("The letter will not be sent."))
    return redirect("wagtailadmin_home")


def urls():
    return [
        path("account-letters/<int:pk>/send-again/", send_again, name="account_letter_again"),
        path("account-letters/<int:pk>/let-be/", let_be, name="account_letter_let_be"),
    ]

"""Admin screens for managers: site checks (before launch, the go-live checklist) and scheduled jobs."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.ui.components import Component

from clinic.menu import PermittedMenuItem
from clinic.models import ClinicSettings
from clinic.models.operations import CheckResult
from clinic.operations import checks, health, schedule

PERMISSION = "auth.change_user"  # managers
CHECK_INTERVAL = timedelta(minutes=5)


def problems() -> list[tuple[checks.Check, CheckResult]]:
    failed = CheckResult.objects.exclude(problem="").in_bulk()
    return [(check, failed[name]) for name, check in checks.registered.items() if name in failed]


class SiteChecksPanel(Component):
    """The home page panel with launch status and, for managers, failing site checks."""

    name = "site_checks"
    template_name = "wagtailadmin/site_checks_panel.html"
    order = 4

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        launched = ClinicSettings.for_request(request).launched_at
        can_view_checks = request.user.has_perm(PERMISSION)
        return {
            "launched": launched,
            "can_view_checks": can_view_checks,
            "problems": problems() if can_view_checks and not settings.DEMO else [],
            "demo": settings.DEMO,
        }


def add_panel(request, panels):
    panels.append(SiteChecksPanel())


@permission_required(PERMISSION, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def site_checks(request: HttpRequest) -> HttpResponse:
    """List all checks with their last results. POST runs them again."""
    if request.method == "POST":
        checks.run_and_save()
        return redirect("site_checks")
    results = CheckResult.objects.in_bulk()
    rows = [(check, results.get(name), fix_url(check)) for name, check in checks.registered.items()]
    checked_at = max((result.checked_at for result in results.values()), default=None)
    context = {
        "rows": rows,
        "checked_at": checked_at,
        "is_stale": checked_at is None or timezone.now() - checked_at > 3 * CHECK_INTERVAL,
        "clinic": ClinicSettings.for_request(request),
        "last_proven_restore": health.last_proven_restore(),
        "page_title": _("Site checks"),
    }
    return render(request, "wagtailadmin/site_checks.html", context)


def fix_url(check: checks.Check) -> str:
    """Return the URL of the admin page where the problem can be fixed, or an empty string."""
    if check.url_name == "clinic_facts":
        return reverse("wagtailsettings:edit", args=["clinic", "clinicsettings"])
    return reverse(check.url_name) if check.url_name else ""


@permission_required(PERMISSION, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def scheduled_jobs(request: HttpRequest) -> HttpResponse:
    """List scheduled jobs with their last result and next run. POST queues one now."""
    if request.method == "POST":
        if schedule.run_now(request.POST.get("task", "")):
            messages.success(request, _("It's queued, and runs as soon as the worker is free."))
        else:
            messages.info(request, _("It's already waiting or running."))
        return redirect("scheduled_jobs")
    context = {
        "jobs": schedule.jobs(),
        "clinic": ClinicSettings.for_request(request),
        "page_title": _("Scheduled jobs"),
    }
    return render(request, "wagtailadmin/scheduled_jobs.html", context)


def site_checks_menu_item() -> PermittedMenuItem:
    return PermittedMenuItem(PERMISSION, gettext_lazy("Site checks"), "site_checks", icon_name="circle-check")


def scheduled_jobs_menu_item() -> PermittedMenuItem:
    return PermittedMenuItem(
        PERMISSION, gettext_lazy("Scheduled jobs"), "scheduled_jobs", icon_name="calendar"
    )


def urls() -> list:
    return [
        path("site-checks/", site_checks, name="site_checks"),
        path("scheduled-jobs/", scheduled_jobs, name="scheduled_jobs"),
    ]

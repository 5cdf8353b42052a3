"""The managers' page of figures, also as CSV."""

import csv
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from clinic.menu import PermittedMenuItem
from clinic.models import ClinicSettings
from clinic.text.spreadsheets import escape_cell
from inquiries.permissions import FIGURES
from inquiries.reports.figures import Period, Report
from inquiries.reports.tables import tables

PERIODS = [("7", _("7 days")), ("28", _("4 weeks")), ("91", _("13 weeks")), ("364", _("52 weeks"))]
FIRST_DAY = date(2000, 1, 1)
TITLE = _("Figures")


class PeriodForm(forms.Form):
    days = forms.ChoiceField(label=_("Period"), choices=PERIODS, required=False)
    last = forms.DateField(
        label=_("Through"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def clean_last(self) -> date:
        last = self.cleaned_data["last"] or timezone.localdate()
        if not FIRST_DAY <= last <= timezone.localdate():
            raise forms.ValidationError(_("Choose today or a day before."))
        return last


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Show the figures. They're aggregated, so the access log has no entry."""
    clinic = ClinicSettings.for_request(request)
    with timezone.override(clinic.time_zone):
        form = PeriodForm({"days": "28", "last": timezone.localdate()} | request.GET.dict())
        is_valid = form.is_valid()
        days = int(form.cleaned_data.get("days") or 28)
        last = form.cleaned_data.get("last") or timezone.localdate()
        try:
            report = Report(request.user, Period.ending(last, days))
        except PermissionDenied:  # Wagtail would redirect to its home page
            return render(request, "403.html", status=403)
        if is_valid and "csv" in request.GET:
            return as_csv(report)
        context = {
            "clinic": clinic,
            "form": form,
            "period": report.period,
            "tables": tables(report),
            "csv": "?" + urlencode({"days": days, "last": last.isoformat(), "csv": "1"}),
            "header_title": TITLE,
            "header_icon": "table",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": "", "label": TITLE},
            ],
        }
        return render(request, "inquiries/admin/figures.html", context, status=200 if is_valid else 422)


def as_csv(report: Report) -> HttpResponse:
    name = f"figures-{report.period.first}-{report.period.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    response = HttpResponse("\ufeff", "text/csv", headers=headers)  # the BOM tells Excel the encoding
    out = csv.writer(response)
    for table in tables(report):
        out.writerow([table.title, *table.columns[1:]])
        out.writerows([escape_cell(cell) for cell in row] for row in table.rows)
        out.writerow([])
    return response


def menu_item() -> PermittedMenuItem:
    return PermittedMenuItem(FIGURES, TITLE, "inquiry_figures", icon_name="table", order=10)


def urls() -> list[URLPattern]:
    return [path("reports/figures/", figures, name="inquiry_figures")]

"""The managers' report on who accessed which inquiries."""

import django_filters
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from clinic.menu import PermittedMenuItem
from clinic.models import ClinicSettings
from inquiries.lookup import references
from inquiries.models import AccessEntry, AccessKind, Inquiry
from inquiries.permissions import VIEW_LOG


class AccessFilterSet(WagtailFilterSet):
    inquiry = django_filters.CharFilter(label=_("Reference of the inquiry"), method="about")
    person = django_filters.CharFilter(
        label=_("Name of the colleague"), field_name="person_name", lookup_expr="icontains"
    )
    kind = django_filters.MultipleChoiceFilter(label=_("What"), choices=AccessKind, distinct=False)
    at = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)

    class Meta:
        model = AccessEntry
        fields = []

    def about(self, queryset, name, value):
        inquiry = Inquiry.objects.filter(reference=references.normalize(value)).only("pk").first()
        return queryset.about(inquiry.pk) if inquiry else queryset.none()


class AccessReport(ReportView):
    """The access log. Viewing it isn't logged, because it shows only references."""

    page_title = _("Access to inquiries")
    header_icon = "history"
    index_url_name = "inquiry_access"
    index_results_url_name = "inquiry_access_results"
    filterset_class = AccessFilterSet
    permission_policy = ModelPermissionPolicy(AccessEntry)
    any_permission_required = ["view"]
    model = AccessEntry
    is_searchable = False
    columns = [
        Column("when", label=_("When"), accessor="shown_at"),
        Column("person_name", label=_("Who")),
        Column("kind", label=_("What"), accessor="get_kind_display"),
        Column("inquiries", label=_("Inquiries"), accessor="shown_inquiries"),
    ]
    list_export = []

    def decorate_paginated_queryset(self, object_list):
        """Add the display values of a page's entries, with one query for all references."""
        entries = list(object_list)
        ids = {pk for entry in entries for pk in entry.inquiries[:MAX_SHOWN]}
        references_by_id = dict(Inquiry.objects.filter(pk__in=ids).values_list("pk", "reference"))
        time_zone = ClinicSettings.for_request(self.request).hours.time_zone
        for entry in entries:
            entry.shown_at = date_format(timezone.localtime(entry.at, time_zone), "M j, Y, g:i A")
            entry.shown_inquiries = list_references(entry.inquiries, references_by_id)
        return entries


MAX_SHOWN = 5


def list_references(ids, references_by_id):
    shown = [references_by_id.get(pk, str(_("erased"))) for pk in ids[:MAX_SHOWN]]
    if len(ids) > MAX_SHOWN:
        shown.append(_("and %(number)s more") % {"number": f"{len(ids) - MAX_SHOWN:,}"})
    return ", ".join(str(text) for text in shown)


def menu_item():
    return PermittedMenuItem(VIEW_LOG, AccessReport.page_title, "inquiry_access", icon_name="history")


def urls():
    return [
        path("reports/inquiry-access/", AccessReport.as_view(), name="inquiry_access"),
        path(
            "reports/inquiry-access/results/",
            AccessReport.as_view(results_only=True),
            name="inquiry_access_results",
        ),
    ]

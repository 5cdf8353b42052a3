"""The queue."""

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic

from inquiries.choices import Status
from inquiries.desk.base import DeskMixin
from inquiries.models import Inquiry, shown_name
from inquiries.permissions import colleagues


class InquiryFilterSet(WagtailFilterSet):
    status = django_filters.ChoiceFilter(label=_("Status"), choices=Status)
    assignee = django_filters.ModelChoiceFilter(
        label=_("Assignee"), queryset=lambda request: colleagues(), null_label=_("Nobody yet")
    )

    class Meta:
        model = Inquiry
        fields = ["status", "assignee"]


class TimeColumn(Column):
    cell_template_name = "inquiries/admin/cells/time.html"


class InquiryListing(DeskMixin, generic.IndexView):
    model = Inquiry
    is_searchable = True
    default_ordering = "-received_at"
    paginate_by = 50
    filterset_class = InquiryFilterSet

    columns = [
        TitleColumn(
            "reference", label=_("Reference"), get_url=lambda i: reverse("inquiry:inspect", args=[i.pk])
        ),
        Column("name", label=_("Name")),
        Column("get_topic_display", label=_("About")),
        StatusTagColumn("get_status_display", label=_("Status"), primary=lambda i: i.status == Status.NEW),
        TimeColumn("received_at", label=_("Received"), sort_key="received_at"),
        Column("assignee", label=_("Assignee"), accessor=lambda i: shown_name(i.assignee)),
    ]

    def get_base_queryset(self):
        return Inquiry.objects.select_related("assignee").defer("message")

    def search_queryset(self, queryset):
        return queryset.search(self.search_query) if self.search_query else queryset

"""The report of pages that need a review, and the panel on the admin's first page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from clinic.accounts.names import display_name
from clinic.text.spreadsheets import EscapeCellsMixin
from education.review import due
from education.review.gate import ClinicallyReviewed
from education.review.models import PublicationRefused
from education.review.screens import StaffRequest

MAX_SHOWN = 10


class ReviewReport(EscapeCellsMixin, PageReportView):
    page_title = gettext_lazy("Clinical reviews")
    header_icon = "check"
    index_url_name = "education_review:report"
    index_results_url_name = "education_review:report_results"
    results_template_name = "education/panels/report_results.html"
    any_permission_required = ["change", "publish"]
    export_headings = {
        "title": gettext_lazy("Page"),
        "full_url": gettext_lazy("Address"),
        "review_state": gettext_lazy("Review"),
        "review_due": gettext_lazy("Due"),
        "owner_name": gettext_lazy("Owner"),
    }
    list_export = list(export_headings)

    def get_queryset(self):
        return [*due.snippets_to_review(), *due.pages_to_review()]

    def decorate_paginated_queryset(self, object_list):
        edit_url = AdminURLFinder(self.request.user).get_edit_url
        for item in object_list:
            item.review_state = due.review_state(item)
            if isinstance(item, Page):
                item.owner_name = display_name(item.owner)
            else:  # a snippet is submitted from its editor
                item.title, item.owner_name, item.edit_url = str(item), "", edit_url(item)
        return object_list


class ReportMenuItem(MenuItem):
    def __init__(self, report: Any) -> None:
        super().__init__(report.page_title, reverse(report.index_url_name), icon_name=report.header_icon)

    def is_shown(self, request: HttpRequest) -> bool:
        return PagePermissionPolicy().user_has_any_permission(request.user, ["change", "publish"])


@require_POST
def start_review(request: StaffRequest, page_id: int) -> HttpResponse:
    page = get_object_or_404(Page, pk=page_id, depth__gt=1).specific
    try:
        if not isinstance(page, ClinicallyReviewed):
            raise PublicationRefused(_("This page needs no clinical review."))
        due.start_review(page, request.user)
    except PublicationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("“%(title)s” is waiting for a reviewer.") % {"title": page.get_admin_display_title()}
        )
    return redirect("education_review:report")


class ReviewPanel(Component):
    name = "not_reviewed"
    template_name = "education/panels/pages_to_review.html"
    order = 250  # below the tasks that await a decision

    def get_context_data(self, parent_context):
        pages = due.pages_to_review()
        shown = [(page, due.review_state(page)) for page in pages[:MAX_SHOWN]]
        edit_url = AdminURLFinder(parent_context["request"].user).get_edit_url
        snippets = [
            (snippet, edit_url(snippet), due.review_state(snippet)) for snippet in due.snippets_to_review()
        ]
        return {"snippets": snippets, "pages": shown, "more": max(pages.count() - MAX_SHOWN, 0)}


def add_panel(request, panels):
    if PagePermissionPolicy().user_has_permission(request.user, "change"):
        panels.append(ReviewPanel())


urls = [
    path("reports/clinical-reviews/", ReviewReport.as_view(), name="report"),
    path("reports/clinical-reviews/results/", ReviewReport.as_view(results_only=True), name="report_results"),
    path("reports/clinical-reviews/<int:page_id>/start/", start_review, name="start"),
]

"""The report of broken links, for users who can change pages."""

from django.urls import path
from django.utils.translation import gettext_lazy
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page

from clinic.text.spreadsheets import EscapeCellsMixin


class BrokenLinksReport(EscapeCellsMixin, PageReportView):
    page_title = gettext_lazy("Broken links")
    header_icon = "link"
    index_url_name = "education_links_report"
    index_results_url_name = "education_links_results"
    results_template_name = "education/checks/broken_links.html"
    any_permission_required = ["change", "publish"]
    export_headings = {
        "title": gettext_lazy("Page"),
        "full_url": gettext_lazy("Address"),
        "broken": gettext_lazy("Broken links"),
    }
    list_export = list(export_headings)

    def get_queryset(self):
        pages = Page.objects.live().exclude(broken_links=None).distinct()
        return pages.prefetch_related("broken_links").order_by("title")

    def decorate_paginated_queryset(self, object_list):
        pages = list(object_list)
        for page in pages:
            links = (f"{link.address} ({link.get_problem_display()})" for link in page.broken_links.all())
            page.broken = "\n".join(links)
        return pages


urls = [
    path(f"reports/broken-links/{end}", BrokenLinksReport.as_view(results_only=bool(end)), name=name)
    for end, name in [("", "education_links_report"), ("results/", "education_links_results")]
]

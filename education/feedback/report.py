"""The report on readers: which pages help, what they ask, which searches found nothing. Counts only."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from education.models import ArticlePage, FailedSearch, StandardPage, TopicPage
from education.models.feedback import with_feedback
from education.review.report import ReportMenuItem

ANY_OF = ["change", "publish"]
MAX_PAGES, MAX_TERMS = 300, 100


class ReadersReport(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    permission_policy = PagePermissionPolicy()
    any_permission_required = ANY_OF
    template_name = "education/panels/readers_report.html"
    page_title = _("Reader feedback")
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]
    header_icon = "group"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = Page.objects.live().type(ArticlePage, TopicPage, StandardPage)
        pages = with_feedback(asked).order_by("-not_helpful", "-helpful", "title")[:MAX_PAGES]
        terms = FailedSearch.objects.report()[:MAX_TERMS]
        return super().get_context_data(pages=list(pages), terms=terms, **kwargs)


def menu_item() -> MenuItem:
    url = reverse("education_readers_report")
    return ReportMenuItem(ReadersReport.page_title, url, name="readers", icon_name="group")


urls = [path("reports/readers/", ReadersReport.as_view(), name="education_readers_report")]

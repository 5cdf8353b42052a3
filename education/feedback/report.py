"""Reader feedback report: helpful pages, topics of questions, failed searches. Counts only."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from education.models import ArticlePage, FailedSearch, StandardPage, TopicPage
from education.models.feedback import with_feedback

MAX_PAGES, MAX_TERMS = 300, 100


class ReadersReport(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    permission_policy = PagePermissionPolicy()
    any_permission_required = ["change", "publish"]
    template_name = "education/panels/readers_report.html"
    page_title = _("Reader feedback")
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]
    header_icon = "group"
    index_url_name = "education_readers_report"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pages = Page.objects.live().type(ArticlePage, TopicPage, StandardPage)
        pages = with_feedback(pages).order_by("-not_helpful", "-helpful", "title")[:MAX_PAGES]
        terms = FailedSearch.objects.report()[:MAX_TERMS]
        return super().get_context_data(pages=list(pages), terms=terms, **kwargs)


urls = [path("reports/readers/", ReadersReport.as_view(), name=ReadersReport.index_url_name)]

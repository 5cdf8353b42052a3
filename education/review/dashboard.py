"""On the admin's first page: the articles that readers see though no clinician has approved their words."""

from wagtail.admin.ui.components import Component
from wagtail.permission_policies.pages import PagePermissionPolicy

from education.models import ArticlePage

MOST_SHOWN = 10


class NotReviewedPanel(Component):
    name = "not_reviewed"
    template_name = "education/panels/not_reviewed.html"
    order = 250  # below what waits for a decision

    def get_context_data(self, parent_context):
        articles = ArticlePage.objects.not_reviewed().order_by("-published_on", "-pk")
        return {"articles": articles[:MOST_SHOWN], "more": max(articles.count() - MOST_SHOWN, 0)}


def add_panel(request, panels):
    if PagePermissionPolicy().user_has_permission(request.user, "change"):
        panels.append(NotReviewedPanel())

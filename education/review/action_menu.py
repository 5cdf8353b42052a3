"""What can be done with an article, beside "Save draft": the reviewed way first, the way past it last."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import PublishMenuItem

from education.models import ArticleIndexPage, ArticlePage

ORDER = ["action-save-draft", "approve", "reject", None, "action-unpublish", "action-publish"]


class PublishWithoutReview(PublishMenuItem):
    label = _("Publish without review")

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        if context["is_scheduled"]:
            context["label"] = _("Schedule to publish without review")
        elif context["is_revision"]:
            context["label"] = _("Publish this version without review")
        # Wagtail's template has words of its own for these two.
        return {**context, "is_scheduled": False, "is_revision": False}


def arrange(menu_items, request, context):
    if not is_of_an_article(context):
        return
    menu_items[:] = [PublishWithoutReview() if item.name == "action-publish" else item for item in menu_items]
    menu_items.sort(key=lambda item: ORDER.index(item.name if item.name in ORDER else None))


def is_of_an_article(context):
    """One that is there, or one that is being made."""
    return isinstance(context.get("page"), ArticlePage) or isinstance(
        context.get("parent_page"), ArticleIndexPage
    )

"""The menu beside "Save draft": the reviewed way first, the way past it last and for managers alone."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import PublishMenuItem, UnpublishMenuItem

from education.models import ArticleIndexPage
from education.review.gate import ClinicallyReviewed
from education.review.unreviewed import MAY

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


class Unpublish(UnpublishMenuItem):
    """Also while a review or a schedule locks the words: what readers see can be taken down."""

    def is_shown(self, context):
        return context["view"] == "edit" and self.get_user_page_permissions_tester(context).can_unpublish()


def arrange(menu_items, request, context):
    if not is_reviewed(context):
        return
    others = [item for item in menu_items if item.name not in {"action-publish", "action-unpublish"}]
    if any(item.name == "action-publish" for item in menu_items) and request.user.has_perm(MAY):
        others.append(PublishWithoutReview())
    if (unpublish := Unpublish()).is_shown(context):
        others.append(unpublish)
    menu_items[:] = sorted(others, key=lambda item: ORDER.index(item.name if item.name in ORDER else None))


def is_reviewed(context):
    """A page that is there, or one that is being made."""
    page = context.get("page")
    if page and page.pk:
        return isinstance(page, ClinicallyReviewed) and page.contains_medical_claims
    return isinstance(context.get("parent_page"), ArticleIndexPage)

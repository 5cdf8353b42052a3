"""Wagtail's own views (7.4), mended: some answer 500, one refuses without a reason, and one let a reviewer
decide on what does not stand on their screen.
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.chooser import ExternalLinkView
from wagtail.admin.views.pages import lock, ordering, workflow
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page


def of_a_page(view):
    """A view of Wagtail's own that answers 500 where it is asked for the root of all pages."""

    @require_admin_access
    def refuse_root(request, **page):
        [pk] = page.values()
        get_object_or_404(Page, pk=pk, depth__gt=1)
        return view(request, **page)

    return refuse_root


set_page_position = of_a_page(ordering.set_page_position)
lock_page = of_a_page(lock.LockView.as_view())
unlock_page = of_a_page(lock.UnlockView.as_view())


class ChooseExternalLink(ExternalLinkView):
    """Wagtail's own, which answers 500 where no address is sent."""

    def post(self, request):
        return super().post(request) if f"{self.form_prefix}-url" in request.POST else self.get(request)


choose_external_link = require_admin_access(ChooseExternalLink.as_view())


class EditPage(EditView):
    """Wagtail's own, which answers 500 where the review was withdrawn while the reviewer read."""

    def workflow_action_is_valid(self):
        is_asked = "workflow-action-name" in self.request.POST and self.page.current_workflow_task
        return bool(is_asked) and super().workflow_action_is_valid()

    def save_action(self):
        if "action-workflow-action" in self.request.POST:
            messages.warning(
                self.request,
                _("This is not, or no longer, yours to review. Nothing is published: it is kept as a draft."),
            )
        return super().save_action()

    def perform_workflow_action(self):
        # Always as a version of the reviewer's own: what stands on their screen is what they decide on.
        self.has_content_changes = True
        return super().perform_workflow_action()


edit_page = never_cache(require_admin_access(EditPage.as_view()))


class WorkflowAction(workflow.WorkflowAction):
    """Wagtail's own, but a refusal says why, where the page can be read."""

    def post(self, request, *args, **kwargs):
        try:
            return super().post(request, *args, **kwargs)
        except PermissionDenied as refusal:
            messages.error(request, str(refusal))
            url = reverse("wagtailadmin_pages:edit", args=[self.object.pk])
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                return self.render_modal_json(request, {"step": "success", "redirect": url})
            return redirect(url)


workflow_action = never_cache(require_admin_access(WorkflowAction.as_view()))

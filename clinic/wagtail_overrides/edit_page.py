"""Make the page editor keep text and explain errors when a review action fails.

Written for: Wagtail 7.4. Replaced by: a hook in the page editor around workflow actions.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView

from clinic.accounts.unsent_forms import is_autosave, refuse_autosave, render_unsent
from clinic.wagtail_overrides.workflow_action import NewestVersionMixin, outcome, show_unsent_note


class EditPage(NewestVersionMixin, EditView):
    def workflow_action_is_valid(self):
        """Avoid Wagtail's AttributeError if the page is no longer in a workflow."""
        is_possible = "workflow-action-name" in self.request.POST and self.page.current_workflow_task
        return bool(is_possible) and super().workflow_action_is_valid()

    def form_invalid(self, form):
        show_unsent_note(self.request)
        return super().form_invalid(form)

    def save_action(self):
        if "action-workflow-action" in self.request.POST:
            messages.warning(
                self.request,
                _(
                    "You can't review this page anymore."
                    " Nothing was published. Your text is saved as a draft."
                ),
            )
            show_unsent_note(self.request)
        return super().save_action()

    def perform_workflow_action(self):
        # Always save a revision, so the decision is about the text on the reviewer's screen.
        self.has_content_changes = True
        try:
            return super().perform_workflow_action()
        except PermissionDenied as refusal:
            messages.error(self.request, f"{refusal} {_('Your text is saved as a draft.')}")
            show_unsent_note(self.request)
            return redirect("wagtailadmin_pages:edit", self.page.pk)

    def add_save_confirmation_message(self):
        if self.action_name == "perform_workflow_action":
            messages.success(self.request, outcome(self.page, self.workflow_action))
        else:
            super().add_save_confirmation_message()


def preserve_text(editor):
    """Wrap an editor view to return the user's text if the page was deleted or the permission revoked."""

    @require_admin_access
    def view(request, *args, **kwargs):
        try:
            return editor(request, *args, **kwargs)
        except (Http404, PermissionDenied):
            if request.method != "POST":
                raise
            text = _("The page was deleted, or you can no longer change it. Copy your text.")
            return refuse_autosave(text, 403) if is_autosave(request) else render_unsent(request)

    return view


edit_page = preserve_text(EditPage.as_view())
add_page = preserve_text(CreateView.as_view())

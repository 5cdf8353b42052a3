"""Say what a reviewer's decision did, or why it's refused, where Wagtail answers with a bare 403.

Written for: Wagtail 7.4. Replaced by: a message in Wagtail's own view.
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages import workflow
from wagtail.models import DraftStateMixin


def outcome(reviewed: DraftStateMixin, action: str) -> str:
    """What a reviewer's decision about a page or snippet did, for a message."""
    if action == "reject":
        return _("You asked for changes. The person who submitted it gets your comment by email.")
    now = type(reviewed)._default_manager.get(pk=reviewed.pk)
    if now.live and now.live_revision_id == now.latest_revision_id:
        return _("Approved. Readers see this version now.")
    return _("Approved. Readers see it at its scheduled time.") if now.scheduled_revision else _("Approved.")


class WorkflowAction(workflow.WorkflowAction):
    def post(self, request, *args, **kwargs):
        try:
            response = super().post(request, *args, **kwargs)
        except PermissionDenied as refusal:
            messages.error(request, str(refusal))
            url = reverse("wagtailadmin_pages:edit", args=[self.object.pk])
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                return self.render_modal_json(request, {"step": "success", "redirect": url})
            return redirect(url)
        self.task_state.refresh_from_db()
        if self.task_state.status != self.task_state.STATUS_IN_PROGRESS:
            messages.success(request, outcome(self.object, self.action_name))
        return response


workflow_action = require_admin_access(WorkflowAction.as_view())

"""Say what a reviewer's decision did, or why it's refused, where Wagtail answers with a bare 403.

Written for: Wagtail 7.4. Replaced by: a message in Wagtail's own view.
"""

import json

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
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
        return _("You asked for changes. The editor sees your comment above the fields.")
    now = type(reviewed)._default_manager.get(pk=reviewed.pk)
    if now.live and now.live_revision_id == now.latest_revision_id:
        return _("Approved. Readers see this version now.")
    return _("Approved. Readers see it at its scheduled time.") if now.scheduled_revision else _("Approved.")


def give_back_note(request: HttpRequest) -> None:
    """Show a reviewer the note of a decision that wasn't made, to copy."""
    try:
        extra = json.loads(request.POST.get("workflow-action-extra-data", ""))
    except ValueError:
        extra = request.POST
    note = extra.get("comment", "") if hasattr(extra, "get") else ""
    if note:
        messages.warning(request, _("Your note wasn't sent. You can copy it: “%(note)s”") % {"note": note})


class WorkflowAction(workflow.WorkflowAction):
    def add_not_in_moderation_error(self):
        super().add_not_in_moderation_error()
        give_back_note(self.request)

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except PermissionDenied as refusal:
            if request.method != "POST":
                raise
            messages.error(request, str(refusal) or _("You can't review this page anymore."))
        give_back_note(request)
        url = reverse("wagtailadmin_pages:edit", args=[self.object.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(request, {"step": "success", "redirect": url})
        return redirect(url)

    def post(self, request, *args, **kwargs):
        response = super().post(request, *args, **kwargs)
        self.task_state.refresh_from_db()
        if self.task_state.status != self.task_state.STATUS_IN_PROGRESS:
            messages.success(request, outcome(self.object, self.action_name))
        return response


workflow_action = require_admin_access(WorkflowAction.as_view())

"""Say what a reviewer's decision did, or why it's refused, where Wagtail answers with a bare 403.

Written for: Wagtail 7.4. Replaced by: a message in Wagtail's own view.
"""

import json
from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.generic import workflow as generic
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


def is_script(request: HttpRequest) -> bool:
    """Whether Wagtail's script asks, not the browser for a whole page."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def give_back_note(request: HttpRequest) -> None:
    """Show a reviewer the note of a decision that wasn't made, to copy."""
    try:
        extra = json.loads(request.POST.get("workflow-action-extra-data", ""))
    except ValueError:
        extra = request.POST
    note = extra.get("comment", "") if hasattr(extra, "get") else ""
    if note:
        messages.warning(request, _("Your note wasn't sent. You can copy it: “%(note)s”") % {"note": note})


class SaysWhy(generic.WorkflowAction):
    """Decides from the dialog on the first page. Wagtail's script does nothing on a 403 or a redirect."""

    def add_not_in_moderation_error(self):
        super().add_not_in_moderation_error()
        give_back_note(self.request)

    def dispatch(self, request, *args, **kwargs):
        try:
            response = super().dispatch(request, *args, **kwargs)
        except PermissionDenied as refusal:
            if request.method != "POST" and not is_script(request):
                raise
            messages.error(request, str(refusal) or _("You can't review this page anymore."))
            give_back_note(request)
            response = redirect(self.redirect_url_name, self.object.pk)
        if response.status_code == 302 and is_script(request):
            return self.render_modal_json(request, {"step": "success", "redirect": response.url})
        return response

    def post(self, request, *args, **kwargs):
        response = super().post(request, *args, **kwargs)
        self.task_state.refresh_from_db()
        if self.task_state.status != self.task_state.STATUS_IN_PROGRESS:
            messages.success(request, outcome(self.object, self.action_name))
        return response


class CollectsNote(generic.CollectWorkflowActionData):
    """The editor's dialog. If the review has ended, the editor says so, with the words saved as a draft."""

    def add_not_in_moderation_error(self):
        pass  # the editor will say so

    def dispatch(self, request, *args, **kwargs):
        if not is_script(request):
            return super().dispatch(request, *args, **kwargs)
        with suppress(PermissionDenied):
            response = super().dispatch(request, *args, **kwargs)
            if response.status_code != 302:
                return response
        note = {"comment": request.POST.get("comment", "")}
        return self.render_modal_json(request, {"step": "success", "cleaned_data": note})


class WorkflowAction(SaysWhy, workflow.WorkflowAction):
    pass


class CollectWorkflowActionData(CollectsNote, workflow.CollectWorkflowActionData):
    pass


workflow_action = require_admin_access(WorkflowAction.as_view())
collect_data = require_admin_access(CollectWorkflowActionData.as_view())

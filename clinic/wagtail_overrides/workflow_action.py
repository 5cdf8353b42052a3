"""Show a message after a reviewer's decision, including why it was refused: Wagtail just responds with 403.

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

from clinic.accounts.unsent_forms import render_unsent


def outcome(reviewed: DraftStateMixin, action: str) -> str:
    """Return a message about the result of a reviewer's decision on a page or snippet."""
    if action == "reject":
        return _("You asked for changes. The editor sees your comment above the fields.")
    saved = type(reviewed)._default_manager.get(pk=reviewed.pk)
    if saved.live and saved.live_revision_id == saved.latest_revision_id:
        return _("Approved. Readers see this version now.")
    return (
        _("Approved. Readers see it at its scheduled time.") if saved.scheduled_revision else _("Approved.")
    )


def is_ajax(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def show_unsent_note(request: HttpRequest) -> None:
    """Show a reviewer the note of a failed decision, so they can copy it."""
    try:
        extra = json.loads(request.POST.get("workflow-action-extra-data", ""))
    except ValueError:
        extra = request.POST
    note = extra.get("comment", "") if hasattr(extra, "get") else ""
    if note:
        messages.warning(request, _("Your note wasn't sent. You can copy it: “%(note)s”") % {"note": note})


class NewestVersionMixin:
    """Refuses a decision in an editor that was opened before the newest version, which it would replace."""

    def form_valid(self, form):
        if "action-workflow-action" not in self.request.POST or not self.is_out_of_date:
            return super().form_valid(form)
        show_unsent_note(self.request)
        text = _("Nothing was saved or decided: there’s a newer version. Open the page again, and read it.")
        return render_unsent(self.request, text=text, status=409)


class ExplainedActionMixin(generic.WorkflowAction):
    """Responds to the home page's dialog with JSON: Wagtail's script ignores a 403 or a redirect."""

    def add_not_in_moderation_error(self):
        super().add_not_in_moderation_error()
        show_unsent_note(self.request)

    def dispatch(self, request, *args, **kwargs):
        try:
            response = super().dispatch(request, *args, **kwargs)
        except PermissionDenied as refusal:
            if request.method != "POST" and not is_ajax(request):
                raise
            messages.error(request, str(refusal) or _("You can't review this page anymore."))
            show_unsent_note(request)
            response = redirect(self.redirect_url_name, self.object.pk)
        if response.status_code == 302 and is_ajax(request):
            return self.render_modal_json(request, {"step": "success", "redirect": response.url})
        return response

    def post(self, request, *args, **kwargs):
        response = super().post(request, *args, **kwargs)
        self.task_state.refresh_from_db()
        if self.task_state.status != self.task_state.STATUS_IN_PROGRESS:
            messages.success(request, outcome(self.object, self.action_name))
        return response


class ReviewNoteMixin(generic.CollectWorkflowActionData):
    """Collects the note in the editor's dialog. If the review has ended, the editor saves a draft."""

    def add_not_in_moderation_error(self):
        pass  # the editor will show it

    def dispatch(self, request, *args, **kwargs):
        if not is_ajax(request):
            return super().dispatch(request, *args, **kwargs)
        with suppress(PermissionDenied):
            response = super().dispatch(request, *args, **kwargs)
            if response.status_code != 302:
                return response
        note = {"comment": request.POST.get("comment", "")}
        return self.render_modal_json(request, {"step": "success", "cleaned_data": note})


class WorkflowAction(ExplainedActionMixin, workflow.WorkflowAction):
    pass


class CollectWorkflowActionData(ReviewNoteMixin, workflow.CollectWorkflowActionData):
    pass


workflow_action = require_admin_access(WorkflowAction.as_view())
collect_data = require_admin_access(CollectWorkflowActionData.as_view())

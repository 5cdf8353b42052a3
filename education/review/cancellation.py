"""Confirmation screen for canceling a review."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.action_menu import CancelWorkflowMenuItem
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import WorkflowState
from wagtail.snippets.action_menu import CancelWorkflowMenuItem as CancelSnippetWorkflowMenuItem


class ConfirmCancellationMixin:
    def get_url(self, context: dict[str, Any]) -> str:
        reviewed = context.get("page") or context["instance"]
        return reverse("education_review:cancel", args=[reviewed.current_workflow_state.pk])


class CancelPageReviewItem(ConfirmCancellationMixin, CancelWorkflowMenuItem):
    pass


class CancelSnippetReviewItem(ConfirmCancellationMixin, CancelSnippetWorkflowMenuItem):
    pass


def confirm_cancellation(menu_items: list, request: HttpRequest, context: dict[str, Any]) -> None:
    """Let "Cancel review" open the confirmation screen (`construct_…_action_menu`)."""
    for index, item in enumerate(menu_items):
        if item.name == "action-cancel-workflow":
            menu_items[index] = CancelPageReviewItem() if context.get("page") else CancelSnippetReviewItem()


def cancel(request: HttpRequest, state_id: int) -> HttpResponse:
    state = get_object_or_404(WorkflowState, pk=state_id)
    reviewed = state.content_object
    edit_url = AdminURLFinder(request.user).get_edit_url(reviewed)
    if not edit_url:
        raise PermissionDenied
    if state.status not in {WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES}:
        messages.warning(request, _("This review has already ended."))
        return redirect(edit_url)
    if not state.user_can_cancel(request.user):
        raise PermissionDenied
    if request.method == "POST":
        state.cancel(user=request.user)
        messages.success(request, _("The review is canceled. The text stays as a draft."))
        return redirect(edit_url)
    context = {"reviewed": reviewed, "edit_url": edit_url}
    return render(request, "education/panels/cancel_review.html", context)


urls = [path("review/<int:state_id>/cancel/", cancel, name="cancel")]

"""Action menus, messages and screens of the review workflow in the page and snippet editors."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin import messages
from wagtail.admin.action_menu import PublishMenuItem, UnpublishMenuItem
from wagtail.models import Page, Revision
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import (
    CollectWorkflowActionDataView,
    EditView,
    IndexView,
    WorkflowActionView,
)
from wagtail.users.models import UserProfile

from clinic.accounts.roles import REVIEWERS
from clinic.wagtail_overrides.workflow_action import (
    ExplainedActionMixin,
    NewestVersionMixin,
    ReviewNoteMixin,
    outcome,
    show_unsent_note,
)
from education.review import cancellation, unreviewed
from education.review.approving import is_barred_author
from education.review.gate import ALIAS_NEEDS_REVIEW, ClinicallyReviewed
from education.review.models import PublicationRefused

# The first item present becomes the main button.
MENU_ORDER = [
    "action-page-locked",  # another user has to act
    "approve",
    "action-submit",
    "action-save-draft",
    "action-save",  # its name in snippet editors
    "reject",
    None,
    "action-unpublish",
    "action-publish",
]
# For pages that need no review.
MENU_ORDER_WITHOUT_REVIEW = [*MENU_ORDER[:2], "action-publish", *MENU_ORDER[2:-1]]


class PublishWithoutReview(PublishMenuItem):
    label = _("Publish without review")

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        if context["is_scheduled"]:
            context["label"] = _("Schedule to publish without review")
        elif context["is_revision"]:
            context["label"] = _("Publish this version without review")
        # With either flag set, Wagtail's template would replace the label.
        return {**context, "is_scheduled": False, "is_revision": False}


class Unpublish(UnpublishMenuItem):
    """An "Unpublish" item that is shown even while a review or schedule locks the page."""

    def is_shown(self, context):
        return context["view"] == "edit" and self.get_user_page_permissions_tester(context).can_unpublish()


def arrange_page_menu(menu_items, request, context):
    cancellation.confirm_cancellation(menu_items, request, context)
    if not needs_review(context):
        sort_menu(MENU_ORDER_WITHOUT_REVIEW, menu_items)
        return
    others = [item for item in menu_items if item.name not in {"action-publish", "action-unpublish"}]
    can_publish = any(item.name == "action-publish" for item in menu_items)
    if can_publish and request.user.has_perm(unreviewed.PERMISSION):
        others.append(PublishWithoutReview())
    if (unpublish := Unpublish()).is_shown(context):
        others.append(unpublish)
    menu_items[:] = others
    sort_menu(MENU_ORDER, menu_items)


def arrange_snippet_menu(menu_items: list, request: HttpRequest, context: dict[str, Any]) -> None:
    """Remove "Publish", which is always refused; approval publishes (`construct_snippet_action_menu`)."""
    cancellation.confirm_cancellation(menu_items, request, context)
    if issubclass(context["model"], ClinicallyReviewed):
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]
        sort_menu(MENU_ORDER, menu_items)


def sort_menu(order: list[str | None], menu_items: list) -> None:
    menu_items.sort(key=lambda item: order.index(item.name if item.name in order else None))


def needs_review(context):
    """Return True if the page, or each type of page that can be created here, needs a review."""
    page = context.get("page")
    if page and page.pk:
        return isinstance(page, ClinicallyReviewed) and page.contains_medical_claims
    parent = context.get("parent_page")
    types = parent.creatable_subpage_models() if parent else []
    return bool(types) and all(getattr(model, "contains_medical_claims", None) is True for model in types)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why can’t this wait for a review?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "The reviewers get this by email, or the managers if there are none. Readers don’t see it."
        ),
        error_messages={"required": gettext_lazy("Say why this can’t wait for a review.")},
    )


def before_publish_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Redirect "Publish" if a review is missing; the draft is saved by now (`before_publish_page`)."""
    if not isinstance(page, ClinicallyReviewed):
        return None
    revision = page.get_latest_revision()
    try:
        page.require_record_of(revision)
    except PublicationRefused as refusal:
        if request.user.has_perm(unreviewed.PERMISSION):
            return redirect("education_review:without_review", revision.pk)
        messages.error(request, f"{refusal} {_('Your text is saved as a draft.')}")
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


def submitted_message(reviewed: ClinicallyReviewed, user: User) -> str:
    """Return the message for a submission: its result and the next step."""
    revision = reviewed.get_latest_revision()
    in_review = _("“%(title)s” is in review. Readers will see it once a reviewer approves it.")
    return " ".join([in_review % {"title": revision.object_str}, _next_step(revision, user)]).strip()


def _next_step(revision: Revision, user: User) -> str:
    others = User.objects.filter(groups__name=REVIEWERS, is_active=True).exclude(pk=user.pk)
    if any(other.email and UserProfile.get_for_user(other).submitted_notifications for other in others):
        return _("The reviewers get an email.")
    if others:
        return ""
    if _is_reviewer(user) and not is_barred_author(user, revision):
        return _("You’re the only reviewer, so it’s yours to approve.")
    if _is_reviewer(user):
        nobody = _("But nobody can approve it yet: there’s no other reviewer.")
    else:
        nobody = _("But nobody can approve it yet: there’s no reviewer.")
    ask = _("Ask a manager to give someone the role “Clinical reviewers” under Settings > Users.")
    return f"{nobody} {ask}"


def _is_reviewer(user: User) -> bool:
    return user.groups.filter(name=REVIEWERS).exists()


class StaffRequest(HttpRequest):
    """A request of a signed-in user, for type checking."""

    user: User


def replace_submit_message(request: StaffRequest, page: Page) -> None:
    """Replace Wagtail's message about moderation (`after_create_page`, `after_edit_page`)."""
    workflow_state = page.workflow_states.active().first()  # `current_workflow_state` is out of date here
    state = workflow_state and workflow_state.current_task_state
    if "action-submit" in request.POST and state and state.revision_id == page.latest_revision_id:
        list(get_messages(request))  # reading the messages removes Wagtail's
        messages.success(request, submitted_message(page, request.user))


def without_review(request: StaffRequest, revision_id: int) -> HttpResponse:
    """Ask a manager for the reason, then publish without a review."""
    revision = get_object_or_404(Revision.page_revisions, pk=revision_id)
    page = revision.content_object
    if not isinstance(page, ClinicallyReviewed) or not request.user.has_perm(unreviewed.PERMISSION):
        raise PermissionDenied
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            unreviewed.publish_without_review(revision, request.user, form.cleaned_data["reason"])
        except PublicationRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            notified = _("The reviewers get an email, or the managers if there are none.")
            messages.success(request, f"{_('Published without a review.')} {notified}")
            return redirect("wagtailadmin_pages:edit", page.pk)
    context = {
        "form": form,
        "page": page,
        "revision": revision,
        "until": unreviewed.expiry(revision.as_object().go_live_at),
    }
    return render(request, "education/panels/publish_without_review.html", context)


class SingletonPolicy(ModelPermissionPolicy):
    """Forbids everyone, including superusers, to add or delete instances."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return action not in {"add", "delete"} and super().user_has_permission(user, action)


class SingletonIndexView(IndexView):
    """Redirects to the editor of the only instance."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        instances = list(self.get_base_queryset()[:2])
        url = self.get_edit_url(instances[0]) if len(instances) == 1 else None  # None without edit permission
        return redirect(url) if url else super().get(request, *args, **kwargs)


class SnippetAction(ExplainedActionMixin, WorkflowActionView):
    pass


class SnippetActionData(ReviewNoteMixin, CollectWorkflowActionDataView):
    pass


class ReviewedSnippetEditView(NewestVersionMixin, EditView):
    """Explains a refusal in a message and saves the text as a draft."""

    def get_success_message(self, instance: Any = None) -> str:
        if self.action == "submit":
            return submitted_message(self.object, self.request.user)
        if self.action == "workflow-action":
            return outcome(self.object, self.workflow_action)
        return super().get_success_message(instance)

    def form_invalid(self, form):
        show_unsent_note(self.request)
        return super().form_invalid(form)

    def save_action(self):
        if "action-workflow-action" in self.request.POST and self.action != "workflow-action":
            messages.warning(
                self.request,
                _("You can't review this anymore. Nothing was published. Your text is saved as a draft."),
            )
            show_unsent_note(self.request)
        return super().save_action()

    def run_action_method(self):
        try:
            return super().run_action_method()
        except PublicationRefused as refusal:
            messages.error(self.request, f"{refusal} {_('Your text is saved as a draft.')}")
            show_unsent_note(self.request)
            return redirect(self.get_edit_url())


def before_bulk_action(request, action_type, objects, action) -> HttpResponse | None:
    """Publish nothing in bulk if any of the pages needs a review (`before_bulk_action`)."""
    if action_type != "publish" or request.method != "POST":
        return None
    pages = list(objects)
    if request.POST.get("include_descendants"):
        for page in objects:
            pages += page.get_descendants().not_live().specific()
    refused = [page for page in pages if is_refused(page.specific)]
    if not refused:
        return None
    names = ", ".join(f"“{page.get_admin_display_title()}”" for page in refused)
    messages.error(
        request, _("Nothing was published. These need a clinical review first: %(pages)s.") % {"pages": names}
    )
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


def is_refused(page: Page) -> bool:
    if not isinstance(page, ClinicallyReviewed):
        return False
    revision = page.get_latest_revision()
    try:
        if revision:
            page.require_record_of(revision)
    except PublicationRefused:
        return True
    return revision is None


def before_convert_alias_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to convert a live alias, which would be live without its own review."""
    if page.live and issubclass(page.specific_class, ClinicallyReviewed):
        messages.error(request, ALIAS_NEEDS_REVIEW)
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


urls = [path("review/<int:revision_id>/without/", without_review, name="without_review")]

"""Pages about the site itself: its style guide for staff, and what a phone needs to keep it as an app."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.chooser import ExternalLinkView
from wagtail.admin.views.pages import lock, ordering, workflow
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

from clinic.drawings import DRAWINGS
from clinic.models import ClinicSettings

SWATCHES = ["paper", "tint", "ink", "soft", "teal", "clay", "line", "edge", "note", "caution", "urgent"]


class SampleForm(forms.Form):
    """One field of each kind, for the style guide."""

    name = forms.CharField(label=_("Your name"), error_messages={"required": _("Enter your name.")})
    choice = forms.ChoiceField(
        label=_("How should we answer you?"),
        choices=[("phone", _("By phone")), ("email", _("By e-mail"))],
        initial="phone",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how we should answer you.")},
    )
    time = forms.ChoiceField(
        label=_("When is a good time to call you?"), choices=[("", _("Any time"))], required=False
    )
    message = forms.CharField(
        label=_("Your question or message"),
        help_text=_("Write it in your own words."),
        widget=forms.Textarea(attrs={"rows": 5, "data-max-length": 500}),
        error_messages={"required": _("Write your question or message.")},
    )
    agreed = forms.BooleanField(label=_("You may leave a message on my voicemail"), required=False)

    optional_fields = ["time"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.attrs = {"novalidate": True}
        self.helper.layout = Layout(Fieldset(_("A group of fields"), *self.fields))
        self.helper.add_input(Submit("", _("Send")))


@require_safe
@require_admin_access
def styleguide(request):
    """Every component in every state, for those who write and those who build."""
    context = {
        "swatches": SWATCHES,
        "drawings": DRAWINGS,
        "levels": [
            {"level": "note", "text": _("Good to know, and no reason to worry.")},
            {"level": "caution", "text": _("Ask us or your doctor before you go on.")},
            {"level": "urgent", "text": _("Get help now, and do not wait for us.")},
        ],
        "form": SampleForm(auto_id="sample_%s"),
        "form_with_errors": SampleForm({}, auto_id="mended_%s"),
    }
    return render(request, "styleguide.html", context)


def of_a_page(view):
    """A view of Wagtail's own that answers 500 where it is asked for the root of all pages (7.4)."""

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
    """Wagtail's own, which answers 500 where no address is sent (7.4)."""

    def post(self, request):
        return super().post(request) if f"{self.form_prefix}-url" in request.POST else self.get(request)


choose_external_link = require_admin_access(ChooseExternalLink.as_view())


class EditPage(EditView):
    """Wagtail's own, which answers 500 where the review was withdrawn while the reviewer read (7.4)."""

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


@require_safe
def problem(request, status):
    """What a proxy in front says in the site's place (deploy/nginx), with the status of its own."""
    return render(request, f"{status}.html")


@require_safe
def web_manifest(request):
    clinic = ClinicSettings.for_request(request)
    icons = [
        {"src": static(f"img/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    return JsonResponse(
        {
            "name": clinic.name,
            "short_name": clinic.name,
            "start_url": "/",
            "display": "browser",
            "background_color": "#fbf9f5",
            "theme_color": "#fbf9f5",
            "icons": icons,
        },
        content_type="application/manifest+json",
    )

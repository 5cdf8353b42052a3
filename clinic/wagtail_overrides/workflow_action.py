"""Say why a workflow action is refused, where Wagtail answers with a bare 403.

Written for: Wagtail 7.4. Replaced by: a message in Wagtail's own view.
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages import workflow


class WorkflowAction(workflow.WorkflowAction):
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

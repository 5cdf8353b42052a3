"""The review panel above the fields of a page."""

from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, Panel, PublishingPanel
from wagtail.models import TaskState

MAX_SHOWN = 5


class ClinicalReviewPanel(Panel):
    """Shows the review status of the live version and the changes that a reviewer requested."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "education/panels/clinical_review.html"

        def is_shown(self):
            return super().is_shown() and self.instance.contains_medical_claims

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            page = self.instance
            if not page.pk:
                return context
            reviews = list(page.clinical_reviews[:MAX_SHOWN])
            return {
                **context,
                "review": page.clinical_review,
                "reviews": reviews,
                "unreviewed": page.unreviewed_publication,
                "change_request": latest_change_request(page),
                "compare": reviews and reviews[0].revision_id != page.latest_revision_id,
            }


def latest_change_request(page) -> TaskState | None:
    """Return the latest rejection in the current workflow, or None."""
    workflow_state = page.current_workflow_state
    if not workflow_state:
        return None
    rejections = workflow_state.task_states.filter(status=TaskState.STATUS_REJECTED)
    return rejections.select_related("finished_by").order_by("-finished_at").first()


SETTINGS_PANELS = [
    PublishingPanel(
        help_text=format_lazy(
            _("In the clinic’s time zone, {time_zone}."),
            time_zone=lazy(timezone.get_current_timezone_name, str)(),
        )
    ),
    CommentPanel(),
]

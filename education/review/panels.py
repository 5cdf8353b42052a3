"""What editors see above the fields of a page."""

from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, Panel, PublishingPanel


class ClinicalReviewPanel(Panel):
    """Says plainly whether a clinician has reviewed the words that readers see."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "education/panels/clinical_review.html"

        def is_shown(self):
            return super().is_shown() and self.instance.contains_medical_claims


SETTINGS = [
    PublishingPanel(
        help_text=format_lazy(
            _("In the clinic’s time zone, {time_zone}."),
            time_zone=lazy(timezone.get_current_timezone_name, str)(),
        )
    ),
    CommentPanel(),
]

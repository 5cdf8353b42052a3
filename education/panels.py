"""What editors see above the fields of a page."""

from wagtail.admin.panels import Panel


class ClinicalReviewPanel(Panel):
    """Says plainly whether a clinician has reviewed the words that readers see."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "education/panels/clinical_review.html"

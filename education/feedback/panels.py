"""What readers tell about a page, beside its fields."""

from wagtail.admin.panels import Panel
from wagtail.models import Page

from education.models.feedback import with_feedback


class ReadersPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "education/panels/readers.html"

        def is_shown(self):
            return super().is_shown() and bool(self.instance.pk)

        def get_context_data(self, parent_context=None):
            pages = list(with_feedback(Page.objects.filter(pk=self.instance.pk)))
            return {**super().get_context_data(parent_context), "pages": pages}

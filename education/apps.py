from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.signals import page_published


class EducationConfig(AppConfig):
    name = "education"
    verbose_name = _("Education")

    def ready(self):
        # Models are there only now.
        from education.jobs import queue_pictures
        from education.models import ArticlePage

        page_published.connect(queue_pictures, sender=ArticlePage)

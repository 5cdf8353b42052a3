from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InquiriesConfig(AppConfig):
    name = "inquiries"
    verbose_name = _("Inquiries")

    def ready(self):
        # Importing these registers them. They import models, so it can't happen earlier.
        from inquiries.desk import drafts, failed_emails  # noqa: F401
        from inquiries.privacy import backups  # noqa: F401
        from inquiries.public import probe  # noqa: F401
        from inquiries.reports import metrics  # noqa: F401

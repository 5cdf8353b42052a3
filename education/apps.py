from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils.translation import gettext_lazy as _
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    task_submitted,
)


class EducationConfig(AppConfig):
    name = "education"
    verbose_name = _("Education")

    def ready(self):
        # Models can't be imported before the app registry is ready.
        from wagtail.admin.signal_handlers import task_submission_email_notifier
        from wagtail.documents import get_document_model
        from wagtail.images import get_image_model
        from wagtail.models import PageViewRestriction, Revision

        from clinic.wagtail_overrides.protected_files import protect_references
        from education.files import deletion
        from education.jobs import queue_pictures, queue_word_update
        from education.models import SafetyNotice
        from education.review import gate
        from education.review.workflow import ClinicalReviewState
        from education.syndication import purging

        pre_delete.connect(gate.protect_reviewed_revision, sender=Revision)
        pre_delete.connect(gate.protect_history, sender=SafetyNotice)
        # Wagtail only emails reviewers about its own task types.
        task_submitted.connect(task_submission_email_notifier, sender=ClinicalReviewState)
        page_published.connect(queue_pictures)
        page_published.connect(queue_word_update)
        for model in (get_image_model(), get_document_model()):
            pre_delete.connect(deletion.refuse_file_in_use, sender=model)
        protect_references(deletion.is_streamfield_reference)
        for signal in (page_published, page_unpublished, post_page_move):
            signal.connect(purging.purge_linking_pages)
        for signal in (page_slug_changed, post_page_move):
            signal.connect(purging.purge_moved_pages)
        post_page_move.connect(purging.purge_old_parent)
        for signal in (post_save, post_delete):
            signal.connect(purging.purge_restricted, sender=PageViewRestriction)

"""Refuse to delete a picture or document that a page shows, on every screen.

What a clinician approved must be what readers see. Wagtail keeps a file where a foreign key protects it,
and says so on its screens; of one in a StreamField it only counts where it is used.
"""

from collections.abc import Iterator

from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Page, ReferenceIndex, Revision

from education.models.base import SectionsPage


def keep_shown(sender, instance, **kwargs):
    """Before a picture or document is deleted (pre_delete): refuses where a page shows it, or is about to."""
    shown = [reference for reference in ReferenceIndex.get_references_to(instance) if in_text(reference)]
    if shown:
        raise ProtectedError(_("A page shows this file. Take it out of the page first."), shown)
    if waiting := [page for page in waiting_drafts() if shows(page, instance)]:
        message = _("The draft of “%(title)s” shows this file. Take it out of the draft first.")
        raise ProtectedError(message % {"title": waiting[0].title}, set(waiting))


def waiting_drafts() -> Iterator[Page]:
    """Newer versions of pages than readers see: drafts, what is in review, what is scheduled."""
    drafts = Page.objects.filter(has_unpublished_changes=True).values("latest_revision")
    newer = Q(pk__in=drafts) | Q(approved_go_live_at__isnull=False)
    for revision in Revision.page_revisions.filter(newer):
        yield revision.as_object()


def shows(page: Page, file: AbstractImage | AbstractDocument) -> bool:
    pictures = page.picture_sizes() if hasattr(page, "picture_sizes") else []
    return any(file == picture for picture, _sizes in pictures) or (
        isinstance(page, SectionsPage) and (type(file), str(file.pk)) in page.files
    )


def in_text(reference):
    """Whether the reference is a file's place in a StreamField."""
    to = reference.to_content_type.model_class()
    return to in {get_image_model(), get_document_model()} and isinstance(reference.source_field, StreamField)

"""Refuse to delete a picture or document that a page uses.

Readers must see exactly what a clinician approved. Wagtail protects files that foreign keys refer to, but
only counts the uses of those in StreamFields.
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


def refuse_file_in_use(sender, instance, **kwargs):
    """Raise ProtectedError on `pre_delete` if a page or a draft uses the picture or document."""
    references = [*filter(is_streamfield_reference, ReferenceIndex.get_references_to(instance))]
    if references:
        raise ProtectedError(_("A page shows this file. Take it out of the page first."), references)
    if drafts := [page for page in pending_drafts() if shows(page, instance)]:
        message = _("The draft of “%(title)s” shows this file. Take it out of the draft first.")
        raise ProtectedError(message % {"title": drafts[0].title}, set(drafts))


def pending_drafts() -> Iterator[Page]:
    """Yield versions of pages that are newer than the live ones: drafts, in review, or scheduled."""
    drafts = Page.objects.filter(has_unpublished_changes=True).values("latest_revision")
    newer = Q(pk__in=drafts) | Q(approved_go_live_at__isnull=False)
    for revision in Revision.page_revisions.filter(newer):
        yield revision.as_object()


def shows(page: Page, file: AbstractImage | AbstractDocument) -> bool:
    pictures = page.picture_sizes() if hasattr(page, "picture_sizes") else []
    return any(file == picture for picture, _sizes in pictures) or (
        isinstance(page, SectionsPage) and (type(file), str(file.pk)) in page.files
    )


def is_streamfield_reference(reference):
    """Return True for references from a StreamField to a picture or document."""
    is_file = reference.to_content_type.model_class() in {get_image_model(), get_document_model()}
    return is_file and isinstance(reference.source_field, StreamField)

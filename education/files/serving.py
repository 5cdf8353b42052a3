"""Serve documents to readers only while a public page refers to them.

Files without a public page haven't been reviewed; unpublishing a page also withdraws its files. Signed-in
staff can open all documents, for drafts and previews.
"""

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page, ReferenceIndex


def require_public_page(document: AbstractDocument, request: HttpRequest) -> None:
    """Handle the `before_serve_document` hook: raise Http404 unless a public page refers to the document."""
    if request.user.is_authenticated:
        return
    pages = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.get_references_to(document).filter(base_content_type=pages)
    page_ids = [*references.values_list("object_id", flat=True)]
    if not Page.objects.live().public().filter(pk__in=page_ids).exists():
        raise Http404

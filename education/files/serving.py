"""Serve a document to readers only while a page that they can read offers it.

Nobody but its editor has looked into what was only uploaded. A page that's taken down takes its files along.
Signed-in staff get all, for drafts and previews.
"""

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page, ReferenceIndex


def only_offered(document: AbstractDocument, request: HttpRequest) -> None:
    """Receives `before_serve_document`; Http404 for what no page offers."""
    if request.user.is_authenticated:
        return
    pages = ContentType.objects.get_for_model(Page)
    offers = ReferenceIndex.get_references_to(document).filter(base_content_type=pages)
    if not Page.objects.live().public().filter(pk__in=[*offers.values_list("object_id", flat=True)]).exists():
        raise Http404

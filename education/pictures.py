"""A picture that a page shows stays, whoever wants to delete it and by whatever way.

What a clinician approved must be what readers see. Wagtail keeps a picture where a foreign key protects it,
and says so on its screens; of a picture in a StreamField it only counts where it is used.
"""

from django.db.models import PROTECT, ProtectedError
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex


def keep_shown(sender, instance, **kwargs):
    """Before a picture is deleted (pre_delete): raises ProtectedError where a page's text shows it."""
    shown = [reference for reference in ReferenceIndex.get_references_to(instance) if in_text(reference)]
    if shown:
        raise ProtectedError(_("A page shows this picture. Take it out of the page first."), shown)


def in_text(reference):
    """Whether the reference is a picture's place in a StreamField."""
    to = reference.to_content_type.model_class()
    return to is get_image_model() and isinstance(reference.source_field, StreamField)


def say_so_on_screens():
    """Wagtail's screens then offer no deletion, of one or of many, and refuse what is sent all the same."""
    written_by_wagtail = ReferenceIndex.on_delete.func
    ReferenceIndex.on_delete = property(
        lambda reference: PROTECT if in_text(reference) else written_by_wagtail(reference)
    )

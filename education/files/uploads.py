from typing import Any

import PIL.Image
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class PictureField(WagtailImageField):
    """Wagtail's field, with a form error instead of a 500 for files that Pillow can't read.

    Pillow raises many exceptions for damaged files; DecompressionBombError isn't even an OSError.
    Wagtail limits the pixels too, but decodes them first: 121 million took 2 GB of memory.
    """

    def to_python(self, data):
        try:
            if data:
                validate_pixel_count(data)
            return super().to_python(data)
        except ValidationError:
            raise
        except Exception as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error


def validate_pixel_count(file) -> None:
    """Check the size in the file's header, without decoding any pixel."""
    with PIL.Image.open(file) as picture:
        width, height = picture.size
    file.seek(0)
    if width * height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise ValidationError(
            _(
                "This picture is %(width)s by %(height)s pixels. At most %(max)s million pixels can be used:"
                " make it smaller first, for example 4000 by 3000."
            ),
            code="file_too_many_pixels",
            params={
                "width": width,
                "height": height,
                "max": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000,
            },
        )


class FixedFileMixin:
    """Refuses to replace a file: readers must see exactly what a clinician approved."""

    refusal: Any

    def clean_file(self):
        if self.instance.pk and "file" in self.changed_data:
            raise ValidationError(self.refusal)
        return self.cleaned_data["file"]


class PictureForm(FixedFileMixin, BaseImageForm):
    file = PictureField(label=_("File"), widget=forms.FileInput)

    refusal = _("A published article may show this picture. Upload the new one as a separate picture.")


class DocumentForm(FixedFileMixin, BaseDocumentForm):
    refusal = _("A published page may offer this file. Upload the new one as a separate document.")

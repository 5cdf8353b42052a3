"""Refuse a damaged or oversized image with a field error, where Wagtail lets Pillow's exceptions pass.

Written for: Wagtail 7.4. Replaced by: a check in Wagtail's own image field.
"""

from django.core.exceptions import ValidationError


def patch_image_field() -> None:
    """A damaged or monstrous picture is a field's error, where Wagtail's field lets Pillow's own errors pass.

    Pillow raises a dozen kinds (DecompressionBombError is not even an OSError), each a 500 until now.
    """
    from wagtail.images.fields import WagtailImageField

    read = WagtailImageField.to_python

    def to_python(self, data):
        try:
            return read(self, data)
        except ValidationError:
            raise
        except Exception as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error

    WagtailImageField.to_python = to_python

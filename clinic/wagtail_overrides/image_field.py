"""Pictures that staff upload."""

from django.core.exceptions import ValidationError


def refuse_what_cannot_be_read():
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

"""Blocks that show or offer a file: pictures, videos, downloads."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.documents.models import AbstractDocument
from wagtail.images.blocks import ImageChooserBlock

from education.blocks.text import text_block

VIDEO_EXTENSIONS = {"mp4", "webm"}
CAPTION_EXTENSIONS = {"vtt"}
WEBVTT_SIGNATURES = (b"WEBVTT", b"\xef\xbb\xbfWEBVTT")


class DescribedImageBlock(blocks.StructBlock):
    """An image with a required description for readers who can't see it."""

    image = ImageChooserBlock(label=gettext_lazy("Image"))
    alt_text = blocks.CharBlock(
        label=gettext_lazy("Description"),
        help_text=gettext_lazy("What a reader who can't see the image needs to know."),
        max_length=500,
    )
    caption = blocks.CharBlock(label=gettext_lazy("Caption"), required=False)

    class Meta:
        icon = "image"
        label = gettext_lazy("Image")
        template = "education/blocks/image.html"


class IllustrationBlock(DescribedImageBlock):
    long_description = text_block(
        label=gettext_lazy("Long description"),
        help_text=gettext_lazy("Everything the drawing shows, in words, for readers who can’t see it."),
    )

    class Meta:
        icon = "image"
        label = gettext_lazy("Illustration")
        template = "education/blocks/image.html"


class VideoBlock(blocks.StructBlock):
    """A self-hosted video with captions and a transcript."""

    title = blocks.CharBlock(label=gettext_lazy("Title"), max_length=120)
    video = DocumentChooserBlock(label=gettext_lazy("Video"), help_text=gettext_lazy("An MP4 or WebM file."))
    captions = DocumentChooserBlock(
        label=gettext_lazy("Captions"),
        help_text=gettext_lazy("A WebVTT file (.vtt) with what is said, and when."),
    )
    transcript = text_block(
        label=gettext_lazy("Transcript"), help_text=gettext_lazy("Everything that’s said and shown, as text.")
    )

    class Meta:
        icon = "media"
        label = gettext_lazy("Video")
        template = "education/blocks/video.html"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        errors = {}
        # Drafts can lack both files.
        if value["video"] and value["video"].file_extension.lower() not in VIDEO_EXTENSIONS:
            errors["video"] = ValidationError(_("Choose an MP4 or WebM file."))
        if value["captions"] and not is_captions(value["captions"]):
            errors["captions"] = ValidationError(_("Choose a WebVTT file. Its first word is WEBVTT."))
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return value


class DownloadBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=gettext_lazy("Title"), help_text=gettext_lazy("What the file is."), max_length=120
    )
    document = DocumentChooserBlock(label=gettext_lazy("File"))

    class Meta:
        icon = "download"
        label = gettext_lazy("Download")
        template = "education/blocks/download.html"


def is_captions(document: AbstractDocument) -> bool:
    if document.file_extension.lower() not in CAPTION_EXTENSIONS:
        return False
    with document.open_file() as file:
        return file.read(len(WEBVTT_SIGNATURES[1])).startswith(WEBVTT_SIGNATURES)

"""An article with one block of each type."""

from io import BytesIO

import PIL.Image
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.images.models import Image

from education.blocks.examples import EXAMPLES
from education.models import ArticlePage
from tests.support.publishing import publish


def every_block(article):
    """Publish a sibling of `article` that has one block of each type."""
    png = BytesIO()
    PIL.Image.new("RGB", (450, 250), "teal").save(png, "PNG")
    Image.objects.create(title="An image", file=ContentFile(png.getvalue(), "image.png"))
    video = Document.objects.create(title="Up", file=ContentFile(b"", "up.mp4"))
    chosen = {"video": {"video": video, "captions": video}, "download": {"document": video}}
    content = []
    for name, example in EXAMPLES.items():
        value = example() if callable(example) else example
        content.append((name, {**value, **chosen[name]} if name in chosen else value))
    index = article.get_parent().specific
    page = ArticlePage(
        title="All", lead="All.", body=[("section", {"heading": "A", "content": content})], slug="all"
    )
    index.add_child(instance=page)
    publish(page)
    return page

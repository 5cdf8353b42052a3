"""An article with one of each block."""

from io import BytesIO

import PIL.Image
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.images.models import Image

from education.blocks.examples import EXAMPLES
from education.models import ArticlePage
from tests.support.publishing import publish


def every_block(article):
    """An article next to this one that has one of each."""
    png = BytesIO()
    PIL.Image.new("RGB", (450, 250), "teal").save(png, "PNG")
    Image.objects.create(title="A picture", file=ContentFile(png.getvalue(), "picture.png"))
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

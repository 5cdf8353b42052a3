"""What an article is made of. Each block names what the words are, never how they look."""

from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock

from clinic.drawings import DRAWINGS

TEXT_FEATURES = ["bold", "italic", "link"]

# Ids that the page around the sections uses itself.
TAKEN_ANCHORS = {
    *["main", "contents", "key-points", "sources", "inquiry", "inquiry-form", "top", "search"],
    *["related", "articles", "other-topics", "call-or-ask"],
}


def text_block(**kwargs):
    return blocks.RichTextBlock(features=TEXT_FEATURES, **kwargs)


class StepBlock(blocks.StructBlock):
    text = text_block(label=_("Text"))
    drawing = blocks.ChoiceBlock(
        label=_("Drawing beside it"),
        help_text=_("One of the site’s own drawings. Each comes with its caption and its description."),
        choices=list(DRAWINGS.items()),
        required=False,
    )

    class Meta:
        icon = "list-ol"
        label = _("Step")


class TitledPointBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    text = text_block(label=_("Text"))

    class Meta:
        icon = "title"
        label = _("Point")


class CalloutBlock(blocks.StructBlock):
    """A word of care, set apart from the text: good to know, be careful, or act now."""

    level = blocks.ChoiceBlock(
        label=_("How serious"),
        choices=[
            ("note", _("Note: good to know")),
            ("caution", _("Caution: ask us or your doctor")),
            ("urgent", _("Urgent: get help now")),
        ],
        default="note",
    )
    text = text_block(label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Care callout")
        template = "education/blocks/callout.html"


class DescribedImageBlock(blocks.StructBlock):
    """Patients who can't see the picture read its description, so there is no picture without one."""

    image = ImageChooserBlock(label=_("Image"))
    alt_text = blocks.CharBlock(
        label=_("Description"),
        help_text=_("What a reader who can't see the image needs to know."),
        max_length=500,
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "education/blocks/image.html"


class QuoteBlock(blocks.StructBlock):
    quote = text_block(label=_("Quote"))
    source = blocks.CharBlock(label=_("Source"), help_text=_("Who says so, and where."))
    url = blocks.URLBlock(label=_("Address of the source"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote of a source")
        template = "education/blocks/quote.html"


class SourceBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Source"), help_text=_("Authors, title, publisher, year."))
    url = blocks.URLBlock(label=_("Address"), required=False)
    checked_on = blocks.DateBlock(
        label=_("Checked on"),
        required=False,
        help_text=_("When somebody last read it to see that it says what the page says."),
    )

    class Meta:
        icon = "link"
        label = _("Source")


class TableBlock(TypedTableBlock):
    """A table of short texts. On a phone it scrolls sideways by itself, not the page."""

    text = blocks.CharBlock(required=False)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "education/blocks/table.html"


class ContentBlock(blocks.StreamBlock):
    subheading = blocks.CharBlock(
        label=_("Subheading"), icon="h3", template="education/blocks/subheading.html", max_length=120
    )
    text = text_block(label=_("Text"), icon="pilcrow", template="education/blocks/text.html")
    bullets = blocks.ListBlock(
        text_block(label=_("Item")),
        label=_("Bulleted list"),
        icon="list-ul",
        template="education/blocks/bullets.html",
    )
    steps = blocks.ListBlock(
        StepBlock(),
        label=_("Numbered steps"),
        icon="list-ol",
        template="education/blocks/steps.html",
    )
    points = blocks.ListBlock(
        TitledPointBlock(),
        label=_("Titled points"),
        icon="list-ul",
        template="education/blocks/points.html",
    )
    callout = CalloutBlock()
    image = DescribedImageBlock()
    quote = QuoteBlock()
    table = TableBlock()

    class Meta:
        # A heading may stand alone while the article is being written or has just been imported.
        required = False


class SectionBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"))
    content = ContentBlock(label=_("Content"))

    class Meta:
        icon = "title"
        label = _("Section")


@dataclass(frozen=True)
class Section:
    anchor: str
    heading: str
    content: object


def sections_of(body):
    """The sections with the ids that the contents list links to: from the heading, each one once."""
    taken = set(TAKEN_ANCHORS)
    sections = []
    for block in body:
        heading = block.value["heading"]
        anchor = _free_anchor(slugify(heading, allow_unicode=True) or "section", taken)
        taken.add(anchor)
        sections.append(Section(anchor, heading, block.value["content"]))
    return sections


def images_in(sections):
    return [
        block.value["image"]
        for section in sections
        for block in section.content
        if block.block_type == "image" and block.value["image"]
    ]


def _free_anchor(anchor, taken):
    candidate, number = anchor, 1
    while candidate in taken:
        number += 1
        candidate = f"{anchor}-{number}"
    return candidate

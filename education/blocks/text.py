"""Text blocks: points, steps, questions, advice, quotes and sources."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from clinic.drawings import DRAWINGS

TEXT_FEATURES = ["bold", "italic", "link"]
LIST_FEATURES = [*TEXT_FEATURES, "ul", "ol"]


def text_block(**kwargs) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(**{"features": TEXT_FEATURES, **kwargs})


class UnindexedChoiceBlock(blocks.ChoiceBlock):
    """A choice that search ignores, because readers don't see its label."""

    def get_searchable_content(self, value: str) -> list[str]:
        return []


class StepBlock(blocks.StructBlock):
    text = text_block(label=_("Text"))
    drawing = UnindexedChoiceBlock(
        label=_("Drawing next to the step"),
        help_text=_("One of the site’s own drawings."),
        choices=list(DRAWINGS.items()),
        required=False,
    )
    caption = blocks.CharBlock(
        label=_("Caption"),
        help_text=_("One line below the drawing."),
        default="",
        max_length=120,
        required=False,
    )
    alt_text = blocks.CharBlock(
        label=_("Description"),
        help_text=_("What a reader who can't see the drawing needs to know."),
        default="",
        max_length=500,
        required=False,
    )

    class Meta:
        icon = "list-ol"
        label = _("Step")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Require a caption and a description, which are reviewed with the page, for each drawing."""
        value = super().clean(value)
        missing = [name for name in ("caption", "alt_text") if value["drawing"] and not value[name].strip()]
        if missing:
            error = ValidationError(_("Describe what the drawing shows."))
            raise blocks.StructBlockValidationError(block_errors=dict.fromkeys(missing, error))
        return value


class TitledPointBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    text = text_block(label=_("Text"))

    class Meta:
        icon = "title"
        label = _("Point")


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(
        label=_("Question"), help_text=_("As a patient would ask it."), max_length=200
    )
    answer = text_block(label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question")


class DosBlock(blocks.StructBlock):
    dos = blocks.ListBlock(text_block(label=_("Item")), label=_("Do"), min_num=1)
    donts = blocks.ListBlock(text_block(label=_("Item")), label=_("Don’t"), min_num=1)

    class Meta:
        icon = "check"
        label = _("Do and don’t")
        template = "education/blocks/dos.html"


class ChecklistBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=_("Title"), help_text=_("What the list is for, like “Before your visit”."), max_length=120
    )
    items = blocks.ListBlock(text_block(label=_("Item")), label=_("Items"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Checklist")
        template = "education/blocks/checklist.html"


class CalloutBlock(blocks.StructBlock):
    """Advice set apart from the text: good to know, be careful, or act now."""

    level = UnindexedChoiceBlock(
        label=_("Level"),
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
        label = _("Callout")
        template = "education/blocks/callout.html"


class QuoteBlock(blocks.StructBlock):
    quote = text_block(label=_("Quote"))
    source = blocks.CharBlock(label=_("Source"), help_text=_("Who said it, and where."))
    url = blocks.URLBlock(label=_("Web address of the source"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote from a source")
        template = "education/blocks/quote.html"


class SourceBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Source"), help_text=_("Authors, title, publisher, year."))
    url = blocks.URLBlock(label=_("Web address"), required=False)
    checked_on = blocks.DateBlock(
        label=_("Checked on"),
        required=False,
        help_text=_("When someone last read it and confirmed that it says what the page says."),
    )

    class Meta:
        icon = "link"
        label = _("Source")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        if value["checked_on"] and value["checked_on"] > timezone.localdate():
            error = ValidationError(_("This date is in the future. Enter when someone last read it."))
            raise blocks.StructBlockValidationError({"checked_on": error})
        return value

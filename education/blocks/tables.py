"""Tables with header cells. On phones, wide tables scroll sideways within the page."""

from django.utils.translation import gettext as _, gettext_lazy
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import (
    TypedTable,
    TypedTableBlock,
    TypedTableBlockValidationError,
)

from education.blocks.text import text_block

MIN_OPTIONS = 2


class TableBlock(TypedTableBlock):
    text = blocks.CharBlock(label=gettext_lazy("Text"), required=False)
    rich_text = text_block(label=gettext_lazy("Text with links"), required=False)

    class Meta:
        icon = "table"
        label = gettext_lazy("Table")
        template = "education/blocks/table.html"


class ComparisonBlock(TypedTableBlock):
    """Options side by side: a column for each option, a row for each criterion."""

    text = text_block(label=gettext_lazy("Text"), required=False)

    class Meta:
        icon = "table"
        label = gettext_lazy("Comparison")
        template = "education/blocks/table.html"

    def clean(self, table: TypedTable) -> TypedTable:
        table = super().clean(table)
        options = [column["heading"] for column in table.columns[1:]]
        problems = []
        if not table.caption:
            problems.append(_("Add a caption that says what is compared."))
        if len(options) < MIN_OPTIONS or not all(options):
            problems.append(_("Name two or more options, each as the heading of a column after the first."))
        if not table.row_data:
            problems.append(_("Add a row for each thing that the options are compared by."))
        if problems:
            raise TypedTableBlockValidationError(non_block_errors=problems)
        return table

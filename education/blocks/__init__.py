"""Blocks of a page's text. Each names what its content is, never how it looks."""

from education.blocks.content import (
    RARE_BLOCKS,
    ContentBlock,
    Section,
    SectionBlock,
    images_in,
    sections_of,
    texts_in,
)
from education.blocks.media import DescribedImageBlock, VideoBlock
from education.blocks.tables import ComparisonBlock, TableBlock
from education.blocks.text import TEXT_FEATURES, SourceBlock

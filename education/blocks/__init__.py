"""What a page's text is made of. Each block names what the words are, never how they look."""

from education.blocks.content import (
    STYLED_APART,
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

"""The text of a page by section, for the content checks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.models import Page
from wagtail.rich_text import RichText

TITLE_SELECTOR = "main h1"  # marks problems of the whole page


@dataclass(frozen=True)
class Link:
    text: str
    is_external: bool


@dataclass(frozen=True)
class Passage:
    """A section, or the text above the first one; `selector` is the CSS selector of its heading."""

    selector: str
    heading: str
    paragraphs: list[str]
    links: list[Link]
    is_urgent: bool = False
    names_source: bool = False

    @property
    def text(self) -> str:
        return "\n".join([self.heading, *self.paragraphs])


def passages_of(page: Page) -> list[Passage]:
    introductions = [getattr(page, name, "") for name in ("lead", "introduction")]
    points = [str(point.value) for point in getattr(page, "key_points", [])]
    passages = [Passage(TITLE_SELECTOR, "", [text for text in [*introductions, *points] if text], [])]
    for section in getattr(page, "sections", []):
        passages.append(passage_of(f'[id="{section.anchor}"]', section.heading, section.content))
    return passages


def passage_of(selector: str, heading: str, content: blocks.StreamValue) -> Passage:
    paragraphs: list[str] = []
    links: list[Link] = []
    for text in visible_texts(content):
        if isinstance(text, RichText):
            soup = BeautifulSoup(text.source, "html.parser")
            links += [Link(a.get_text(" ", strip=True), a.has_attr("href")) for a in soup.find_all("a")]
            parts = soup.find_all(["p", "li"]) or [soup]
            paragraphs += [re.sub(r"\s+", " ", part.get_text()).strip() for part in parts]
        else:
            paragraphs.append(text)
    return Passage(
        selector,
        heading,
        [paragraph for paragraph in paragraphs if paragraph],
        links,
        any(block.block_type == "callout" and block.value["level"] == "urgent" for block in content),
        any(block.block_type == "quote" for block in content),
    )


def visible_texts(value: Any) -> Iterator[str | RichText]:
    """Yield the text that readers see in a block's value, without choices, dates and URLs."""
    if isinstance(value, blocks.StructValue):
        for name, child in value.items():
            if not isinstance(value.block.child_blocks[name], blocks.ChoiceBlock | blocks.URLBlock):
                yield from visible_texts(child)
    elif isinstance(value, TypedTable):
        yield from (text for row in value.rows for cell in row for text in visible_texts(cell.value))
    elif isinstance(value, blocks.StreamValue | blocks.list_block.ListValue):
        yield from (text for child in value for text in visible_texts(getattr(child, "value", child)))
    elif isinstance(value, str | RichText):
        yield value

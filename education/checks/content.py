"""A page's text, section by section, for the checks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.models import Page
from wagtail.rich_text import RichText

TITLE = "main h1"  # where a finding about the whole page is shown


@dataclass(frozen=True)
class Link:
    text: str
    is_foreign: bool


@dataclass(frozen=True)
class Passage:
    """A section, or what stands above the sections: `place` is the CSS selector of its heading."""

    place: str
    heading: str
    paragraphs: list[str]
    links: list[Link]
    is_urgent: bool = False
    names_source: bool = False

    @property
    def text(self) -> str:
        return "\n".join([self.heading, *self.paragraphs])


def passages_of(page: Page) -> list[Passage]:
    beginning = [getattr(page, name, "") for name in ("lead", "introduction")]
    points = [str(point.value) for point in getattr(page, "key_points", [])]
    passages = [Passage(TITLE, "", [text for text in [*beginning, *points] if text], [])]
    for section in getattr(page, "sections", []):
        passages.append(passage_of(f'[id="{section.anchor}"]', section.heading, section.content))
    return passages


def passage_of(place: str, heading: str, content: blocks.StreamValue) -> Passage:
    paragraphs: list[str] = []
    links: list[Link] = []
    for text in texts_in(content):
        if isinstance(text, RichText):
            soup = BeautifulSoup(text.source, "html.parser")
            links += [Link(a.get_text(" ", strip=True), a.has_attr("href")) for a in soup.find_all("a")]
            parts = soup.find_all(["p", "li"]) or [soup]
            paragraphs += [re.sub(r"\s+", " ", part.get_text()).strip() for part in parts]
        else:
            paragraphs.append(text)
    return Passage(
        place,
        heading,
        [paragraph for paragraph in paragraphs if paragraph],
        links,
        any(block.block_type == "callout" and block.value["level"] == "urgent" for block in content),
        any(block.block_type == "quote" for block in content),
    )


def texts_in(value: Any) -> Iterator[str | RichText]:
    """All text that readers see in a block's value, without choices, dates and addresses."""
    if isinstance(value, blocks.StructValue):
        for name, child in value.items():
            if not isinstance(value.block.child_blocks[name], blocks.ChoiceBlock | blocks.URLBlock):
                yield from texts_in(child)
    elif isinstance(value, TypedTable):
        yield from (text for row in value.rows for cell in row for text in texts_in(cell.value))
    elif isinstance(value, blocks.StreamValue | blocks.list_block.ListValue):
        yield from (text for child in value for text in texts_in(getattr(child, "value", child)))
    elif isinstance(value, str | RichText):
        yield value

"""Blocks without an HTML element of their own: quotes that begin with a name, as in “> [!CHECKLIST] Title”.

The syntax is that of GitHub's alerts. Each function takes the pieces in the quote and returns the block's
value, or None if they don't fit the block.
"""

import html
import re
from collections.abc import Callable
from typing import Any

from education.importing.article import (
    ItemList,
    Paragraph,
    Picture,
    Rule,
    Table,
    TitledPoints,
    is_list,
    list_html,
    paragraphs_of,
    plain_text,
    rich_text,
)

Pieces = list[Any]
LINK = re.compile(r'<a href="([^"]*)">(.*)</a>')


def callout(level: str) -> Callable[[Pieces], Any]:
    def read(pieces: Pieces) -> Any:
        texts = [text for piece in pieces for text in paragraphs_of(piece)]
        return {"level": level, "text": rich_text(texts)} if texts else None

    return read


def nested_list(pieces: Pieces) -> Any:
    parts = [list_html(p) if isinstance(p, ItemList) else rich_text(paragraphs_of(p)) for p in pieces]
    return "".join(parts) or None


def questions(pieces: Pieces) -> Any:
    match pieces:
        case [TitledPoints() as points]:
            return [{"question": title, "answer": rich_text(texts)} for title, texts in points.points]
    return None


def checklist(pieces: Pieces) -> Any:
    match pieces:
        case [Paragraph() as title, ItemList() as items]:
            flat = _flat_items(items)
            return flat and {"title": plain_text(title.html), "items": flat}
    return None


def dos(pieces: Pieces) -> Any:
    match pieces:
        case [ItemList() as first, Rule(), ItemList() as second]:
            do, dont = _flat_items(first), _flat_items(second)
            return do and dont and {"dos": do, "donts": dont}
    return None


def captioned_table(pieces: Pieces) -> Table | None:
    match pieces:
        case [Table() as table]:
            return table
        case [Paragraph() as caption, Table() as table]:
            table.caption = plain_text(caption.html)
            return table
    return None


def comparison(pieces: Pieces) -> Any:
    table = captioned_table(pieces)
    if table is None:
        return None
    columns = [{"type": "text", "heading": heading} for heading in table.headings]
    rows = [{"values": [rich_text(cell) for cell in row]} for row in table.rows]
    return {"columns": columns, "rows": rows, "caption": table.caption}


def illustration(pieces: Pieces) -> Any:
    match pieces:
        case [*texts, Picture() as picture] if texts:
            picture.long_description = rich_text([text for piece in texts for text in paragraphs_of(piece)])
            return picture
    return None


def download(pieces: Pieces) -> Any:
    match [link_of(piece) for piece in pieces]:
        case [(title, target)]:
            return {"title": title, "document": target}
    return None


def video(pieces: Pieces) -> Any:
    match [link_of(piece) for piece in pieces[:2]], pieces[2:]:
        case [(title, target), (_word, captions)], [*texts]:
            transcript = rich_text([text for piece in texts for text in paragraphs_of(piece)])
            return {"title": title, "video": target, "captions": captions, "transcript": transcript}
    return None


def related(pieces: Pieces) -> Any:
    match pieces:
        case [ItemList() as items]:
            links = [link_of(Paragraph(item[0])) for item in items.items]
            return [link[1] for link in links if link] or None
    return None


def link_of(piece: Any) -> tuple[str, str] | None:
    """Return (text, target) of a paragraph that is a single link, otherwise None."""
    match = LINK.fullmatch(piece.html) if isinstance(piece, Paragraph) else None
    return (plain_text(match[2]), html.unescape(match[1])) if match else None


MARKED_BLOCKS: dict[str, tuple[str, Callable[[Pieces], Any]]] = {
    "NOTE": ("callout", callout("note")),
    "CAUTION": ("callout", callout("caution")),
    "URGENT": ("callout", callout("urgent")),
    "LIST": ("nested_list", nested_list),
    "QUESTIONS": ("questions", questions),
    "CHECKLIST": ("checklist", checklist),
    "DO": ("dos", dos),
    "COMPARISON": ("comparison", comparison),
    "ILLUSTRATION": ("illustration", illustration),
    "DOWNLOAD": ("download", download),
    "VIDEO": ("video", video),
    "RELATED": ("related", related),
}


def _flat_items(items: ItemList) -> list[str] | None:
    """Return the items as rich texts; None if one has a nested list, which these blocks can't hold."""
    if any(is_list(part) for item in items.items for part in item):
        return None
    return [rich_text(item) for item in items.items]

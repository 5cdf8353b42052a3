"""Data classes of an import: the pieces read from a file, and the article built from them."""

import datetime
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import PIL.Image
from django.utils.functional import Promise

from education.blocks import texts_in

PICTURE_FORMATS = ["AVIF", "GIF", "JPEG", "PNG", "WEBP"]
NON_TEXT_KEYS = {"level", "drawing", "url", "document", "video", "captions"}  # in stored values


class Refused(Exception):
    """The file can't become an article; the message is one sentence for the user."""


# Pieces. Texts are HTML fragments with only <b>, <i>, <a href> and <br/>. One that begins with <ul> or <ol>
# is a nested list.


@dataclass
class Heading:
    level: int
    text: str  # plain


@dataclass
class Paragraph:
    html: str


@dataclass
class ItemList:
    """A list; each item is a list of paragraphs and nested lists."""

    items: list[list[str]]
    ordered: bool = False
    start: str = "1"  # number of the first item, if ordered
    is_typed: bool = False  # built from paragraphs that begin with a typed bullet or number


@dataclass
class TitledPoints:
    """Pairs of a plain title and a list of paragraphs."""

    points: list[tuple[str, list[str]]]


@dataclass
class Quote:
    paragraphs: list[str]
    source: str = ""  # plain
    url: str = ""


@dataclass
class Table:
    headings: list[str]  # plain
    rows: list[list[list[str]]]  # a cell is a list of paragraphs and nested lists
    caption: str = ""  # plain
    rich_columns: set[int] = field(default_factory=set)  # rich text columns, from our own export


@dataclass
class Picture:
    key: str  # key of Document.pictures, or "image:" and the hash of a library image
    alt: str = ""
    caption: str = ""
    long_description: str = ""  # rich text


@dataclass
class MarkedQuote:
    """A quote that begins with the name of a block, such as [!CHECKLIST]; see marked.py."""

    name: str
    pieces: list[Any]


class Rule:
    """A horizontal rule: the next piece starts a new block."""


@dataclass
class Document:
    """A file's metadata and pictures, and notes for the editor."""

    title: str = ""
    fallback_title: str = ""  # from the file's properties, in case its text has no title
    date: datetime.date | None = None
    saved_on: datetime.date | None = None
    language: str = ""  # as in SectionsPage
    slug: str = ""
    seo_title: str = ""
    search_description: str = ""
    short_title: str = ""
    sources: list[dict[str, Any]] = field(default_factory=list)  # values of SourceBlock
    key_points: list[str] = field(default_factory=list)
    drawings: list[dict[str, str]] = field(default_factory=list)  # fields of StepBlock, one entry per step
    pictures: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    is_exact: bool = False  # from our own export: nothing needs to be guessed

    def note(self, text: str | Promise, **values: object) -> None:
        """Add a note for the editor on something that was dropped, moved or guessed."""
        note = str(text) % values if values else str(text)
        self.notes.append(note[0].upper() + note[1:])

    def add_picture(self, data: bytes) -> str:
        """Store a picture and return its key, or "" if browsers can't display it."""
        try:
            with PIL.Image.open(BytesIO(data), formats=PICTURE_FORMATS) as picture:
                picture.verify()
        except Exception:  # Pillow raises many kinds for damaged files
            return ""
        key = f"picture:{len(self.pictures) + 1}"
        self.pictures[key] = data
        return key


# The article.


@dataclass
class Block:
    kind: str  # name of a child block of ContentBlock
    value: Any  # as in the StreamField; a Picture until it's stored

    def lines(self) -> list[str]:
        match self.value:
            case Picture(alt=alt, caption=caption, long_description=described):
                texts = [escape(alt), escape(caption), described]
            case {"columns": columns, "rows": rows, "caption": caption}:
                headings = " | ".join(column["heading"] for column in columns)
                texts = [caption, headings, *(" | ".join(row["values"]) for row in rows)]
            case _:
                texts = list(texts_in(self.value, NON_TEXT_KEYS))
        lines = (plain_text(line) for text in texts for line in re.split(r"</p>|<li>|<br/>", text))
        return [line for line in lines if line]


@dataclass
class Section:
    heading: str
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Article:
    title: str
    date: datetime.date
    lead: str
    sections: list[Section]
    document: Document

    def remove_picture(self, picture: Picture) -> None:
        for section in self.sections:
            section.blocks = [block for block in section.blocks if block.value is not picture]

    def lines(self) -> Iterator[str]:
        for section in self.sections:
            yield section.heading
            for block in section.blocks:
                yield from block.lines()

    @property
    def notes(self) -> list[str]:
        return self.document.notes

    @property
    def pictures(self) -> list[Picture]:
        """All pictures, in document order."""
        blocks = (block for section in self.sections for block in section.blocks)
        return [block.value for block in blocks if isinstance(block.value, Picture)]


def plain_text(fragment: str) -> str:
    """Return a fragment's text without markup."""
    fragment = re.sub(r"<br/>|</?(?:ul|ol|li|p)\b[^>]*>", " ", fragment)
    return " ".join(html.unescape(re.sub(r"</?[abi]\b[^>]*>", "", fragment)).split())


def escape(text: str) -> str:
    return html.escape(text, quote=False)


def quoted(text: str, max_length: int | None = None) -> str:
    text = " ".join(text.split())
    if max_length and len(text) > max_length:
        text = text[: max_length - 1] + "…"
    return f"“{text}”"


def list_html(piece: ItemList) -> str:
    name = "ol" if piece.ordered else "ul"
    # Nested lists come last in an item, as in Wagtail's editor.
    items = "".join(f"<li>{'<br/>'.join(sorted(item, key=is_list))}</li>" for item in piece.items)
    return f"<{name}>{items}</{name}>".replace("<br/><ul>", "<ul>").replace("<br/><ol>", "<ol>")


def is_list(part: str) -> bool:
    return part.startswith(("<ul>", "<ol>"))


def rich_text(paragraphs: list[str]) -> str:
    """Return the paragraphs as the HTML of a rich text field."""
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def paragraphs_of(piece: Any) -> list[str]:
    match piece:
        case Heading():
            return [f"<b>{escape(piece.text)}</b>"]
        case ItemList():
            parts = [part for item in piece.items for part in item]
            return [escape(plain_text(part)) if is_list(part) else part for part in parts]
        case TitledPoints():
            return [f"<b>{escape(title)}:</b> {' '.join(texts)}".strip() for title, texts in piece.points]
        case Quote():
            return [*piece.paragraphs, *([escape(piece.source)] if piece.source else [])]
        case Table():
            rows = [[[escape(heading)] for heading in piece.headings], *piece.rows]
            return [" | ".join(" ".join(cell) for cell in row if cell) for row in rows]
        case Paragraph():
            return [piece.html]
        case _:
            return []

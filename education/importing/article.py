"""The words of an import: pieces as they stand in a file, and the article that they make."""

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
NO_WORDS = {"level", "drawing", "url", "document", "video", "captions"}  # of a stored value


class Refused(Exception):
    """No article can be made of this; the message is one sentence for the person who sent it."""


# Pieces. Texts are fragments of HTML with nothing but <b>, <i>, <a href> and <br/>, made by our reader. One
# that begins with <ul> or <ol> is a list within a list.


@dataclass
class Heading:
    level: int
    text: str  # plain


@dataclass
class Paragraph:
    html: str


@dataclass
class Items:
    """A list; an item is a list of paragraphs and lists."""

    items: list[list[str]]
    ordered: bool = False
    start: str = "1"  # the first number, where they are numbered
    is_typed: bool = False  # its bullets were typed in front of paragraphs; nothing marks it as a list


@dataclass
class Points:
    """Titled points: (plain title, list of paragraphs)."""

    points: list[tuple[str, list[str]]]


@dataclass
class Quote:
    paragraphs: list[str]
    source: str = ""  # plain
    url: str = ""


@dataclass
class Table:
    headings: list[str]  # plain
    rows: list[list[list[str]]]  # a cell is a list of paragraphs and lists
    caption: str = ""  # plain
    rich: set[int] = field(default_factory=set)  # in our own export: columns that take more than plain text


@dataclass
class Picture:
    key: str  # in Document.pictures, or "image:" and the hash of a file in the library
    alt: str = ""
    caption: str = ""
    long_description: str = ""  # as a rich text holds it


@dataclass
class Marked:
    """A quote that begins with the name of a block, as in [!CHECKLIST]: see marked.py."""

    name: str
    pieces: list[Any]


class Rule:
    """A line across the page: the next piece starts a new block."""


@dataclass
class Document:
    """What a file says about itself, the pictures in it, and what a person should look at."""

    title: str = ""
    named: str = ""  # what the file's properties call it, in case its text has no title
    date: datetime.date | None = None
    saved_on: datetime.date | None = None
    language: str = ""  # as SectionsPage keeps it
    slug: str = ""
    seo_title: str = ""
    search_description: str = ""
    short_title: str = ""
    sources: list[dict[str, Any]] = field(default_factory=list)  # values of education.blocks.SourceBlock
    key_points: list[str] = field(default_factory=list)
    drawings: list[dict[str, str]] = field(default_factory=list)  # what StepBlock holds of it, one a step
    pictures: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    is_exact: bool = False  # our own export: nothing in it needs to be guessed

    def note(self, text: str | Promise, **values: object) -> None:
        """Tell the person about something that was dropped, moved or guessed."""
        note = str(text) % values if values else str(text)
        self.notes.append(note[0].upper() + note[1:])

    def add_picture(self, data: bytes) -> str:
        """Its key; empty if it is no picture that a browser shows."""
        try:
            with PIL.Image.open(BytesIO(data), formats=PICTURE_FORMATS) as picture:
                picture.verify()
        except Exception:  # Pillow raises a dozen kinds for damaged files
            return ""
        key = f"picture:{len(self.pictures) + 1}"
        self.pictures[key] = data
        return key


# The article.


@dataclass
class Block:
    kind: str  # a child block of education.blocks.ContentBlock
    value: Any  # as the StreamField holds it; a picture's is a Picture until it's stored

    def lines(self) -> list[str]:
        match self.value:
            case Picture(alt=alt, caption=caption, long_description=described):
                texts = [escape(alt), escape(caption), described]
            case {"columns": columns, "rows": rows, "caption": caption}:
                headings = " | ".join(column["heading"] for column in columns)
                texts = [caption, headings, *(" | ".join(row["values"]) for row in rows)]
            case _:
                texts = list(texts_in(self.value, NO_WORDS))
        lines = (plain(line) for text in texts for line in re.split(r"</p>|<li>|<br/>", text))
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

    def drop(self, picture: Picture) -> None:
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
        """In the order of the text."""
        blocks = (block for section in self.sections for block in section.blocks)
        return [block.value for block in blocks if isinstance(block.value, Picture)]


def plain(fragment: str) -> str:
    """A fragment's words, without its markup."""
    fragment = re.sub(r"<br/>|</?(?:ul|ol|li|p)\b[^>]*>", " ", fragment)
    return " ".join(html.unescape(re.sub(r"</?[abi]\b[^>]*>", "", fragment)).split())


def escape(text: str) -> str:
    return html.escape(text, quote=False)


def quoted(text: str, longest: int | None = None) -> str:
    text = " ".join(text.split())
    if longest and len(text) > longest:
        text = text[: longest - 1] + "…"
    return f"“{text}”"


def html_of_list(piece: Items) -> str:
    name = "ol" if piece.ordered else "ul"
    # The lists within an item come last, as the editor keeps them.
    items = "".join(f"<li>{'<br/>'.join(sorted(item, key=is_list))}</li>" for item in piece.items)
    return f"<{name}>{items}</{name}>".replace("<br/><ul>", "<ul>").replace("<br/><ol>", "<ol>")


def is_list(part: str) -> bool:
    return part.startswith(("<ul>", "<ol>"))


def rich(paragraphs: list[str]) -> str:
    """As a rich text field holds them."""
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def paragraphs_of(piece: Any) -> list[str]:
    match piece:
        case Heading():
            return [f"<b>{escape(piece.text)}</b>"]
        case Items():
            parts = [part for item in piece.items for part in item]
            return [escape(plain(part)) if is_list(part) else part for part in parts]
        case Points():
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

"""The words of an import: pieces as they stand in a file, and the article that they make."""

import datetime
import html
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _


class Refused(Exception):
    """No article can be made of this; the message is one sentence for the person who sent it."""


@dataclass(frozen=True)
class Note:
    """Something that the person should look at, because it was dropped, moved or guessed."""

    line: int | None
    text: str

    def __str__(self):
        if not self.line:
            return self.text
        return _("Line %(number)s: %(text)s") % {"number": self.line, "text": self.text}


# Pieces. Texts are fragments of HTML with nothing but <b>, <i>, <a href> and <br/>, made by our readers.


@dataclass
class Heading:
    level: int
    text: str  # plain
    line: int | None = None


@dataclass
class Paragraph:
    html: str
    line: int | None = None


@dataclass
class Items:
    """A list; an item is a list of paragraphs."""

    items: list[list[str]]
    ordered: bool = False
    line: int | None = None
    start: str = "1"  # the first number, where they are numbered


@dataclass
class Points:
    """Titled points: (plain title, list of paragraphs)."""

    points: list[tuple[str, list[str]]]
    line: int | None = None


@dataclass
class Quote:
    paragraphs: list[str]
    source: str = ""  # plain
    url: str = ""
    line: int | None = None


@dataclass
class Document:
    """What a reader found: its pieces in order, what it said about itself, what had to be left out."""

    pieces: list = field(default_factory=list)
    title: str = ""
    date: datetime.date | None = None
    slug: str = ""
    seo_title: str = ""
    search_description: str = ""
    short_title: str = ""
    sources: list[tuple[str, str]] = field(default_factory=list)  # (title, address or "")
    key_points: list[str] = field(default_factory=list)
    drawings: list[str] = field(default_factory=list)  # names, one a step; "none" for a step without
    notes: list[Note] = field(default_factory=list)

    def note(self, line, text, **values):
        self.notes.append(Note(line, text % values if values else text))


# The article.


@dataclass
class Block:
    kind: str  # a child block of education.blocks.ContentBlock
    value: object

    def words(self):
        """All of its texts, in order."""
        match self.kind:
            case "text":
                return self.value
            case "callout":
                return self.value[1]
            case "points":
                return [text for title, texts in self.value for text in (html.escape(title), *texts)]
            case "quote":
                return [*self.value.paragraphs, html.escape(self.value.source)]
            case _:
                return [text for item in self.value for text in item]


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
    slug: str = ""
    seo_title: str = ""
    search_description: str = ""
    short_title: str = ""
    sources: list[tuple[str, str]] = field(default_factory=list)
    key_points: list[str] = field(default_factory=list)
    drawings: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def plain(fragment):
    """A fragment's words, without its markup."""
    return " ".join(html.unescape(re.sub(r"<br/>", " ", re.sub(r"</?[abi]\b[^>]*>", "", fragment))).split())


def quoted(text, longest=None):
    text = " ".join(text.split())
    if longest and len(text) > longest:
        text = text[: longest - 1] + "…"
    return f"“{text}”"

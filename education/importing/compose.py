"""From the pieces of any kind of file to an article: title, date, lead, sections of blocks."""

import datetime
import html
import re
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from education.importing.article import (
    Article,
    Block,
    Document,
    Heading,
    Items,
    Marked,
    Paragraph,
    Picture,
    Points,
    Quote,
    Refused,
    Rule,
    Section,
    Table,
    html_of_list,
    is_list,
    paragraphs_of,
    plain,
    quoted,
    rich,
)
from education.importing.lists import TYPED_ITEM, kind_of_list, with_lists
from education.importing.marked import MARKED, captioned
from education.importing.readers.dates import parse_date
from education.importing.readers.plain_text import CLOSING_MARKS
from education.importing.sources import take_sources

LONGEST_TITLE = 255
LONGEST_BOLD_HEADING = 100
LONGEST_SUBHEADING = 120
HAS_NO_TEXT = gettext_lazy("the section %(words)s has no text.")
CONTACT_FORM = re.compile(r"contact form|contact us form|inquiry form", re.IGNORECASE)


def compose(pieces: list[Any], document: Document) -> Article:
    title, before, pieces = _split_title(pieces, document)
    if not document.is_exact:
        pieces = _with_bold_headings(with_lists(pieces), document)
    first_heading = next((i for i, piece in enumerate(pieces) if isinstance(piece, Heading)), len(pieces))
    introduction, pieces = pieces[:first_heading], pieces[first_heading:]
    date = _take_date(introduction, document)
    lead = _take_lead(introduction, document)
    sections = Sections(document).of(_introduction_section(introduction, before, document) + pieces)
    if not document.is_exact:
        _take_contact_form(sections, document)
        take_sources(sections, document)
    if not lead and not any(section.blocks for section in sections):
        raise Refused(_("There’s a title but no text."))
    return Article(title=title, date=date, lead=lead, sections=sections, document=document)


def _split_title(pieces: list[Any], document: Document) -> tuple[str, list[Any], list[Any]]:
    """(title, pieces in front of it, pieces behind it)"""
    place = _place_of_title(pieces, document)
    title = document.title or (_words(pieces[place]) if place is not None else document.named)
    if not title:
        raise Refused(_("This file has no title: put the article's title in front, as its first heading."))
    if len(title) > LONGEST_TITLE:
        raise Refused(_("This file has no title: its first line is too long to be one."))
    if place is None:
        return title, [], pieces
    return title, pieces[:place], pieces[place + 1 :]


def _place_of_title(pieces: list[Any], document: Document) -> int | None:
    """Where among the pieces the title stands, if it does."""
    headings = [i for i, piece in enumerate(pieces) if isinstance(piece, Heading) and piece.level == 1]
    title = document.title or document.named
    first = pieces[0] if pieces else None
    if isinstance(first, Paragraph) and title and plain(first.html).casefold() == title.casefold():
        return 0
    if document.title:
        same = headings and pieces[headings[0]].text.casefold() == title.casefold()
        return headings[0] if same else None
    if len(headings) == 1 or (headings and not _looks_like_title(first)):
        return headings[0]
    if headings or not document.named:
        return 0 if _looks_like_title(first) else None
    return None


def _looks_like_title(piece: Any) -> bool:
    """For files whose title is a paragraph like any other, set in large letters."""
    words = plain(piece.html) if isinstance(piece, Paragraph) else ""
    closed = words.endswith(CLOSING_MARKS) or parse_date(words) or TYPED_ITEM.match(words)
    return bool(words) and len(words) <= LONGEST_TITLE and not closed


def _words(piece: Heading | Paragraph) -> str:
    return piece.text if isinstance(piece, Heading) else plain(piece.html)


def _with_bold_headings(pieces: list[Any], document: Document) -> list[Any]:
    """Some word processors only know a heading as a bold line."""
    if any(isinstance(piece, Heading) for piece in pieces):
        return pieces
    return [_bold_heading(piece, document) for piece in pieces]


def _bold_heading(piece: Any, document: Document) -> Any:
    match = isinstance(piece, Paragraph) and re.fullmatch(r"<b>([^<]+)</b>", piece.html)
    if not match or len(plain(match[1])) > LONGEST_BOLD_HEADING:
        return piece
    text = plain(match[1])
    document.note(_("the bold line %(words)s was taken for a heading."), words=quoted(text))
    return Heading(2, text)


def _take_date(introduction: list[Any], document: Document) -> datetime.date:
    paragraphs = [piece for piece in introduction if isinstance(piece, Paragraph)][:2]
    for piece in [] if document.is_exact else paragraphs:
        found = parse_date(plain(piece.html))
        if found and document.date in (None, found):
            introduction.remove(piece)
            return found
    if document.date is None and document.saved_on:
        text = _("no date was found in the text; the article is dated today. The file was saved on %(day)s.")
        document.note(text, day=date_format(document.saved_on))
    elif document.date is None:
        document.note(_("no date was found; the article is dated today."))
    return document.date or timezone.localdate()


def _take_lead(introduction: list[Any], document: Document) -> str:
    if not introduction or not isinstance(introduction[0], Paragraph):
        document.note(_("there’s no introduction: write a lead before publishing."))
        return ""
    piece = introduction.pop(0)
    for target, words in re.findall(r'<a href="([^"]*)">(.*?)</a>', piece.html):
        document.note(
            _("the lead has no links: %(words)s led to %(target)s"),
            words=quoted(plain(words)),
            target=quoted(html.unescape(target)),
        )
    return plain(piece.html)


def _introduction_section(introduction: list[Any], before: list[Any], document: Document) -> list[Any]:
    """What stood between lead and first heading, and what stood in front of the title, keeps a place."""
    if before:
        document.note(_("text before the title was moved after the lead."))
        introduction = introduction + before
    if not introduction:
        return []
    heading = _("Introduction")
    document.note(_("the rest of the introduction became a section, %(words)s."), words=quoted(heading))
    return [Heading(2, heading), *introduction]


class Sections:
    """Makes sections of pieces: each piece is a block, or joins the one before it."""

    def __init__(self, document: Document):
        self.document = document
        self.sections: list[Section] = []
        self.starts_new_block = False  # a line across the page keeps text from joining the text before it

    def of(self, pieces: list[Any]) -> list[Section]:
        highest = min((piece.level for piece in pieces if isinstance(piece, Heading)), default=2)
        for piece in pieces:
            if not isinstance(piece, Heading):
                BLOCKS[type(piece)](self, piece)
            elif piece.level > highest and self.sections and len(piece.text) <= LONGEST_SUBHEADING:
                self._add("subheading", piece.text)
            else:
                self.sections.append(Section(piece.text))
            self.starts_new_block = isinstance(piece, Rule)
        for block in (block for section in self.sections for block in section.blocks):
            if block.kind == "text":
                block.value = rich(block.value)
        for section in self.sections[:-1]:
            if not section.blocks:
                self.document.note(HAS_NO_TEXT, words=quoted(section.heading))
        return self.sections

    def _add(self, kind: str, value: Any) -> None:
        self.sections[-1].blocks.append(Block(kind, value))

    def text(self, piece: Any) -> None:
        blocks = self.sections[-1].blocks
        if blocks and blocks[-1].kind == "text" and not self.starts_new_block:
            blocks[-1].value += paragraphs_of(piece)
        else:
            self._add("text", paragraphs_of(piece))  # joined at the end: a text may have thousands

    def items(self, piece: Items) -> None:
        if any(is_list(part) for item in piece.items for part in item):
            self._add("nested_list", html_of_list(piece))
            return
        kind, items = kind_of_list(piece, self.sections[-1], self.document)
        if kind == "points":
            self.points(Points(items))
        elif kind == "steps":
            self._add("steps", [{"text": rich(item), "drawing": ""} for item in items])
        else:
            self._add("bullets", [rich(item) for item in items])

    def points(self, piece: Points) -> None:
        if all(title and texts for title, texts in piece.points):
            self._add("points", [{"title": title, "text": rich(texts)} for title, texts in piece.points])
        else:
            self.document.note(_("a list of words without meanings was kept as text."))
            self.text(piece)

    def quote(self, piece: Quote) -> None:
        if piece.source:
            quote = rich(piece.paragraphs)
            self._add("quote", {"quote": quote, "source": piece.source, "url": piece.url})
        else:
            self.document.note(_("a quote without a source was kept as text."))
            self.text(piece)

    def marked(self, piece: Marked) -> None:
        kind, read = MARKED.get(piece.name, ("", None))
        pictures = [one for one in piece.pieces if isinstance(one, Picture) and kind != "illustration"]
        pieces = [one for one in piece.pieces if one not in pictures]
        if read and (value := read(pieces)):
            self._add(kind, value)
            pieces = []
        elif piece.name == "TABLE" and (table := captioned(pieces)):
            pieces = [table]
        else:
            self.document.note(
                _("[!%(name)s] isn’t a block, or isn’t written as that block needs."), name=piece.name
            )
        for one in [*pieces, *pictures]:
            BLOCKS[type(one)](self, one)

    def table(self, piece: Table) -> None:
        """A column of plain text where that says it all, else one that keeps links, emphasis and lists."""
        columns: list[dict[str, str]] = []
        for number, heading in enumerate(piece.headings):
            cells = [row[number] for row in piece.rows]
            fits = all(len(cell) < 2 and "<" not in "".join(cell) for cell in cells)
            is_plain = fits and number not in piece.rich
            columns.append({"type": "text" if is_plain else "rich_text", "heading": heading})
        rows = [
            {
                "values": [
                    plain(" ".join(cell)) if column["type"] == "text" else rich(cell)
                    for column, cell in zip(columns, row, strict=True)
                ]
            }
            for row in piece.rows
        ]
        self._add("table", {"columns": columns, "rows": rows, "caption": piece.caption})

    def picture(self, piece: Picture) -> None:
        self._add("image", piece)

    def rule(self, piece: Rule) -> None:
        """Adds nothing; see `starts_new_block`."""


# Piece (see elements.py) → what makes a block of it.
BLOCKS: dict[type, Callable[[Sections, Any], None]] = {
    Paragraph: Sections.text,
    Items: Sections.items,
    Points: Sections.points,
    Quote: Sections.quote,
    Marked: Sections.marked,
    Table: Sections.table,
    Picture: Sections.picture,
    Rule: Sections.rule,
}


def _take_contact_form(sections: list[Section], document: Document) -> None:
    """Drop a last heading that only stands for the form: every article ends with it anyway."""
    if not sections or sections[-1].blocks:
        return
    heading = sections[-1].heading
    if CONTACT_FORM.fullmatch(heading):
        document.note(
            _("%(words)s was left out: every article already ends with the form."), words=quoted(heading)
        )
        sections.pop()
    else:
        document.note(HAS_NO_TEXT, words=quoted(heading))

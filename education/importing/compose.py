"""Build an article from pieces: title, date, lead, and sections of blocks."""

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
    ItemList,
    MarkedQuote,
    Paragraph,
    Picture,
    Quote,
    Refused,
    Rule,
    Section,
    Table,
    TitledPoints,
    is_list,
    list_html,
    paragraphs_of,
    plain_text,
    quoted,
    rich_text,
)
from education.importing.lists import TYPED_ITEM, classify_list, merge_typed_items
from education.importing.marked import MARKED_BLOCKS, captioned_table
from education.importing.readers.dates import parse_date
from education.importing.readers.plain_text import CLOSING_MARKS
from education.importing.sources import extract_sources

MAX_TITLE_LENGTH = 255
MAX_BOLD_HEADING_LENGTH = 100
MAX_SUBHEADING_LENGTH = 120
EMPTY_SECTION_NOTE = gettext_lazy("the section %(words)s has no text.")
CONTACT_FORM = re.compile(r"contact form|contact us form|inquiry form", re.IGNORECASE)


def compose(pieces: list[Any], document: Document) -> Article:
    title, before, pieces = _split_title(pieces, document)
    if not document.is_exact:
        pieces = _promote_bold_lines(merge_typed_items(pieces), document)
    first_heading = next((i for i, piece in enumerate(pieces) if isinstance(piece, Heading)), len(pieces))
    introduction, pieces = pieces[:first_heading], pieces[first_heading:]
    date = _extract_date(introduction, document)
    lead = _extract_lead(introduction, document)
    sections = SectionBuilder(document).build(_introduction_section(introduction, before, document) + pieces)
    if not document.is_exact:
        _drop_contact_form_heading(sections, document)
        extract_sources(sections, document)
    if not lead and not any(section.blocks for section in sections):
        raise Refused(_("There’s a title but no text."))
    return Article(title=title, date=date, lead=lead, sections=sections, document=document)


def _split_title(pieces: list[Any], document: Document) -> tuple[str, list[Any], list[Any]]:
    """Return (title, pieces before it, pieces after it)."""
    index = _title_index(pieces, document)
    title = document.title or (_text_of(pieces[index]) if index is not None else document.fallback_title)
    if not title:
        raise Refused(_("This file has no title: make the article’s title its first heading."))
    if len(title) > MAX_TITLE_LENGTH:
        raise Refused(_("This file has no title: its first line is too long to be one."))
    if index is None:
        return title, [], pieces
    return title, pieces[:index], pieces[index + 1 :]


def _title_index(pieces: list[Any], document: Document) -> int | None:
    """Return the index of the title among the pieces, or None."""
    headings = [i for i, piece in enumerate(pieces) if isinstance(piece, Heading) and piece.level == 1]
    title = document.title or document.fallback_title
    first = pieces[0] if pieces else None
    if isinstance(first, Paragraph) and title and plain_text(first.html).casefold() == title.casefold():
        return 0
    if document.title:
        same = headings and pieces[headings[0]].text.casefold() == title.casefold()
        return headings[0] if same else None
    if len(headings) == 1 or (headings and not _looks_like_title(first)):
        return headings[0]
    if headings or not document.fallback_title:
        return 0 if _looks_like_title(first) else None
    return None


def _looks_like_title(piece: Any) -> bool:
    """Guess whether a paragraph is a title that isn't marked up as one."""
    text = plain_text(piece.html) if isinstance(piece, Paragraph) else ""
    is_other = text.endswith(CLOSING_MARKS) or parse_date(text) or TYPED_ITEM.match(text)
    return bool(text) and len(text) <= MAX_TITLE_LENGTH and not is_other


def _text_of(piece: Heading | Paragraph) -> str:
    return piece.text if isinstance(piece, Heading) else plain_text(piece.html)


def _promote_bold_lines(pieces: list[Any], document: Document) -> list[Any]:
    """Turn bold lines into headings if the file has no other headings."""
    if any(isinstance(piece, Heading) for piece in pieces):
        return pieces
    return [_promote_bold_line(piece, document) for piece in pieces]


def _promote_bold_line(piece: Any, document: Document) -> Any:
    match = isinstance(piece, Paragraph) and re.fullmatch(r"<b>([^<]+)</b>", piece.html)
    if not match or len(plain_text(match[1])) > MAX_BOLD_HEADING_LENGTH:
        return piece
    text = plain_text(match[1])
    document.note(_("the bold line %(words)s became a heading."), words=quoted(text))
    return Heading(2, text)


def _extract_date(introduction: list[Any], document: Document) -> datetime.date:
    paragraphs = [piece for piece in introduction if isinstance(piece, Paragraph)][:2]
    for piece in [] if document.is_exact else paragraphs:
        found = parse_date(plain_text(piece.html))
        if found and document.date in (None, found):
            introduction.remove(piece)
            return found
    if document.date is None and document.saved_on:
        text = _("no date was found in the text; the article is dated today. The file was saved on %(day)s.")
        document.note(text, day=date_format(document.saved_on))
    elif document.date is None:
        document.note(_("no date was found; the article is dated today."))
    return document.date or timezone.localdate()


def _extract_lead(introduction: list[Any], document: Document) -> str:
    if not introduction or not isinstance(introduction[0], Paragraph):
        document.note(_("there’s no introduction: write a lead before publishing."))
        return ""
    piece = introduction.pop(0)
    for target, words in re.findall(r'<a href="([^"]*)">(.*?)</a>', piece.html):
        document.note(
            _("links in the lead are left out: %(words)s linked to %(target)s"),
            words=quoted(plain_text(words)),
            target=quoted(html.unescape(target)),
        )
    return plain_text(piece.html)


def _introduction_section(introduction: list[Any], before: list[Any], document: Document) -> list[Any]:
    """Return a section of the text before the title and between lead and first heading."""
    if before:
        document.note(_("text before the title was moved after the lead."))
        introduction = introduction + before
    if not introduction:
        return []
    heading = _("Introduction")
    document.note(_("the rest of the introduction became a section, %(words)s."), words=quoted(heading))
    return [Heading(2, heading), *introduction]


class SectionBuilder:
    """Builds sections from pieces: each piece becomes a block or joins the one before it."""

    def __init__(self, document: Document):
        self.document = document
        self.sections: list[Section] = []
        self.starts_new_block = False  # after a rule, text doesn't join the previous block

    def build(self, pieces: list[Any]) -> list[Section]:
        highest = min((piece.level for piece in pieces if isinstance(piece, Heading)), default=2)
        for piece in pieces:
            if not isinstance(piece, Heading):
                BLOCK_BUILDERS[type(piece)](self, piece)
            elif piece.level > highest and self.sections and len(piece.text) <= MAX_SUBHEADING_LENGTH:
                self._add("subheading", piece.text)
            else:
                self.sections.append(Section(piece.text))
            self.starts_new_block = isinstance(piece, Rule)
        for block in (block for section in self.sections for block in section.blocks):
            if block.kind == "text":
                block.value = rich_text(block.value)
        for section in self.sections[:-1]:
            if not section.blocks:
                self.document.note(EMPTY_SECTION_NOTE, words=quoted(section.heading))
        return self.sections

    def _add(self, kind: str, value: Any) -> None:
        self.sections[-1].blocks.append(Block(kind, value))

    def text(self, piece: Any) -> None:
        blocks = self.sections[-1].blocks
        if blocks and blocks[-1].kind == "text" and not self.starts_new_block:
            blocks[-1].value += paragraphs_of(piece)
        else:
            self._add("text", paragraphs_of(piece))  # joined once at the end: there can be thousands

    def items(self, piece: ItemList) -> None:
        if any(is_list(part) for item in piece.items for part in item):
            self._add("nested_list", list_html(piece))
            return
        kind, items = classify_list(piece, self.sections[-1], self.document)
        if kind == "points":
            self.points(TitledPoints(items))
        elif kind == "steps":
            self._add("steps", [{"text": rich_text(item), "drawing": ""} for item in items])
        else:
            self._add("bullets", [rich_text(item) for item in items])

    def points(self, piece: TitledPoints) -> None:
        if all(title and texts for title, texts in piece.points):
            self._add("points", [{"title": title, "text": rich_text(texts)} for title, texts in piece.points])
        else:
            self.document.note(_("a list of terms without definitions was kept as text."))
            self.text(piece)

    def quote(self, piece: Quote) -> None:
        if piece.source:
            quote = rich_text(piece.paragraphs)
            self._add("quote", {"quote": quote, "source": piece.source, "url": piece.url})
        else:
            self.document.note(_("a quote without a source was kept as text."))
            self.text(piece)

    def marked(self, piece: MarkedQuote) -> None:
        kind, read = MARKED_BLOCKS.get(piece.name, ("", None))
        pictures = [p for p in piece.pieces if isinstance(p, Picture) and kind != "illustration"]
        pieces = [p for p in piece.pieces if p not in pictures]
        if read and (value := read(pieces)):
            self._add(kind, value)
            pieces = []
        elif piece.name == "TABLE" and (table := captioned_table(pieces)):
            pieces = [table]
        else:
            self.document.note(_("[!%(name)s] isn’t a block, or isn’t written correctly."), name=piece.name)
        for part in [*pieces, *pictures]:
            BLOCK_BUILDERS[type(part)](self, part)

    def table(self, piece: Table) -> None:
        """Add a table; columns with links, emphasis, lists or several paragraphs in a cell are rich text."""
        columns: list[dict[str, str]] = []
        for number, heading in enumerate(piece.headings):
            cells = [row[number] for row in piece.rows]
            fits = all(len(cell) < 2 and "<" not in "".join(cell) for cell in cells)
            is_plain = fits and number not in piece.rich_columns
            columns.append({"type": "text" if is_plain else "rich_text", "heading": heading})
        rows = [
            {
                "values": [
                    plain_text(" ".join(cell)) if column["type"] == "text" else rich_text(cell)
                    for column, cell in zip(columns, row, strict=True)
                ]
            }
            for row in piece.rows
        ]
        self._add("table", {"columns": columns, "rows": rows, "caption": piece.caption})

    def picture(self, piece: Picture) -> None:
        self._add("image", piece)

    def rule(self, piece: Rule) -> None:
        """Add nothing; see `starts_new_block`."""


# Type of piece → method that adds its block.
BLOCK_BUILDERS: dict[type, Callable[[SectionBuilder, Any], None]] = {
    Paragraph: SectionBuilder.text,
    ItemList: SectionBuilder.items,
    TitledPoints: SectionBuilder.points,
    Quote: SectionBuilder.quote,
    MarkedQuote: SectionBuilder.marked,
    Table: SectionBuilder.table,
    Picture: SectionBuilder.picture,
    Rule: SectionBuilder.rule,
}


def _drop_contact_form_heading(sections: list[Section], document: Document) -> None:
    """Drop a final heading that announces the form; every article page ends with the form."""
    if not sections or sections[-1].blocks:
        return
    heading = sections[-1].heading
    if CONTACT_FORM.fullmatch(heading):
        document.note(
            _("%(words)s was left out: every article already ends with the form."), words=quoted(heading)
        )
        sections.pop()
    else:
        document.note(EMPTY_SECTION_NOTE, words=quoted(heading))

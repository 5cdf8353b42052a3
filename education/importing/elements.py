"""Parse HTML elements into pieces of an article.

BLOCK_BUILDERS in compose.py then builds a block from each piece. A new block with an HTML element of its own
needs a method and an entry in ELEMENTS, an entry there, and one in export.py.
"""

import html
import re
from collections.abc import Callable, Iterable
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement
from django.utils.translation import gettext as _

from education.importing.article import (
    Document,
    Heading,
    ItemList,
    MarkedQuote,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Table,
    TitledPoints,
    escape,
    list_html,
    paragraphs_of,
    plain_text,
    quoted,
)
from education.importing.inline import EMPHASIS, inline

MARKER = re.compile(r"\[!([A-Z]+)\](?:\s|<br/>)*")
DASH = re.compile(r"[—–-]\s*(?=\S)")


class Reader:
    """Collects pieces from the cleaned tree. Unsupported content is kept as text, with a note."""

    def __init__(self, document: Document):
        self.document = document
        self.pieces: list[Any] = []
        self.pictures: list[Picture] = []  # found in the current element; added after it
        self.depth = 0

    def walk(self, nodes: Iterable[PageElement]) -> None:
        inline_nodes: list[PageElement] = []  # of the current paragraph
        for node in nodes:
            if isinstance(node, Tag) and is_block(node):
                self._add_paragraphs(inline_nodes)
                inline_nodes = []
                ELEMENTS[node.name](self, node)
                self._add_pictures()
            else:
                inline_nodes.append(node)
        self._add_paragraphs(inline_nodes)

    def read_nested(self, nodes: Iterable[PageElement]) -> list[Any]:
        """Return the nodes' pieces instead of adding them to `self.pieces`."""
        outer, self.pieces = self.pieces, []
        self.depth += 1
        self.walk(nodes)
        self.depth -= 1
        inner, self.pieces = self.pieces, outer
        return inner

    def _add_paragraphs(self, nodes: list[PageElement]) -> None:
        self.pieces += [Paragraph(fragment) for fragment in inline(nodes, self.document, self.pictures)]
        self._add_pictures()

    def _add_pictures(self) -> None:
        if self.depth == 0:
            self.pieces += self.pictures
            self.pictures.clear()

    def container(self, tag: Tag) -> None:
        if tag.name == "pre":
            self.document.note(_("preformatted text was kept as a paragraph."))
        self.walk(tag.children)

    def heading(self, tag: Tag) -> None:
        # Headings can't have markup; some are bold or link to themselves.
        text = " ".join(plain_text(fragment) for fragment in self._paragraphs(tag.children))
        if text:
            self.pieces.append(Heading(int(tag.name[1]), text))

    def list_(self, tag: Tag) -> None:
        items = [item for child in tag.children if (item := self._paragraphs_and_lists([child]))]
        if items:
            self.pieces.append(ItemList(items, tag.name == "ol", str(tag.get("start", "1"))))

    def points(self, tag: Tag) -> None:
        points: list[tuple[str, list[str]]] = []
        for child in tag.find_all(["dt", "dd"]):
            if child.name == "dt" or not points:
                points.append((" ".join(plain_text(text) for text in self._paragraphs(child.children)), []))
            else:
                points[-1][1].extend(self._paragraphs(child.children))
        if points:
            self.pieces.append(TitledPoints(points))

    def table(self, tag: Tag) -> None:
        rows = [row for row in tag.find_all("tr") if row.find(["td", "th"])]
        widest = max((len(row.find_all(["td", "th"], recursive=False)) for row in rows), default=0)
        if (widest < 2 and not self.document.is_exact) or tag.find([*HEADINGS, "table"]):
            if widest > 1:
                self.document.note(
                    _("a table that contains another table or headings was kept as text: check it.")
                )
            self.container(tag)  # used for layout only
            return
        grid = self._grid(rows)
        has_headings = all(c.name == "th" for c in rows[0].find_all(["td", "th"])) or tag.find("thead")
        if self.document.is_exact and not has_headings:
            headings = [[] for _cell in grid[0]]
        else:
            headings, grid = grid[0], grid[1:]
        titles = [plain_text(" ".join(cell)) for cell in headings]
        if not (self.document.is_exact or has_headings):
            self.document.note(
                _("the first row of a table became its headings: %(words)s"),
                words=quoted(" | ".join(titles)),
            )
        caption = tag.find("caption")
        caption_text = " ".join(map(plain_text, self._paragraphs(caption.children))) if caption else ""
        table = Table(titles, grid, caption_text)
        if self.document.is_exact:
            cells = [cell for row in rows for cell in enumerate(row.find_all("td", recursive=False))]
            table.rich_columns = {number for number, cell in cells if cell.p}
        self.pieces.append(table)

    def _grid(self, rows: list[Tag]) -> list[list[list[str]]]:
        """Return the rows, padded to equal length. A cell with a rowspan is repeated in each row."""
        grid: list[list[list[str]]] = []
        spanned: dict[int, tuple[int, list[str]]] = {}  # column → remaining rows, cell
        for row in rows:
            cells: list[list[str]] = []
            for cell in row.find_all(["td", "th"], recursive=False):
                self._add_spanned_cells(cells, spanned)
                texts = self._paragraphs(cell.children)
                if (remaining := _span(cell, "rowspan") - 1) > 0:
                    spanned[len(cells)] = remaining, texts
                cells += [texts, *([] for _column in range(_span(cell, "colspan") - 1))]
            self._add_spanned_cells(cells, spanned)
            grid.append(cells)
        width = max(map(len, grid))
        all_cells = (cell for row in rows for cell in row.find_all(["td", "th"]))
        if any(_span(cell, name) > 1 for cell in all_cells for name in ("rowspan", "colspan")):
            self.document.note(_("merged table cells were split: check the table."))
        return [[*cells, *([] for _column in range(width - len(cells)))] for cells in grid]

    def _add_spanned_cells(self, cells: list[list[str]], spanned: dict[int, tuple[int, list[str]]]) -> None:
        while len(cells) in spanned:
            rows, texts = spanned.pop(len(cells))
            if rows > 1:
                spanned[len(cells)] = rows - 1, texts
            cells.append(texts)

    def quote(self, tag: Tag) -> None:
        cite = tag.find("cite")
        source = " ".join(cite.extract().get_text().split()) if cite else ""
        before = len(self.pictures)
        pieces = self.read_nested(tag.children)
        if name := pop_marker(pieces):
            self.pieces.append(MarkedQuote(name, [*pieces, *self.pictures[before:]]))
            del self.pictures[before:]
            return
        paragraphs = [text for piece in pieces for text in self._texts_of(piece, lists=False)]
        url = str(tag.get("cite", ""))
        if not source and len(paragraphs) > 1 and DASH.match(plain_text(paragraphs[-1])):
            last = paragraphs.pop()
            source = DASH.sub("", plain_text(last), count=1)
            if link := re.search(r'<a href="([^"]*)">', last):
                url = url or html.unescape(link[1])
        if not url.startswith(("http://", "https://")):
            url = ""
        if source and not paragraphs:
            paragraphs, source = [escape(source)], ""
        if paragraphs:
            self.pieces.append(Quote(paragraphs, source, url))

    def picture(self, tag: Tag) -> None:
        self.walk([child for child in tag.children if getattr(child, "name", "") != "figcaption"])
        caption = tag.find("figcaption")
        pictures = [*self.pictures, *(piece for piece in self.pieces if isinstance(piece, Picture))]
        if caption and pictures:
            pictures[-1].caption = " ".join(plain_text(text) for text in self._paragraphs(caption.children))
        elif caption:
            self.walk(caption.children)

    def rule(self, tag: Tag) -> None:
        self.pieces.append(Rule())

    def _paragraphs_and_lists(self, nodes: Iterable[PageElement]) -> list[str]:
        """Return paragraphs and lists, for blocks that can hold both."""
        return [rich for piece in self.read_nested(nodes) for rich in self._texts_of(piece, lists=True)]

    def _paragraphs(self, nodes: Iterable[PageElement]) -> list[str]:
        """Return paragraphs only, for blocks that can't hold lists."""
        return [text for piece in self.read_nested(nodes) for text in self._texts_of(piece, lists=False)]

    def _texts_of(self, piece: Any, lists: bool) -> list[str]:
        if isinstance(piece, Paragraph):
            return [piece.html]
        if isinstance(piece, ItemList) and lists:
            return [list_html(piece)]
        if texts := paragraphs_of(piece):
            note = _("text inside another block was kept as plain text: %(words)s")
            self.document.note(note, words=quoted(plain_text(texts[0]), 60))
        return texts


HEADINGS = [f"h{level}" for level in range(1, 7)]
CONTAINERS = ["html", "body", "main", "article", "section", "header", "div", "aside", "center", "details"]
CONTAINERS += ["form", "summary", "fieldset", "legend", "address", "hgroup", "search", "figcaption"]
CONTAINERS += ["caption", "p", "li", "dt", "dd", "thead", "tbody", "tfoot", "tr", "td", "th", "pre"]

# HTML element → method that reads it.
ELEMENTS: dict[str, Callable[[Reader, Tag], None]] = {
    **dict.fromkeys(HEADINGS, Reader.heading),
    **dict.fromkeys(["ul", "ol", "menu", "dir"], Reader.list_),
    "dl": Reader.points,
    "table": Reader.table,
    "blockquote": Reader.quote,
    "figure": Reader.picture,
    "hr": Reader.rule,
    **dict.fromkeys(CONTAINERS, Reader.container),
}
# Kept within paragraphs. Other elements lose their markup but not their text.
INLINE = {*EMPHASIS, "a", "br", "img", "sub", "sup"}


def is_block(node: Tag) -> bool:
    return node.name in ELEMENTS or node.find(list(ELEMENTS)) is not None


def pieces_of(soup: BeautifulSoup, document: Document) -> list[Any]:
    reader = Reader(document)
    reader.walk(soup.children)
    return reader.pieces


def pop_marker(pieces: list[Any]) -> str:
    """Remove a marker such as [!NOTE] from the first paragraph; return its name, or ""."""
    match = MARKER.match(pieces[0].html) if pieces and isinstance(pieces[0], Paragraph) else None
    if match is None:
        return ""
    pieces[0].html = pieces[0].html[match.end() :]
    if not pieces[0].html:
        pieces.pop(0)
    return match[1]


def _span(cell: Tag, name: str) -> int:
    text = str(cell.get(name, "1"))
    return min(int(text), 100) if text.isascii() and text.isdecimal() else 1

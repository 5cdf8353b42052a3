"""HTML: a saved page, a fragment, or what Markdown turned into. Nothing of its looks or scripts stays."""

import re

from bs4 import BeautifulSoup, Comment, NavigableString
from bs4.element import PreformattedString
from django.utils.translation import gettext as _

from education.importing.article import (
    Document,
    Heading,
    Items,
    Paragraph,
    Points,
    Quote,
    Refused,
    plain,
    quoted,
)
from education.importing.dates import parse_date
from education.importing.inline import NO_WORDS, escape, inline

# What stands around an article on a page: left out, with its words in the report.
AROUND = {"nav", "footer", "form", "dialog"}
UNSEEN = {"head", "title", "hr", "base"}
HEADINGS = {f"h{level}" for level in range(1, 7)}
LISTS = {"ul", "ol", "menu", "dir"}
TEXT_BLOCKS = HEADINGS | LISTS | {"p", "dl", "table", "blockquote", "pre", "figure"}
CONTAINERS = {"html", "body", "main", "article", "section", "header", "div", "aside", "center", "details"}
CONTAINERS |= {"summary", "fieldset", "legend", "address", "hgroup", "search", "figcaption", "caption"}
CONTAINERS |= {"li", "dt", "dd", "thead", "tbody", "tfoot", "tr", "td", "th"}
BLOCKS = TEXT_BLOCKS | CONTAINERS | AROUND | UNSEEN
DEEPEST_NESTING = 250


def read_html(text):
    document = Document()
    soup = BeautifulSoup(text, "html.parser")
    _read_head(soup, document)
    _read_soup(soup, document)
    has_title = any(isinstance(piece, Heading) and piece.level == 1 for piece in document.pieces)
    if not has_title and soup.title:
        document.title = " ".join(soup.title.get_text().split())
    return document


def read_html_body(text, document, numbered=False):
    """Add a fragment's pieces; `numbered` where tags carry the line of another source in data-line."""
    _read_soup(BeautifulSoup(text, "html.parser"), document, numbered)


def _read_soup(soup, document, numbered=False):
    _refuse_depths(soup)
    _close(soup)
    reader = Reader(document, numbered)
    reader.walk([soup])
    document.pieces += reader.pieces
    for name in ("script", "style"):
        if tags := soup.find_all(name):
            document.note(None, _("<%(tag)s> was left out, %(count)s in all."), tag=name, count=len(tags))


def _refuse_depths(soup):
    depths = {id(soup): 0}
    for node in soup.descendants:
        depths[id(node)] = depths[id(node.parent)] + 1
    if max(depths.values()) > DEEPEST_NESTING:
        raise Refused(_("This file is nested too deeply for an article."))


def _has(tag, names):
    return any(node.name in names for node in tag.descendants)


def _close(soup):
    """Put an item, cell or row that the author never closed beside the next one, not around it."""
    for names in (["li"], ["dt", "dd"], ["td", "th"]):
        for tag in soup.find_all(names):
            if tag.parent.name in names:
                tag.parent.insert_after(tag.extract())
    for row in soup.find_all("tr"):
        if row.parent.name in ("td", "th"):
            (row.find_parent("tr") or row.parent).insert_after(row.extract())


def _read_head(soup, document):
    for tag in soup.find_all("meta", content=True):
        name = str(tag.get("name") or tag.get("property") or "").lower()
        if name == "description":
            document.search_description = " ".join(tag["content"].split())
        elif name == "article:published_time":
            document.date = parse_date(tag["content"])
    for tag in soup.find_all("time", datetime=True):
        document.date = document.date or parse_date(tag["datetime"])


class Reader:
    """Walks the tree once and collects pieces. Anything it has no place for stays as text and is noted."""

    def __init__(self, document, numbered=False):
        self.document = document
        self.numbered = numbered
        self.pieces = []
        self.line = None

    def note(self, text, **values):
        self.document.note(self.line, text, **values)

    def leave_out(self, node):
        if isinstance(node, PreformattedString):
            if isinstance(node, Comment) and node.strip():
                self.note(_("a comment was left out: %(words)s"), words=quoted(node))
        elif node.name == "img":
            words = quoted(node.get("alt") or node.get("src", ""), 200)
            self.note(_("an image was not brought along; add it by hand: %(words)s"), words=words)
        elif node.name not in ("script", "style", "link", "meta"):
            words = " ".join(node.get_text(" ").split())
            self.note(_("<%(tag)s> was left out: %(words)s"), tag=node.name, words=quoted(words))

    def walk(self, nodes):
        waiting = []  # what is inline, until a block ends the paragraph that it makes
        for node in nodes:
            if self._is_block(node):
                self._add_paragraphs(waiting)
                waiting = []
                self._block(node)
            else:
                waiting.append(node)
        self._add_paragraphs(waiting)

    def inside(self, nodes):
        """The pieces of some nodes, for those who make one piece of them."""
        outer, self.pieces = self.pieces, []
        self.walk(nodes)
        inner, self.pieces = self.pieces, outer
        return inner

    def _is_block(self, node):
        if isinstance(node, NavigableString) or node.name in NO_WORDS:
            return False
        return node.name in BLOCKS or _has(node, BLOCKS)

    def _add_paragraphs(self, nodes):
        self.pieces += [Paragraph(fragment, self.line) for fragment in inline(nodes, self)]

    def _find_line(self, tag):
        if not self.numbered:
            self.line = tag.sourceline
        elif str(tag.get("data-line", "")).isdecimal():
            self.line = int(tag["data-line"])

    def _block(self, tag):
        self._find_line(tag)
        name = tag.name
        if name in AROUND and not self._is_wrapper(tag):
            self.leave_out(tag)
        elif name in HEADINGS:
            self._heading(tag)
        elif name in LISTS:
            self._list(tag)
        elif name == "dl":
            self._points(tag)
        elif name == "table" and not self._is_layout(tag):
            self._table(tag)
        elif name == "blockquote":
            self._quote(tag)
        elif name not in UNSEEN:
            self._container(tag)

    def _is_wrapper(self, tag):
        """Some sites wrap the whole page into one form."""
        return tag.name == "form" and _has(tag, TEXT_BLOCKS)

    def _is_layout(self, table):
        return _has(table, HEADINGS | LISTS | {"table"})

    def _container(self, tag):
        if tag.name == "pre":
            self.note(_("preformatted text was kept as a paragraph."))
        self.walk(tag.children)

    def _heading(self, tag):
        # Some mark a heading up as bold, or link it to itself: its words are what matters.
        line = self.line
        text = " ".join(plain(fragment) for fragment in self._flat(self.inside(tag.children)))
        if text:
            self.pieces.append(Heading(int(tag.name[1]), text, line))

    def _list(self, tag):
        line = self.line
        items = [item for child in tag.children if (item := self._flat(self.inside([child])))]
        if items:
            self.pieces.append(Items(items, tag.name == "ol", line, str(tag.get("start", "1"))))

    def _flat(self, pieces):
        """One item's paragraphs, whatever stood in it."""
        paragraphs = []
        for piece in pieces:
            if not isinstance(piece, Paragraph):
                text = _("what stood within another block was kept as its text: %(words)s")
                self.document.note(piece.line, text, words=quoted(plain(paragraphs_of(piece)[0]), 60))
            paragraphs += paragraphs_of(piece)
        return paragraphs

    def _points(self, tag):
        points, line = [], self.line
        for child in tag.find_all(["dt", "dd"]):
            paragraphs = self._flat(self.inside(child.children))
            if child.name == "dt" or not points:
                points.append((" ".join(plain(paragraph) for paragraph in paragraphs), []))
            else:
                points[-1][1].extend(paragraphs)
        if points:
            self.pieces.append(Points(points, line))

    def _table(self, tag):
        self.note(_("a table was kept as text, a paragraph a row."))
        line = self.line
        for row in tag.find_all(["tr", "caption"]):
            cells = row.find_all(["th", "td"]) or [row]
            texts = [" ".join(self._flat(self.inside(cell.children))) for cell in cells]
            if fragment := " | ".join(text for text in texts if text):
                self.pieces.append(Paragraph(fragment, line))

    def _quote(self, tag):
        line = self.line
        cite = tag.find("cite")
        source = " ".join(cite.extract().get_text().split()) if cite else ""
        paragraphs = self._flat(self.inside(tag.children))
        if not source and len(paragraphs) > 1 and re.match(r"[—–-]\s*\S", plain(paragraphs[-1])):
            source = plain(paragraphs.pop())
        url = str(tag.get("cite", ""))
        if not url.startswith(("http://", "https://")):
            url = ""
        if source and not paragraphs:
            paragraphs, source = [escape(source)], ""
        if paragraphs:
            self.pieces.append(Quote(paragraphs, source.lstrip("—–- "), url, line))


def paragraphs_of(piece):
    """Any piece as nothing but paragraphs."""
    match piece:
        case Heading():
            return [f"<b>{escape(piece.text)}</b>"]
        case Items():
            return [paragraph for item in piece.items for paragraph in item]
        case Points():
            return [f"<b>{escape(title)}:</b> {' '.join(texts)}".strip() for title, texts in piece.points]
        case Quote():
            return [*piece.paragraphs, *([escape(piece.source)] if piece.source else [])]
        case _:
            return [piece.html]

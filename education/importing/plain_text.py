"""Plain text, as it comes out of a word processor by copy and paste."""

import html
import re
from itertools import pairwise

from django.utils.translation import gettext as _

from education.importing.article import Document, Heading, Items, Paragraph, quoted
from education.importing.dates import parse_date
from education.importing.lists import TYPED_ITEM, add_item

LONGEST_HEADING = 100
LONGEST_TITLE_WITH_PERIOD = 120
SENTENCE_ENDS = tuple(".!…。！．।॥۔")  # in other scripts too
QUESTION_MARKS = tuple("?？؟;")
CLOSING_MARKS = (*SENTENCE_ENDS, *":;,：；，、،؛")
CLOSING_QUOTES = "\"'”’)]»」』）"


def read_plain_text(text):
    document = Document()
    lines = _joined(text)
    if lines and _is_title(lines[0][1]):
        document.title = lines.pop(0)[1]
    if lines and (found := parse_date(lines[0][1])):
        document.date = found
        lines.pop(0)
    for number, line in lines:
        _add(document, number, line)
    document.pieces = [_numbered_heading(document, *pair) for pair in pairwise([*document.pieces, None])]
    return document


def _is_title(line):
    if TYPED_ITEM.match(line):
        return False
    return not line.endswith(".") or len(line) <= LONGEST_TITLE_WITH_PERIOD


def _joined(text):
    """(number, line) of each line with text; the rest of a line that was wrapped is put back behind it."""
    joined = []
    follows = False
    for number, raw in enumerate(text.splitlines(), start=1):
        line = " ".join(raw.split())
        if line and follows and _continues(joined[-1][1], line):
            joined[-1] = (joined[-1][0], f"{joined[-1][1]} {line}")
        elif line:
            joined.append((number, line))
        follows = bool(line) and bool(joined)
    return joined


def _continues(before, line):
    """Was this line torn off the one before? Paragraphs and headings don't begin in lower case."""
    return line[0].islower() and not _is_closed(before)


def _is_closed(line):
    return line.rstrip(CLOSING_QUOTES).endswith((*SENTENCE_ENDS, *QUESTION_MARKS, ":"))


def _is_heading(line):
    if len(line) > LONGEST_HEADING:
        return False
    bare = line.rstrip(CLOSING_QUOTES)
    if bare.endswith(QUESTION_MARKS):
        # A question behind other sentences is a part of their paragraph.
        return not re.search(r"[.!?]\s", bare)
    return not bare.endswith(CLOSING_MARKS)


def _add(document, number, line):
    if match := TYPED_ITEM.match(line):
        add_item(document.pieces, number, html.escape(line[match.end() :], quote=False), match["number"])
    elif _is_heading(line):
        document.pieces.append(Heading(2, line, number))
    else:
        document.pieces.append(Paragraph(html.escape(line, quote=False), number))


def _numbered_heading(document, piece, following):
    """“2. What to expect” in front of a paragraph is no list of one step."""
    alone = isinstance(piece, Items) and piece.ordered and len(piece.items) == 1
    text = html.unescape(piece.items[0][0]) if alone else ""
    if not alone or not isinstance(following, Paragraph) or not _is_heading(text):
        return piece
    document.note(
        piece.line, _("%(words)s was taken for a heading, its number left out."), words=quoted(text)
    )
    return Heading(2, text, piece.line)

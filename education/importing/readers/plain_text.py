"""Convert plain text, as copied from a word processor, to HTML."""

import re

from django.utils.translation import gettext as _

from education.importing.article import Document, escape, quoted
from education.importing.lists import TYPED_ITEM
from education.importing.readers.dates import parse_date

MAX_HEADING_LENGTH = 100
MAX_TITLE_WITH_PERIOD_LENGTH = 120
SENTENCE_ENDS = tuple(".!…。！．।॥۔")  # in other scripts too
QUESTION_MARKS = tuple("?？؟;")
CLOSING_MARKS = (*SENTENCE_ENDS, *":;,：；，、،؛")
CLOSING_QUOTES = "\"'”’)]»」』）"


def read_plain_text(text: str, document: Document) -> str:
    lines = _unwrap_lines(text)
    if lines and _is_title(lines[0]):
        document.title = lines.pop(0)
    if lines and (found := parse_date(lines[0])):
        document.date = found
        lines.pop(0)
    return "\n".join(
        _line_html(*three, document) for three in zip(["", *lines], lines, [*lines[1:], ""], strict=False)
    )


def _is_title(line: str) -> bool:
    is_short = not line.endswith(".") or len(line) <= MAX_TITLE_WITH_PERIOD_LENGTH
    return is_short and not TYPED_ITEM.match(line)


def _unwrap_lines(text: str) -> list[str]:
    """Return the lines that have text, with wrapped lines joined."""
    joined: list[str] = []
    follows = False
    for raw in text.splitlines():
        line = " ".join(raw.split())
        if line and follows and _continues(joined[-1], line):
            joined[-1] = f"{joined[-1]} {line}"
        elif line:
            joined.append(line)
        follows = bool(line) and bool(joined)
    return joined


def _continues(before: str, line: str) -> bool:
    """Detect a wrapped line: paragraphs and headings don't begin with a lowercase letter."""
    is_closed = before.rstrip(CLOSING_QUOTES).endswith((*SENTENCE_ENDS, *QUESTION_MARKS, ":"))
    return line[0].islower() and not is_closed


def _is_heading(line: str) -> bool:
    if len(line) > MAX_HEADING_LENGTH:
        return False
    bare = line.rstrip(CLOSING_QUOTES)
    if bare.endswith(QUESTION_MARKS):
        # A question after other sentences belongs to their paragraph.
        return not re.search(r"[.!?]\s", bare)
    return not bare.endswith(CLOSING_MARKS)


def _line_html(before: str, line: str, following: str, document: Document) -> str:
    match = TYPED_ITEM.match(line)
    if not match:
        return f"<h2>{escape(line)}</h2>" if _is_heading(line) else f"<p>{escape(line)}</p>"
    text = line[match.end() :]
    if match["number"] and not TYPED_ITEM.match(before) and _is_heading(text) and _is_paragraph(following):
        # “2. What to expect” before a paragraph is a heading, not a list with one step.
        document.note(_("%(words)s became a heading without its number."), words=quoted(text))
        return f"<h2>{escape(text)}</h2>"
    marker = f"{match['number']}." if match["number"] else "•"
    return f"<p>{marker} {escape(text)}</p>"


def _is_paragraph(line: str) -> bool:
    return bool(line) and not TYPED_ITEM.match(line) and not _is_heading(line)

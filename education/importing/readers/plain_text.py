"""Plain text, as it comes out of a word processor by copy and paste."""

import re

from django.utils.translation import gettext as _

from education.importing.article import Document, escape, quoted
from education.importing.lists import TYPED_ITEM
from education.importing.readers.dates import parse_date

LONGEST_HEADING = 100
LONGEST_TITLE_WITH_PERIOD = 120
SENTENCE_ENDS = tuple(".!…。！．।॥۔")  # in other scripts too
QUESTION_MARKS = tuple("?？؟;")
CLOSING_MARKS = (*SENTENCE_ENDS, *":;,：；，、،؛")
CLOSING_QUOTES = "\"'”’)]»」』）"


def read_plain_text(text: str, document: Document) -> str:
    lines = _joined(text)
    if lines and is_title(lines[0]):
        document.title = lines.pop(0)
    if lines and (found := parse_date(lines[0])):
        document.date = found
        lines.pop(0)
    return "\n".join(
        _element(*three, document) for three in zip(["", *lines], lines, [*lines[1:], ""], strict=False)
    )


def is_title(line: str) -> bool:
    is_short = not line.endswith(".") or len(line) <= LONGEST_TITLE_WITH_PERIOD
    return is_short and not TYPED_ITEM.match(line)


def _joined(text: str) -> list[str]:
    """Each line with text; the rest of a line that was wrapped is put back behind it."""
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
    """Was this line torn off the one before? Paragraphs and headings don't begin in lower case."""
    is_closed = before.rstrip(CLOSING_QUOTES).endswith((*SENTENCE_ENDS, *QUESTION_MARKS, ":"))
    return line[0].islower() and not is_closed


def _is_heading(line: str) -> bool:
    if len(line) > LONGEST_HEADING:
        return False
    bare = line.rstrip(CLOSING_QUOTES)
    if bare.endswith(QUESTION_MARKS):
        # A question behind other sentences is a part of their paragraph.
        return not re.search(r"[.!?]\s", bare)
    return not bare.endswith(CLOSING_MARKS)


def _element(before: str, line: str, following: str, document: Document) -> str:
    match = TYPED_ITEM.match(line)
    if not match:
        return f"<h2>{escape(line)}</h2>" if _is_heading(line) else f"<p>{escape(line)}</p>"
    text = line[match.end() :]
    if match["number"] and not TYPED_ITEM.match(before) and _is_heading(text) and _is_paragraph(following):
        # “2. What to expect” in front of a paragraph is no list of one step.
        document.note(_("%(words)s was taken for a heading, its number left out."), words=quoted(text))
        return f"<h2>{escape(text)}</h2>"
    marker = f"{match['number']}." if match["number"] else "•"
    return f"<p>{marker} {escape(text)}</p>"


def _is_paragraph(line: str) -> bool:
    return bool(line) and not TYPED_ITEM.match(line) and not _is_heading(line)

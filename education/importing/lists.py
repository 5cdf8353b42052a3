"""Classify lists as steps, titled points or bullets, and detect lists typed as paragraphs."""

import re
from typing import Any

from django.utils.translation import gettext as _

from education.importing.article import Document, ItemList, Paragraph, Section, plain_text, quoted

# In the sentence before a list.
STEPS_HINT = re.compile(
    r"\b(steps|stages|step[- ]by[- ]step|in (?:this|the following) order)\b", re.IGNORECASE
)

TYPED_ITEM = re.compile(r"(?:[-*–—]\s+|[•·▪◦‣]\s*|(?P<number>\d{1,2})[.)]\s+)(?=\S)")

MAX_TITLE_WORDS = 8
PLAIN_TITLE = re.compile(r"(?P<title>[^<:.!?]{2,80}):\s+(?P<text>\S.*)", re.DOTALL)
BOLD_TITLE = re.compile(
    r"<b>(?P<title>[^<]{2,80}?)(?P<inside>[:.–—-]?)\s*</b>\s*(?P<after>[:–—-]?)\s*(?P<text>\S.*)", re.DOTALL
)


def merge_typed_items(pieces: list[Any]) -> list[Any]:
    """Turn paragraphs that begin with a typed bullet or number into lists."""
    result: list[Any] = []
    for piece in pieces:
        match = TYPED_ITEM.match(piece.html) if isinstance(piece, Paragraph) else None
        if match and match[0] != "— ":  # an em dash starts dialog or the source of a quote
            _add_item(result, piece.html[match.end() :], match["number"])
        else:
            result.append(piece)
    return result


def _add_item(pieces: list[Any], html: str, number: str | None) -> None:
    """Add an item to the list that `pieces` end with, or to a new one. `number` is None for a bullet."""
    ordered = number is not None
    last = pieces[-1] if pieces else None
    if isinstance(last, ItemList) and last.ordered == ordered:
        last.items.append([html])
    else:
        pieces.append(ItemList([[html]], ordered, number or "1", is_typed=True))


def classify_list(piece: ItemList, section: Section, document: Document) -> tuple[str, list[Any]]:
    """Return (block kind, items). Items of titled points are pairs of title and paragraphs."""
    if piece.ordered:
        if piece.start != "1":
            text = _("these steps were numbered from %(number)s; here they start at 1.")
            document.note(text, number=piece.start)
        return "steps", piece.items
    if document.is_exact:
        return "bullets", piece.items
    if piece.is_typed and STEPS_HINT.search(_preceding_sentence(section)):
        first = quoted(plain_text(piece.items[0][0]), 60)
        text = _("the list that begins with %(words)s became numbered steps: the sentence before it says so.")
        document.note(text, words=first)
        return "steps", piece.items
    if len(piece.items) > 1 and all(points := [_titled_point(item) for item in piece.items]):
        return "points", points
    return "bullets", piece.items


def _preceding_sentence(section: Section) -> str:
    """Return the last sentence of the text block directly before the list, or ""."""
    if not section.blocks or section.blocks[-1].kind != "text":
        return ""
    return re.split(r"(?<=[.!?])\s+", plain_text(section.blocks[-1].value[-1]))[-1]


def _titled_point(item: list[str]) -> tuple[str, list[str]] | None:
    """Return (title, paragraphs) for “Title: text” or a bold title with text, otherwise None."""
    if match := BOLD_TITLE.fullmatch(item[0]):
        title = match["title"]
        if not (match["inside"] or match["after"] or title.endswith(("?", "!"))):
            return None
    elif match := PLAIN_TITLE.fullmatch(item[0]):
        title = match["title"]
    else:
        return None
    title = plain_text(title)
    if len(title.split()) > MAX_TITLE_WORDS:
        return None
    return title, [match["text"], *item[1:]]

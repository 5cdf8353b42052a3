"""What a list is: steps, titled points, or bullets. And lists that were typed as paragraphs."""

import re
from typing import Any

from django.utils.translation import gettext as _

from education.importing.article import Document, Items, Paragraph, Section, plain, quoted

# In the sentence in front of a list.
SAYS_STEPS = re.compile(
    r"\b(steps|stages|step[- ]by[- ]step|in (?:this|the following) order)\b", re.IGNORECASE
)

TYPED_ITEM = re.compile(r"(?:[-*–—]\s+|[•·▪◦‣]\s*|(?P<number>\d{1,2})[.)]\s+)(?=\S)")

MAX_WORDS_IN_TITLE = 8
PLAIN_TITLE = re.compile(r"(?P<title>[^<:.!?]{2,80}):\s+(?P<text>\S.*)", re.DOTALL)
BOLD_TITLE = re.compile(
    r"<b>(?P<title>[^<]{2,80}?)(?P<inside>[:.–—-]?)\s*</b>\s*(?P<after>[:–—-]?)\s*(?P<text>\S.*)", re.DOTALL
)


def with_lists(pieces: list[Any]) -> list[Any]:
    """Paragraphs that begin with a typed bullet or number are the items of a list."""
    result: list[Any] = []
    for piece in pieces:
        match = TYPED_ITEM.match(piece.html) if isinstance(piece, Paragraph) else None
        if match and match[0] != "— ":  # in a page, such a dash begins what somebody says, or names them
            _add_item(result, piece.html[match.end() :], match["number"])
        else:
            result.append(piece)
    return result


def _add_item(pieces: list[Any], html: str, number: str | None) -> None:
    """To the list that the pieces end with, or to a new one. `number` is None for a bullet."""
    ordered = number is not None
    last = pieces[-1] if pieces else None
    if isinstance(last, Items) and last.ordered == ordered:
        last.items.append([html])
    else:
        pieces.append(Items([[html]], ordered, number or "1", is_typed=True))


def kind_of_list(piece: Items, section: Section, document: Document) -> tuple[str, list[Any]]:
    """Which block a list is, and its items: for titled points, pairs of title and text."""
    if piece.ordered:
        if piece.start != "1":
            text = _("these steps were numbered from %(number)s; here they start at 1.")
            document.note(text, number=piece.start)
        return "steps", piece.items
    if document.is_exact:
        return "bullets", piece.items
    if piece.is_typed and SAYS_STEPS.search(_words_before(section)):
        first = quoted(plain(piece.items[0][0]), 60)
        text = _("the list that begins with %(words)s became numbered steps: the sentence before it says so.")
        document.note(text, words=first)
        return "steps", piece.items
    if len(piece.items) > 1 and all(points := [_titled_point(item) for item in piece.items]):
        return "points", points
    return "bullets", piece.items


def _words_before(section: Section) -> str:
    """The last sentence of the text that the list follows directly."""
    if not section.blocks or section.blocks[-1].kind != "text":
        return ""
    return re.split(r"(?<=[.!?])\s+", plain(section.blocks[-1].value[-1]))[-1]


def _titled_point(item: list[str]) -> tuple[str, list[str]] | None:
    """(title, paragraphs) of “Title: text” or of a bold title and text; None if it is neither."""
    if match := BOLD_TITLE.fullmatch(item[0]):
        title = match["title"]
        if not (match["inside"] or match["after"] or title.endswith(("?", "!"))):
            return None
    elif match := PLAIN_TITLE.fullmatch(item[0]):
        title = match["title"]
    else:
        return None
    title = plain(title)
    if len(title.split()) > MAX_WORDS_IN_TITLE:
        return None
    return title, [match["text"], *item[1:]]

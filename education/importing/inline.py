"""The text within a paragraph: words, emphasis, links, breaks. All else loses its markup, not its words."""

import html
import re
from collections.abc import Iterable

from bs4 import NavigableString, Tag
from bs4.element import PageElement
from django.utils.translation import gettext as _

from education.importing.article import Document, Picture, escape, plain, quoted

EMPHASIS = {"b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "dfn": "i"}
BULLETS = "•▪◦‣"
BROKEN_LIST = re.compile(rf"\n[ \t]*(?=[{BULLETS}])")
BREAK = "<br/>"
# An empty line, or a break in front of a bullet.
PARTING = re.compile(rf"\s?{BREAK}(?:\s?{BREAK})+\s?|\s?{BREAK}\s?(?=[{BULLETS}])")
TOKENS = re.compile(rf"({PARTING.pattern}|</?[abi]\b[^>]*>)")
EDGES = re.compile(rf"^(?:\s|{BREAK})+|(?:\s|{BREAK})+$")
EMPTY = re.compile(r"<([abi])\b[^>]*></\1>")


def inline(nodes: Iterable[PageElement], document: Document, pictures: list[Picture]) -> list[str]:
    """The paragraphs that these inline nodes make: one, or more where an empty line parts them.

    Pictures among them go to `pictures`; what was left out is noted in `document`.
    """
    fragment = "".join(_render(node, document, pictures) for node in nodes)
    parts = _parted(re.sub(r"\s+", " ", fragment))
    trimmed = (EMPTY.sub("", EDGES.sub("", part)) for part in parts)
    return [part for part in trimmed if plain(part)]


def _parted(fragment: str) -> list[str]:
    """Emphasis and links that run across a parting are closed in front of it and opened again behind."""
    parts: list[str] = [""]
    opened: list[str] = []
    for number, token in enumerate(TOKENS.split(fragment)):
        is_text = number % 2 == 0
        if not is_text and BREAK in token:
            parts[-1] += "".join(f"</{tag[1]}>" for tag in reversed(opened))
            parts.append("".join(opened))
            continue
        if token.startswith("</"):
            opened.pop()
        elif not is_text:
            opened.append(token)
        parts[-1] += token
    return parts


def _render(node: PageElement, document: Document, pictures: list[Picture]) -> str:
    if isinstance(node, NavigableString):
        return BREAK.join(escape(part) for part in BROKEN_LIST.split(node))
    if not isinstance(node, Tag):
        return ""
    if node.name == "br":
        return BREAK
    if node.name == "img":
        alt, caption = (" ".join(str(node.get(name) or "").split()) for name in ("alt", "title"))
        pictures.append(Picture(str(node["src"]), alt, caption))
        return ""
    inner = "".join(_render(child, document, pictures) for child in node.children)
    if node.name in EMPHASIS and plain(inner):
        return _around(inner, EMPHASIS[node.name], "")
    if node.name == "a" and node.get("href") and plain(inner):
        return _around(inner, "a", f' href="{html.escape(str(node["href"]).strip())}"')
    if node.name in ("sub", "sup") and plain(inner):
        document.note(
            _("%(words)s is ordinary text now (it was raised or lowered)."), words=quoted(plain(inner))
        )
    return inner


def _around(inner: str, name: str, attributes: str) -> str:
    """Tags close around words: spaces stay outside, where they part the words."""
    bare = inner.strip()
    before = " " if inner[0].isspace() else ""
    after = " " if inner[-1].isspace() else ""
    return f"{before}<{name}{attributes}>{bare}</{name}>{after}"

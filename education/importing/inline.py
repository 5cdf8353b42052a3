"""Render the inline content of paragraphs. Unsupported elements lose their markup but not their text."""

import html
import re
from collections.abc import Iterable

from bs4 import NavigableString, Tag
from bs4.element import PageElement
from django.utils.translation import gettext as _

from education.importing.article import Document, Picture, escape, plain_text, quoted

EMPHASIS = {"b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "dfn": "i"}
BULLETS = "•▪◦‣"
BULLET_LINE_BREAK = re.compile(rf"\n[ \t]*(?=[{BULLETS}])")
LINE_BREAK = "<br/>"
# An empty line, or a line break before a bullet.
PARAGRAPH_BREAK = re.compile(rf"\s?{LINE_BREAK}(?:\s?{LINE_BREAK})+\s?|\s?{LINE_BREAK}\s?(?=[{BULLETS}])")
TOKENS = re.compile(rf"({PARAGRAPH_BREAK.pattern}|</?[abi]\b[^>]*>)")
EDGES = re.compile(rf"^(?:\s|{LINE_BREAK})+|(?:\s|{LINE_BREAK})+$")
EMPTY = re.compile(r"<([abi])\b[^>]*></\1>")


def inline(nodes: Iterable[PageElement], document: Document, pictures: list[Picture]) -> list[str]:
    """Return the paragraphs of a run of inline nodes, split at empty lines.

    Pictures are appended to `pictures`; `document` gets a note of what was left out.
    """
    fragment = "".join(_render(node, document, pictures) for node in nodes)
    parts = _split_paragraphs(re.sub(r"\s+", " ", fragment))
    trimmed = (EMPTY.sub("", EDGES.sub("", part)) for part in parts)
    return [part for part in trimmed if plain_text(part)]


def _split_paragraphs(fragment: str) -> list[str]:
    """Split at paragraph breaks; close emphasis and links before each break and reopen them after it."""
    parts: list[str] = [""]
    opened: list[str] = []
    for number, token in enumerate(TOKENS.split(fragment)):
        is_text = number % 2 == 0
        if not is_text and LINE_BREAK in token:
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
        return LINE_BREAK.join(escape(part) for part in BULLET_LINE_BREAK.split(node))
    if not isinstance(node, Tag):
        return ""
    if node.name == "br":
        return LINE_BREAK
    if node.name == "img":
        alt, caption = (" ".join(str(node.get(name) or "").split()) for name in ("alt", "title"))
        pictures.append(Picture(str(node["src"]), alt, caption))
        return ""
    inner = "".join(_render(child, document, pictures) for child in node.children)
    if node.name in EMPHASIS and plain_text(inner):
        return _wrap(inner, EMPHASIS[node.name], "")
    if node.name == "a" and node.get("href") and plain_text(inner):
        return _wrap(inner, "a", f' href="{html.escape(str(node["href"]).strip())}"')
    if node.name in ("sub", "sup") and plain_text(inner):
        document.note(
            _("superscript or subscript became ordinary text: %(words)s"), words=quoted(plain_text(inner))
        )
    return inner


def _wrap(inner: str, name: str, attributes: str) -> str:
    """Wrap text in a tag, with leading and trailing spaces outside."""
    bare = inner.strip()
    before = " " if inner[0].isspace() else ""
    after = " " if inner[-1].isspace() else ""
    return f"{before}<{name}{attributes}>{bare}</{name}>{after}"

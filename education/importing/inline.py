"""The text within a paragraph: words, emphasis, links, breaks. All else loses its markup, not its words."""

import html
import re

from bs4 import NavigableString
from bs4.element import PreformattedString
from django.utils.translation import gettext as _

from education.importing.article import plain, quoted

EMPHASIS = {"b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "dfn": "i"}
SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:|/(?!/))", re.IGNORECASE)
# Where plain text was saved as HTML, the lines of a list are only broken by a new line.
BULLETS = "•▪◦‣"
BROKEN_LIST = re.compile(rf"\n[ \t]*(?=[{BULLETS}])")
BREAK = "<br/>"
# An empty line, or a break in front of a bullet.
PARTING = re.compile(rf"\s?{BREAK}(?:\s?{BREAK})+\s?|\s?{BREAK}\s?(?=[{BULLETS}])")
TOKENS = re.compile(rf"({PARTING.pattern}|</?[abi]\b[^>]*>)")
EDGES = re.compile(rf"^(?:\s|{BREAK})+|(?:\s|{BREAK})+$")
EMPTY = re.compile(r"<([abi])\b[^>]*></\1>")
# What may stand in the middle of a sentence without being a part of it.
NO_WORDS = {"script", "style", "link", "meta", "img", "svg", "canvas", "audio", "video", "iframe", "object"}
NO_WORDS |= {"embed", "noscript", "template", "button", "input", "select", "textarea"}


def escape(text):
    return html.escape(text, quote=False)


def inline(nodes, reader):
    """The paragraphs that these inline nodes make: one, or more where an empty line parts them.

    `reader` hears of what was left out: `note(text, **values)`, `leave_out(tag)`.
    """
    fragment = "".join(_render(node, reader) for node in nodes)
    parts = _parted(re.sub(r"\s+", " ", fragment))
    trimmed = (EMPTY.sub("", EDGES.sub("", part)) for part in parts)
    return [part for part in trimmed if plain(part)]


def _parted(fragment):
    """Emphasis and links that run across a parting are closed in front of it and opened again behind."""
    parts, opened = [""], []
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


def _render(node, reader):
    if isinstance(node, PreformattedString):
        reader.leave_out(node)
        return ""
    if isinstance(node, NavigableString):
        return BREAK.join(escape(part) for part in BROKEN_LIST.split(node))
    if node.name == "br":
        return BREAK
    if node.name in NO_WORDS:
        reader.leave_out(node)
        return ""
    inner = "".join(_render(child, reader) for child in node.children)
    if node.name in EMPHASIS and plain(inner):
        return _around(inner, EMPHASIS[node.name], "")
    if node.name == "a":
        return _link(node, inner, reader)
    if node.name in ("sub", "sup") and plain(inner):
        reader.note(
            _("%(words)s no longer stands above or below the line: check what it means now."),
            words=quoted(plain(inner)),
        )
    return inner


def _link(node, inner, reader):
    target = str(node.get("href", "")).strip()
    if not target or not plain(inner):
        return inner
    if not SAFE_LINK.match(target):
        reader.note(
            _("the link on %(words)s was left out: %(target)s"),
            words=quoted(plain(inner)),
            target=quoted(target, 200),
        )
        return inner
    return _around(inner, "a", f' href="{html.escape(target)}"')


def _around(inner, name, attributes):
    """Tags close around words: spaces stay outside, where they part the words."""
    bare = inner.strip()
    before = " " if inner[0].isspace() else ""
    after = " " if inner[-1].isspace() else ""
    return f"{before}<{name}{attributes}>{bare}</{name}>{after}"

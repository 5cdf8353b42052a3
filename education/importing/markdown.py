"""Markdown, with or without front matter. Its text goes through the reader for HTML."""

import re

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from clinic.drawings import DRAWINGS
from education.importing.article import Document, Refused, quoted
from education.importing.dates import parse_date
from education.importing.html import read_html_body

FRONT_MATTER = re.compile(
    r"---[ \t]*\n(?P<lines>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
KEY = re.compile(r"(?P<key>[A-Za-z][\w -]*?)[ \t]*:(?:[ \t]+(?P<value>.*))?$")
TEXT_KEYS = {
    "title": "title",
    "short title": "short_title",
    "slug": "slug",
    "seo title": "seo_title",
    "description": "search_description",
    "search description": "search_description",
}
# The parser's own limit drops what is nested deeper, and says nothing.
DEEPEST_NESTING = 100


def read_markdown(text):
    document = Document()
    first_line = 1
    if match := FRONT_MATTER.match(text):
        _read_front_matter(document, match["lines"])
        first_line += match[0].count("\n")
        text = text[match.end() :]
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": DEEPEST_NESTING})
    tokens = parser.enable(["table", "strikethrough"]).parse(text)
    if any(token.level >= DEEPEST_NESTING - 2 for token in tokens):
        raise Refused(_("This file is nested too deeply for an article."))
    for token in tokens:
        if token.map and token.nesting >= 0:
            token.attrSet("data-line", str(token.map[0] + first_line))
    read_html_body(parser.renderer.render(tokens, parser.options, {}), document, numbered=True)
    return document


def _read_front_matter(document, lines):
    for number, key, value in _entries(lines):
        name = re.sub(r"[\s_-]+", " ", key).lower()
        single = " ".join(value)
        if name in TEXT_KEYS and single:
            setattr(document, TEXT_KEYS[name], single)
        elif name == "date" and parse_date(single):
            document.date = parse_date(single)
        elif name == "key points":
            document.key_points = value
        elif name == "sources":
            document.sources = [_source(text) for text in value]
        elif name == "drawings" and {"none", *DRAWINGS}.issuperset(value):
            document.drawings = value
        else:
            document.note(
                number,
                _("the front matter’s “%(key)s” has no place in an article: %(words)s"),
                key=key,
                words=quoted(single),
            )


def _source(text):
    """(title, address) from “Title | https://…”."""
    title, _bar, address = text.partition(" | ")
    return title.strip(), address.strip()


def _entries(lines):
    """(line number, key, values) of each entry: one value, or one a list item or continued line."""
    entries = []
    for number, raw in enumerate(lines.splitlines(), start=2):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        match = KEY.match(line)
        if match and not raw[0].isspace():
            value = (match["value"] or "").strip()
            entries.append((number, match["key"], [_unquoted(value)] if value not in ("", "|", ">") else []))
        elif entries:
            _continue(entries[-1][2], line)
        else:
            entries.append((number, "text", [line]))
    return entries


def _continue(values, line):
    if line.startswith("- "):
        values.append(_unquoted(line[2:].strip()))
    elif values:
        values[-1] += f" {line}"
    else:
        values.append(line)


def _unquoted(value):
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value

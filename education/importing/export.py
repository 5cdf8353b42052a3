"""Export an article as Markdown that imports back to the same blocks.

“guess: false” in the front matter makes the import exact. Blocks that Markdown has no syntax for become
quotes that begin with the block's name (marked.py).
"""

import re
from collections.abc import Callable
from html import escape
from itertools import zip_longest
from typing import Any

import yaml
from bs4 import BeautifulSoup, NavigableString, Tag
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from education.models import ArticlePage

SPECIAL_CHARACTERS = re.compile(r"[\\`*_\[\]<>&|~#]")
LINE_START_SYNTAX = re.compile(r"(\d{1,9})?[-+=:.)]")
PLAIN_TEXT = re.compile(r"[\w ,.;:()’'-]*")
PLAIN_URL = re.compile(r"[A-Za-z0-9/:.?=%#@+,-]+")
WORD = re.compile(r"\w(?:[\w ,’'-]*\w)?")  # always emphasized between asterisks
EMPHASIS_MARKERS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
FRONT_MATTER_FIELDS = {
    "language": "language",
    "short title": "short_title",
    "slug": "slug",
    "seo title": "seo_title",
    "description": "search_description",
}
# Two such blocks in a row would merge unless a rule separates them.
MERGING_BLOCKS = {"text", "bullets", "steps", "points"}


def to_markdown(page: ArticlePage) -> str:
    """Return the page, which can be a draft, as Markdown."""
    body = page.body.get_prep_value()
    fields: dict[str, Any] = {"title": page.title, "date": page.published_on.isoformat(), "guess": "false"}
    fields |= {key: getattr(page, name) for key, name in FRONT_MATTER_FIELDS.items() if getattr(page, name)}
    lists = {
        "key points": [point["value"] for point in page.key_points.get_prep_value()],
        "sources": [_source(source["value"]) for source in page.sources.get_prep_value()],
        "drawings": [
            _drawing(step)
            for section in body
            for block in section["value"]["content"]
            if block["type"] == "steps"
            for step in _values(block["value"])
        ],
    }
    fields |= {key: value for key, value in lists.items() if value}
    front_matter = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=1000)
    sections = [_section(section["value"]) for section in body]
    return "\n\n".join([f"---\n{front_matter}---", _text(page.lead), *sections]) + "\n"


def _source(source: dict[str, Any]) -> dict[str, str]:
    fields = {"title": source["title"], "url": source.get("url"), "checked on": source.get("checked_on")}
    return {key: str(value) for key, value in fields.items() if value}


def _drawing(step: dict[str, Any]) -> dict[str, str] | str:
    fields = {"drawing": "drawing", "caption": "caption", "description": "alt_text"}
    return {key: step[name] for key, name in fields.items() if step.get(name)} or "none"


def _section(section: dict[str, Any]) -> str:
    parts = [f"## {_text(section['heading'])}"]
    before = ""
    for block in section["content"]:
        kind = block["type"]
        if kind == before and kind in MERGING_BLOCKS:
            parts.append("***")
        parts.append(WRITERS[kind](block["value"]))
        before = kind
    return "\n\n".join(part for part in parts if part)


def _text(text: str) -> str:
    """Return plain text as a line of Markdown."""
    return _escape_start(SPECIAL_CHARACTERS.sub(r"\\\g<0>", " ".join(text.split())))


def _escape_start(line: str) -> str:
    """Escape a line so that it doesn't start a list, heading or definition."""
    if match := LINE_START_SYNTAX.match(line):
        return f"{line[: match.end() - 1]}\\{line[match.end() - 1 :]}"
    return line


def _paragraphs(html: str) -> list[str]:
    """Return each paragraph and list of a rich text as Markdown."""
    soup = BeautifulSoup(html, "html.parser")
    nodes = [node for node in soup.children if isinstance(node, Tag)]
    return [_html_list(node) if node.name in ("ul", "ol") else _escape_start(_inline(node)) for node in nodes]


def _inline(tag: Tag) -> str:
    text = ""
    children = list(tag.children)
    for node, following in zip_longest(children, children[1:]):
        if isinstance(node, NavigableString):
            text += SPECIAL_CHARACTERS.sub(r"\\\g<0>", node)
        elif isinstance(node, Tag) and node.name == "br":
            text += "<br/>"
        elif isinstance(node, Tag):
            text += _inline_tag(node, text, following)
    return text


def _inline_tag(tag: Tag, before: str, following: Any) -> str:
    inner = _inline(tag)
    if tag.name == "a":
        return _link(_link_target(tag), inner)
    stars = EMPHASIS_MARKERS.get(tag.name, "")
    starts_word = not before or before[-1] in " ("
    ends_word = following is None or (isinstance(following, NavigableString) and following[:1] in " .,;:!?)")
    if stars and starts_word and ends_word and WORD.fullmatch(inner):
        return f"{stars}{inner}{stars}"
    return f"<{tag.name}>{inner}</{tag.name}>" if stars else inner


def _link_target(tag: Tag) -> str:
    """Return the link's URL; for pages, the path, which the import turns back into a page link."""
    if tag.get("linktype") == "page":
        return _page_path(Page.objects.filter(pk=tag.get("id")).first())
    return str(tag.get("href") or "")


def _link(address: str, inner: str) -> str:
    if not address:
        return inner
    if PLAIN_URL.fullmatch(address):
        return f"[{inner}]({address})"
    return f'<a href="{escape(address)}">{inner}</a>'


def _html_list(tag: Tag) -> str:
    items = []
    for item in tag.find_all("li", recursive=False):
        lists = [inner.extract() for inner in item.find_all(["ul", "ol"], recursive=False)]
        items.append([_escape_start(_inline(item)), *map(_html_list, lists)])
    return _items(items, ordered=tag.name == "ol")


def _items(items: list[list[str]], ordered: bool) -> str:
    lines = []
    for number, parts in enumerate(items, start=1):
        marker = f"{number}. " if ordered else "- "
        lines.append(marker + _indent("\n\n".join(parts), len(marker)))
    return "\n".join(lines)


def _indent(text: str, width: int) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"{' ' * width}{line}" if line else "" for line in rest)])


def _blockquote(*parts: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(filter(None, parts)).split("\n"))


def _values(items: list[Any]) -> list[Any]:
    """Return the values of a list block, stored with or without ids."""
    return [item["value"] if isinstance(item, dict) and "value" in item else item for item in items]


def _rich_text(html: str) -> str:
    return "\n\n".join(_paragraphs(html))


def _bullets(items: list[Any]) -> str:
    return _items([_paragraphs(item) for item in _values(items)], ordered=False)


def _definitions(pairs: list[tuple[str, str]]) -> str:
    return "\n\n".join(f"{_text(title)}\n\n: {_indent(_rich_text(html), 2)}" for title, html in pairs)


def _questions(items: list[Any]) -> str:
    return _blockquote(
        "[!QUESTIONS]", _definitions([(item["question"], item["answer"]) for item in _values(items)])
    )


def _quote(value: dict[str, Any]) -> str:
    return _blockquote(
        *_paragraphs(value["quote"]), f"— {_link(value.get('url') or '', _text(value['source']))}"
    )


def _image(value: dict[str, Any]) -> str:
    image = get_image_model().objects.filter(pk=value["image"]).first()
    if image is None:
        return ""
    alt, caption, key = value["alt_text"], value.get("caption") or "", f"image:{image.get_file_hash()}"
    if PLAIN_TEXT.fullmatch(alt + caption):
        return f'![{alt}]({key} "{caption}")' if caption else f"![{alt}]({key})"
    return f'<img src="{key}" alt="{escape(alt)}" title="{escape(caption)}">'


def _table(value: dict[str, Any]) -> str:
    headings = [_text(column["heading"]) for column in value["columns"]]
    lines = [headings, ["---"] * len(headings)]
    for row in value["rows"]:
        cells = zip(value["columns"], row["values"], strict=True)
        lines.append([_cell(cell, column["type"] == "rich_text") for column, cell in cells])
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return _blockquote(f"[!TABLE] {_text(value['caption'])}", table) if value.get("caption") else table


def _cell(value: str, is_rich: bool) -> str:
    if not is_rich:
        return _text(value)
    return "".join(f"<p>{paragraph}</p>" for paragraph in _paragraphs(value))


def _comparison(value: dict[str, Any]) -> str:
    rich = [{**column, "type": "rich_text"} for column in value["columns"]]
    table = _table({**value, "columns": rich, "caption": ""})
    return _blockquote(f"[!COMPARISON] {_text(value.get('caption', ''))}", table)


def _file(pk: int | None, title: str) -> str:
    """Return a link to a library document by its hash."""
    document = get_document_model().objects.filter(pk=pk).first()
    return f"[{_text(title)}](document:{document.get_file_hash()})" if document else _text(title)


def _video(value: dict[str, Any]) -> str:
    files = [_file(value["video"], value["title"]), _file(value["captions"], "Captions")]
    return _blockquote("[!VIDEO]", *files, *_paragraphs(value["transcript"]))


def _related(items: list[Any]) -> str:
    pages = Page.objects.in_bulk(_values(items))
    found = [pages[pk] for pk in _values(items) if pk in pages]
    links = [[_link(_page_path(page), _text(page.title))] for page in found]
    return _blockquote("[!RELATED]", _items(links, ordered=False)) if links else ""


def _page_path(page: Page | None) -> str:
    return (page.relative_url(page.get_site()) or "") if page else ""


WRITERS: dict[str, Callable[[Any], str]] = {
    "subheading": lambda value: f"### {_text(value)}",
    "text": _rich_text,
    "bullets": _bullets,
    "nested_list": lambda value: _blockquote("[!LIST]", *_paragraphs(value)),
    "steps": lambda items: _items([_paragraphs(step["text"]) for step in _values(items)], ordered=True),
    "points": lambda items: _definitions([(point["title"], point["text"]) for point in _values(items)]),
    "questions": _questions,
    "dos": lambda value: _blockquote("[!DO]", _bullets(value["dos"]), "***", _bullets(value["donts"])),
    "checklist": lambda value: _blockquote(f"[!CHECKLIST] {_text(value['title'])}", _bullets(value["items"])),
    "callout": lambda value: _blockquote(f"[!{value['level'].upper()}]", *_paragraphs(value["text"])),
    "image": _image,
    "illustration": lambda value: _blockquote(
        "[!ILLUSTRATION]", *_paragraphs(value["long_description"]), _image(value)
    ),
    "video": _video,
    "download": lambda value: _blockquote("[!DOWNLOAD]", _file(value["document"], value["title"])),
    "quote": _quote,
    "table": _table,
    "comparison": _comparison,
    "related": _related,
}

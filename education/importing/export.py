"""An article as Markdown that imports back to the same blocks (education/importing).

“guess: false” in its front matter tells the import to take everything as it stands. Blocks that Markdown has
no form for are quotes that begin with their name (education/importing/marked.py).
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

SPECIAL = re.compile(r"[\\`*_\[\]<>&|~#]")
AT_THE_START = re.compile(r"(\d{1,9})?[-+=:.)]")
PLAIN_WORDS = re.compile(r"[\w ,.;:()’'-]*")
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9/:.?=%#@+,-]+")
WORD = re.compile(r"\w(?:[\w ,’'-]*\w)?")  # between asterisks, emphasis for sure
STARS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
FACTS = {
    "language": "language",
    "short title": "short_title",
    "slug": "slug",
    "seo title": "seo_title",
    "description": "search_description",
}
# Two of the same in a row would be one, if no line stood between them.
JOINED = {"text", "bullets", "steps", "points"}


def to_markdown(page: ArticlePage) -> str:
    """The page's words as they stand in `page`, which may be a draft."""
    body = page.body.get_prep_value()
    front = {"title": page.title, "date": page.published_on.isoformat(), "guess": "false"}
    front |= {key: getattr(page, name) for key, name in FACTS.items() if getattr(page, name)}
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
    facts = yaml.safe_dump(
        {**front, **{key: value for key, value in lists.items() if value}},
        allow_unicode=True,
        sort_keys=False,
        width=1000,
    )
    sections = [_section(section["value"]) for section in body]
    return "\n\n".join([f"---\n{facts}---", _words(page.lead), *sections]) + "\n"


def _source(source: dict[str, Any]) -> dict[str, str]:
    named = {"title": source["title"], "url": source.get("url"), "checked on": source.get("checked_on")}
    return {key: str(value) for key, value in named.items() if value}


def _drawing(step: dict[str, Any]) -> dict[str, str] | str:
    words = {"drawing": "drawing", "caption": "caption", "description": "alt_text"}
    return {key: step[name] for key, name in words.items() if step.get(name)} or "none"


def _section(section: dict[str, Any]) -> str:
    parts = [f"## {_words(section['heading'])}"]
    before = ""
    for block in section["content"]:
        kind = block["type"]
        if kind == before and kind in JOINED:
            parts.append("***")
        parts.append(WRITERS[kind](block["value"]))
        before = kind
    return "\n\n".join(part for part in parts if part)


def _words(text: str) -> str:
    """Plain words on a line of their own."""
    escaped = SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
    return _start(escaped)


def _start(line: str) -> str:
    """A line that begins no list, heading or definition."""
    if match := AT_THE_START.match(line):
        return f"{line[: match.end() - 1]}\\{line[match.end() - 1 :]}"
    return line


def _paragraphs(html: str) -> list[str]:
    """A rich text's paragraphs and lists, each as Markdown."""
    soup = BeautifulSoup(html, "html.parser")
    nodes = [node for node in soup.children if isinstance(node, Tag)]
    return [_list(node) if node.name in ("ul", "ol") else _start(_inline(node)) for node in nodes]


def _inline(tag: Tag) -> str:
    text = ""
    children = list(tag.children)
    for node, following in zip_longest(children, children[1:]):
        if isinstance(node, NavigableString):
            text += SPECIAL.sub(r"\\\g<0>", node)
        elif isinstance(node, Tag) and node.name == "br":
            text += "<br/>"
        elif isinstance(node, Tag):
            text += _marked_up(node, text, following)
    return text


def _marked_up(tag: Tag, before: str, following: Any) -> str:
    inner = _inline(tag)
    if tag.name == "a":
        return _link(_address(tag), inner)
    stars = STARS.get(tag.name, "")
    apart = not before or before[-1] in " ("
    ends = following is None or (isinstance(following, NavigableString) and following[:1] in " .,;:!?)")
    if stars and apart and ends and WORD.fullmatch(inner):
        return f"{stars}{inner}{stars}"
    return f"<{tag.name}>{inner}</{tag.name}>" if stars else inner


def _address(tag: Tag) -> str:
    """Pages of the site by their path, which the import turns into links to the page again."""
    if tag.get("linktype") == "page":
        return _path(Page.objects.filter(pk=tag.get("id")).first())
    return str(tag.get("href") or "")


def _link(address: str, inner: str) -> str:
    if not address:
        return inner
    if PLAIN_ADDRESS.fullmatch(address):
        return f"[{inner}]({address})"
    return f'<a href="{escape(address)}">{inner}</a>'


def _list(tag: Tag) -> str:
    items = []
    for item in tag.find_all("li", recursive=False):
        lists = [inner.extract() for inner in item.find_all(["ul", "ol"], recursive=False)]
        items.append([_start(_inline(item)), *map(_list, lists)])
    return _items(items, ordered=tag.name == "ol")


def _items(items: list[list[str]], ordered: bool) -> str:
    lines = []
    for number, parts in enumerate(items, start=1):
        marker = f"{number}. " if ordered else "- "
        lines.append(marker + _indented("\n\n".join(parts), len(marker)))
    return "\n".join(lines)


def _indented(text: str, width: int) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"{' ' * width}{line}" if line else "" for line in rest)])


def _quoted(*parts: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(filter(None, parts)).split("\n"))


def _values(items: list[Any]) -> list[Any]:
    """What a list block holds, with or without ids."""
    return [item["value"] if isinstance(item, dict) and "value" in item else item for item in items]


def _text(html: str) -> str:
    return "\n\n".join(_paragraphs(html))


def _bullets(items: list[Any]) -> str:
    return _items([_paragraphs(item) for item in _values(items)], ordered=False)


def _definitions(pairs: list[tuple[str, str]]) -> str:
    return "\n\n".join(f"{_words(title)}\n\n: {_indented(_text(html), 2)}" for title, html in pairs)


def _questions(items: list[Any]) -> str:
    return _quoted(
        "[!QUESTIONS]", _definitions([(item["question"], item["answer"]) for item in _values(items)])
    )


def _quote(value: dict[str, Any]) -> str:
    return _quoted(
        *_paragraphs(value["quote"]), f"— {_link(value.get('url') or '', _words(value['source']))}"
    )


def _image(value: dict[str, Any]) -> str:
    image = get_image_model().objects.filter(pk=value["image"]).first()
    if image is None:
        return ""
    alt, caption, key = value["alt_text"], value.get("caption") or "", f"image:{image.get_file_hash()}"
    if PLAIN_WORDS.fullmatch(alt + caption):
        return f'![{alt}]({key} "{caption}")' if caption else f"![{alt}]({key})"
    return f'<img src="{key}" alt="{escape(alt)}" title="{escape(caption)}">'


def _table(value: dict[str, Any]) -> str:
    headings = [_words(column["heading"]) for column in value["columns"]]
    lines = [headings, ["---"] * len(headings)]
    for row in value["rows"]:
        cells = zip(value["columns"], row["values"], strict=True)
        lines.append([_cell(cell, column["type"] == "rich_text") for column, cell in cells])
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return _quoted(f"[!TABLE] {_words(value['caption'])}", table) if value.get("caption") else table


def _cell(value: str, is_rich: bool) -> str:
    if not is_rich:
        return _words(value)
    return "".join(f"<p>{paragraph}</p>" for paragraph in _paragraphs(value))


def _comparison(value: dict[str, Any]) -> str:
    rich = [{**column, "type": "rich_text"} for column in value["columns"]]
    table = _table({**value, "columns": rich, "caption": ""})
    return _quoted(f"[!COMPARISON] {_words(value.get('caption', ''))}", table)


def _file(pk: int | None, title: str) -> str:
    """A link to a file of the library, by its hash."""
    document = get_document_model().objects.filter(pk=pk).first()
    return f"[{_words(title)}](document:{document.get_file_hash()})" if document else _words(title)


def _video(value: dict[str, Any]) -> str:
    files = [_file(value["video"], value["title"]), _file(value["captions"], "Captions")]
    return _quoted("[!VIDEO]", *files, *_paragraphs(value["transcript"]))


def _related(items: list[Any]) -> str:
    pages = Page.objects.in_bulk(_values(items))
    links = [[_link(_path(pages.get(pk)), _words(pages[pk].title))] for pk in _values(items) if pk in pages]
    return _quoted("[!RELATED]", _items(links, ordered=False)) if links else ""


def _path(page: Page | None) -> str:
    return (page.relative_url(page.get_site()) or "") if page else ""


WRITERS: dict[str, Callable[[Any], str]] = {
    "subheading": lambda value: f"### {_words(value)}",
    "text": _text,
    "bullets": _bullets,
    "nested_list": lambda value: _quoted("[!LIST]", *_paragraphs(value)),
    "steps": lambda items: _items([_paragraphs(step["text"]) for step in _values(items)], ordered=True),
    "points": lambda items: _definitions([(point["title"], point["text"]) for point in _values(items)]),
    "questions": _questions,
    "dos": lambda value: _quoted("[!DO]", _bullets(value["dos"]), "***", _bullets(value["donts"])),
    "checklist": lambda value: _quoted(f"[!CHECKLIST] {_words(value['title'])}", _bullets(value["items"])),
    "callout": lambda value: _quoted(f"[!{value['level'].upper()}]", *_paragraphs(value["text"])),
    "image": _image,
    "illustration": lambda value: _quoted(
        "[!ILLUSTRATION]", *_paragraphs(value["long_description"]), _image(value)
    ),
    "video": _video,
    "download": lambda value: _quoted("[!DOWNLOAD]", _file(value["document"], value["title"])),
    "quote": _quote,
    "table": _table,
    "comparison": _comparison,
    "related": _related,
}

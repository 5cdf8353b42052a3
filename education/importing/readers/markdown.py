"""Convert Markdown to HTML, and read its front matter."""

import re
from typing import Any

import frontmatter
import yaml
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from clinic.drawings import DRAWINGS
from education.importing.article import Document, Refused, quoted
from education.importing.readers.dates import parse_date

FRONT_MATTER = re.compile(r"---[ \t]*\n")
TEXT_KEYS = {
    "title": "title",
    "short title": "short_title",
    "slug": "slug",
    "seo title": "seo_title",
    "description": "search_description",
    "search description": "search_description",
}
LANGUAGES = {"es": "es", "spanish": "es", "español": "es", "en": "", "english": "", "": ""}
MAX_LENGTHS = {"short_title": 60, "seo_title": 255}
UNUSED_KEY_NOTE = gettext_lazy("the front matter’s “%(key)s” isn’t used in articles: %(words)s")
# The parser silently drops deeper nesting.
MAX_NESTING_DEPTH = 100


class TextHandler(frontmatter.YAMLHandler):
    """Loads all values as text: dates and numbers stay as typed."""

    def load(self, fm: str, **kwargs: object) -> Any:
        return yaml.load(fm, Loader=yaml.BaseLoader)  # noqa: S506 - creates only strings, lists and dicts


def read_markdown(text: str, document: Document) -> str:
    """Return the text as HTML; the front matter goes to `document`."""
    if FRONT_MATTER.match(text):
        text = _read_front_matter(text, document)
    # Linkify is off: bare URLs stay text.
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": MAX_NESTING_DEPTH})
    parser.enable(["table", "strikethrough"]).use(footnote_plugin, inline=False).use(deflist_plugin)
    tokens = parser.parse(text)
    if any(token.level >= MAX_NESTING_DEPTH - 2 for token in tokens):
        raise Refused(_("This file is nested too deeply for an article."))
    return str(parser.renderer.render(tokens, parser.options, {}))


def _read_front_matter(text: str, document: Document) -> str:
    try:
        metadata, text = frontmatter.parse(text, handler=TextHandler())
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 2
        raise Refused(
            _("The front matter can’t be read at line %(line)s: put values that contain a colon in quotes.")
            % {"line": line}
        ) from error
    for key, value in metadata.items():
        _read_entry(re.sub(r"[\s_-]+", " ", str(key)).strip().lower(), str(key), value, document)
    return text


def _read_entry(name: str, key: str, value: Any, document: Document) -> None:
    values = value if isinstance(value, list) else [value]
    texts = [" ".join(item.split()) for item in values if isinstance(item, str)]
    single = " ".join(texts)
    if name in TEXT_KEYS and len(texts) == len(values):
        _read_text(TEXT_KEYS[name], key, single, document)
    elif name == "language" and single.casefold() in LANGUAGES:
        document.language = LANGUAGES[single.casefold()]
    elif name == "date" and parse_date(single):
        document.date = parse_date(single)
    elif name == "key points" and len(texts) == len(values):
        document.key_points = texts
    elif name == "sources":
        _read_sources(key, values, document)
    elif name == "drawings" and None not in (drawings := [_drawing(item) for item in values]):
        document.drawings = [drawing or {} for drawing in drawings]
    elif name == "guess" and single in ("false", "no"):
        document.is_exact = True
    else:
        document.note(UNUSED_KEY_NOTE, key=key, words=quoted(single or str(value)))


def _read_text(field: str, key: str, text: str, document: Document) -> None:
    max_length = MAX_LENGTHS.get(field, len(text))
    if len(text) > max_length:
        note = _("the front matter’s “%(key)s” is cut to %(max_length)s characters: %(words)s")
        document.note(note, key=key, max_length=max_length, words=quoted(text))
    setattr(document, field, text[:max_length] or getattr(document, field))


def _read_sources(key: str, items: list[Any], document: Document) -> None:
    document.sources = []
    for item in items:
        source = _source(item)
        if source:
            document.sources.append(source)
        if not source or (isinstance(item, dict) and item.get("checked on") and not source["checked_on"]):
            document.note(UNUSED_KEY_NOTE, key=key, words=quoted(str(item)))


def _drawing(item: Any) -> dict[str, str] | None:
    """Return a step's drawing, caption and description: {} for “none”, None if invalid."""
    if item == "none":
        return {}
    if not isinstance(item, dict) or item.get("drawing", "") not in {"", *DRAWINGS}:
        return None
    fields = {"drawing": "drawing", "caption": "caption", "alt_text": "description"}
    return {name: str(item.get(key, "")) for name, key in fields.items()}


def _source(item: Any) -> dict[str, Any] | None:
    """Return the source in “Title | https://…”, or in an entry with title, url and checked on."""
    if isinstance(item, str):
        title, _bar, url = item.partition(" | ")
        return {"title": title.strip(), "url": url.strip()}
    if not isinstance(item, dict) or not isinstance(item.get("title"), str):
        return None
    checked_on = parse_date(str(item.get("checked on", "")))
    if checked_on and checked_on > timezone.localdate():
        checked_on = None  # a mistake: in the future
    return {"title": item["title"], "url": str(item.get("url", "")), "checked_on": checked_on}

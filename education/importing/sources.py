"""Move a section that only lists sources to the page's sources field."""

import html
import re

from django.utils.translation import gettext as _

from education.importing.article import Block, Document, Section, plain_text, quoted
from education.importing.readers.footnotes import URL

SOURCES_HEADING = re.compile(
    r"(sources?|references?|bibliography|fuentes?|referencias?|bibliograf[ií]a)( *[:.])?", re.IGNORECASE
)
LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>')


def extract_sources(sections: list[Section], document: Document) -> None:
    """Move lists below headings such as “References” to the sources; note those that can't be moved."""
    for section in [s for s in sections if SOURCES_HEADING.fullmatch(s.heading) and s.blocks]:
        sources = [_source(entry) for block in section.blocks for entry in _entries(block)]
        found = [source for source in sources if source]
        if len(found) == len(sources) and any(source["url"] for source in found):
            document.sources += found
            sections.remove(section)
            text = _("the list below %(words)s became the page’s sources (%(count)s).")
            document.note(text, words=quoted(section.heading), count=len(found))
        else:
            text = _("the section %(words)s stays a section: enter its sources under “Sources”.")
            document.note(text, words=quoted(section.heading))


def _entries(block: Block) -> list[str]:
    """Return list items or paragraphs; "" stands for anything that isn't a source."""
    match block.kind:
        case "bullets":
            return list(block.value)
        case "steps":
            return [item["text"] for item in block.value]
        case "points":
            return [f"{html.escape(item['title'])}: {item['text']}" for item in block.value]
        case "text":
            paragraphs = re.findall(r"<p>(.*?)</p>", block.value, re.DOTALL)
            return [paragraph if URL.search(paragraph) else "" for paragraph in paragraphs]
        case _:
            return [""]


def _source(entry: str) -> dict[str, str] | None:
    """Return the source in an entry, or None if the entry is empty or has several URLs."""
    links = [html.unescape(target) for target, _words in LINK.findall(entry)]
    text = plain_text(LINK.sub("", entry))
    # A closing parenthesis belongs to the URL only if the URL has the opening one.
    urls = links + [f"{url})" if "(" in url and f"{url})" in text else url for url in URL.findall(text)]
    if not plain_text(entry) or len(urls) > 1 or not all(URL.match(url) for url in urls):
        return None
    url = urls[0] if urls else ""
    title = plain_text(entry).replace(url, "", 1).replace("()", "") if url else plain_text(entry)
    return {"title": title.strip(" ,;:|<>–—-").removesuffix(" .") or url, "url": url}

"""A section that only lists sources becomes the sources of the page, which has its own place for them."""

import html
import re

from django.utils.translation import gettext as _

from education.importing.article import Block, Document, Section, plain, quoted
from education.importing.readers.footnotes import ADDRESS

NAMES_SOURCES = re.compile(
    r"(sources?|references?|bibliography|fuentes?|referencias?|bibliograf[ií]a)( *[:.])?", re.IGNORECASE
)
LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>')


def take_sources(sections: list[Section], document: Document) -> None:
    """Move the list below a heading such as “References” to the sources; other sections stay, with a note."""
    for section in [one for one in sections if NAMES_SOURCES.fullmatch(one.heading) and one.blocks]:
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
    """The items of a list, or the paragraphs of a text; one that is empty if it may be neither."""
    match block.kind:
        case "bullets":
            return list(block.value)
        case "steps":
            return [item["text"] for item in block.value]
        case "points":
            return [f"{html.escape(item['title'])}: {item['text']}" for item in block.value]
        case "text":
            paragraphs = re.findall(r"<p>(.*?)</p>", block.value, re.DOTALL)
            return [paragraph if ADDRESS.search(paragraph) else "" for paragraph in paragraphs]
        case _:
            return [""]


def _source(entry: str) -> dict[str, str] | None:
    """The source in an entry; None if the entry is empty or has more than one address."""
    links = [html.unescape(target) for target, _words in LINK.findall(entry)]
    text = plain(LINK.sub("", entry))
    # A sentence's bracket is no part of an address, unless it opens within the address.
    urls = links + [f"{url})" if "(" in url and f"{url})" in text else url for url in ADDRESS.findall(text)]
    if not plain(entry) or len(urls) > 1 or not all(ADDRESS.match(url) for url in urls):
        return None
    url = urls[0] if urls else ""
    words = plain(entry).replace(url, "", 1).replace("()", "") if url else plain(entry)
    return {"title": words.strip(" ,;:|<>–—-").removesuffix(" .") or url, "url": url}

"""Turn footnotes from Word, LibreOffice, mammoth and Markdown into sources of the article."""

import re

from bs4 import BeautifulSoup, Tag
from django.utils.translation import gettext as _

from education.importing.article import Document, quoted

URL = re.compile(r"https?://[^\s<>“”\"]*[^\s<>“”\".,;:!?)\]]")


def extract_footnotes(soup: BeautifulSoup, document: Document) -> None:
    """Turn notes that link back to their reference into sources, and the references into numbers."""
    by_id: dict[str, Tag] = {}
    for tag in soup.find_all(lambda tag: tag.get("id") or (tag.name == "a" and tag.get("name"))):
        for name in ("id", "name"):
            by_id.setdefault(str(tag.get(name)), tag)
    notes: dict[int, tuple[Tag, int]] = {}
    for link in soup.find_all("a", href=re.compile("^#.")):
        note = None if link.decomposed else _find_note(link, by_id)
        if note is None or any(parent is note for parent in link.parents):
            continue
        if id(note) not in notes:
            notes[id(note)] = note, len(document.sources) + 1
            document.sources.append(_source(note))
        (link.parent if link.parent and link.parent.name == "sup" else link).replace_with(
            f"[{notes[id(note)][1]}]"
        )
    for note, number in notes.values():
        document.note(
            _("footnote %(number)s became a source: %(words)s"),
            number=number,
            words=quoted(document.sources[number - 1]["title"], 80),
        )
        note.extract()


def _find_note(link: Tag, by_id: dict[str, Tag]) -> Tag | None:
    """Return the note that `link` points to, or None if the note doesn't link back."""
    target = by_id.get(str(link["href"])[1:])
    if target is None or target is link:
        return None
    note = target if target.name in ("li", "div") else target.find_parent(["li", "p"])
    if note is None:
        return None
    if note.parent and note.parent.name == "div" and note.parent.get("id"):
        note = note.parent
    for backlink in note.find_all("a", href=True):
        origin = by_id.get(str(backlink["href"])[1:])
        if origin is not None and (
            origin is link or link in origin.descendants or origin in link.descendants
        ):
            backlink["data-back"] = "1"
            return note
    return None


def _source(note: Tag) -> dict[str, str]:
    for backlink in note.find_all("a", attrs={"data-back": True}):
        backlink.decompose()
    text = re.sub(r"\s*↩︎?|\s*↑$", "", " ".join(note.get_text(" ").split()))
    link = note.find("a", href=re.compile("^https?://"))
    found = URL.search(text)
    url = str(link["href"]) if link else (found[0] if found else "")
    title = text.replace(url, "", 1).rstrip(" ,;:(<")
    return {"title": title or text or url, "url": url}

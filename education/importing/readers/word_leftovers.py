"""Add notes on content of a Word file that mammoth leaves out, so that no loss goes unnoticed."""

import html
import re
import zipfile

from django.utils.translation import gettext as _, gettext_lazy

from education.importing.article import Document, quoted

RUN = re.compile(r"<(?:w|m):t(?: [^>]*)?>([^<]*)<")
TAG = re.compile(r"<[^>]*>")
HEADER_OR_FOOTER = re.compile(r"word/(?:header|footer)\d*\.xml")
# Pattern in the XML → note.
MARKUP = {
    r"<w:(?:ins|del) ": gettext_lazy(
        "the document has tracked changes: inserted text was kept, deleted text was left out."
    ),
    r"<w:vanish/>": gettext_lazy("hidden text in the Word file is visible now: check it."),
    r"<(?:c:chart|dgm:relIds) ": gettext_lazy("a chart or diagram was left out: add it as a picture."),
}


def note_leftovers(archive: zipfile.ZipFile, text: str, document: Document) -> None:
    """Add notes on what a Word file contains but the HTML from mammoth doesn't."""
    parts = {
        name: archive.read(name).decode(errors="replace") for name in archive.namelist() if _is_compared(name)
    }
    xml = parts["word/document.xml"]
    for pattern, note in MARKUP.items():
        if re.search(pattern, xml):
            document.note(note)
    for words in _missing_text(xml, _letters(TAG.sub("", text))):
        document.note(
            _("text in a text box, formula or similar was left out: %(words)s"), words=quoted(words)
        )
    if count := parts.get("word/comments.xml", "").count("<w:comment "):
        document.note(_("comments in the margin were left out, %(count)s in all."), count=count)
    texts = [" ".join(RUN.findall(part)) for name, part in parts.items() if HEADER_OR_FOOTER.fullmatch(name)]
    if words := " ".join(filter(str.strip, texts)):
        document.note(_("the page’s header and footer were left out: %(words)s"), words=quoted(words, 200))


def _is_compared(name: str) -> bool:
    return name in ("word/document.xml", "word/comments.xml") or bool(HEADER_OR_FOOTER.fullmatch(name))


def _missing_text(xml: str, kept: str) -> list[str]:
    """Return the text of each paragraph that isn't among the letters in `kept`."""
    missing_texts, position = [], 0
    for paragraph in xml.split("</w:p>"):
        missing = []
        for run in RUN.findall(paragraph):
            letters = _letters(run)
            found = kept.find(letters, position)  # mostly in the same order, so this is fast
            found = kept.find(letters) if found < 0 else found
            position = found + len(letters) if found >= 0 else position
            if found < 0:
                missing.append(html.unescape(run))
        if missing:
            missing_texts.append("".join(missing))
    return missing_texts


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", html.unescape(text))

"""Notes on what a Word file holds and mammoth leaves out, so that nothing goes missing unseen."""

import html
import re
import zipfile

from django.utils.translation import gettext as _, gettext_lazy

from education.importing.article import Document, quoted

RUN = re.compile(r"<(?:w|m):t(?: [^>]*)?>([^<]*)<")
TAG = re.compile(r"<[^>]*>")
AROUND_THE_PAGE = re.compile(r"word/(?:header|footer)\d*\.xml")
# Part of the document's markup → what to tell about it.
MARKUP = {
    r"<w:(?:ins|del) ": gettext_lazy(
        "the document has tracked changes: inserted text was kept, deleted text was left out."
    ),
    r"<w:vanish/>": gettext_lazy("hidden text in the Word file is visible now: check it."),
    r"<(?:c:chart|dgm:relIds) ": gettext_lazy("a chart or diagram was left out: add it as a picture."),
}


def note_leftovers(archive: zipfile.ZipFile, text: str, document: Document) -> None:
    """Compare a Word file with the HTML that was made of it."""
    parts = {
        name: archive.read(name).decode(errors="replace") for name in archive.namelist() if _is_ours(name)
    }
    xml = parts["word/document.xml"]
    for pattern, note in MARKUP.items():
        if re.search(pattern, xml):
            document.note(note)
    for words in _lost(xml, _letters(TAG.sub("", text))):
        document.note(
            _("text in a text box, formula or similar was left out: %(words)s"), words=quoted(words)
        )
    if count := parts.get("word/comments.xml", "").count("<w:comment "):
        document.note(_("comments in the margin were left out, %(count)s in all."), count=count)
    around = [" ".join(RUN.findall(part)) for name, part in parts.items() if AROUND_THE_PAGE.fullmatch(name)]
    if words := " ".join(filter(str.strip, around)):
        document.note(_("the page’s header and footer were left out: %(words)s"), words=quoted(words, 200))


def _is_ours(name: str) -> bool:
    return name in ("word/document.xml", "word/comments.xml") or bool(AROUND_THE_PAGE.fullmatch(name))


def _lost(xml: str, kept: str) -> list[str]:
    """The words of each paragraph that are not among those kept."""
    lost, place = [], 0
    for paragraph in xml.split("</w:p>"):
        missing = []
        for run in RUN.findall(paragraph):
            letters = _letters(run)
            found = kept.find(letters, place)  # mostly in the same order, which keeps this fast
            found = kept.find(letters) if found < 0 else found
            place = found + len(letters) if found >= 0 else place
            if found < 0:
                missing.append(html.unescape(run))
        if missing:
            lost.append("".join(missing))
    return lost


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", html.unescape(text))

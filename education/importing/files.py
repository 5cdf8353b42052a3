"""From the bytes of a file to an article: is it text, of which kind, and does it read like words?"""

import codecs
import re
import unicodedata
from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.importing.article import Refused, plain
from education.importing.compose import compose
from education.importing.html import read_html
from education.importing.markdown import FRONT_MATTER, read_markdown
from education.importing.plain_text import read_plain_text

LARGEST_FILE = 2 * 1024 * 1024
SIGNATURES = {
    b"PK\x03\x04": gettext_lazy("This is a Word file or an archive: save it as a web page or as text first."),
    b"\xd0\xcf\x11\xe0": gettext_lazy("This is an old Word file: save it as a web page or as text first."),
    b"%PDF": gettext_lazy("This is a PDF file: copy its text into a plain text file first."),
}
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
DECLARED = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)
SHORT = 500  # characters; less proves nothing
UTF_8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
LOOKS_LIKE_HTML = re.compile(r"<(!doctype html|html|head|body|article|main|div|h1|p)\b[^>]*>", re.IGNORECASE)
READERS = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
}


def read_article(name, data):
    """The article in a file of that name, or Refused with one sentence that says why there is none."""
    if len(data) > LARGEST_FILE:
        raise Refused(_("This file is too large for an article: more than 2 MB."))
    text = _decode(data)
    if not text.strip():
        raise Refused(_("This file is empty."))
    try:
        article = compose(_reader(name, text)(text))
    except RecursionError:
        raise Refused(_("This file is nested too deeply for an article.")) from None
    if not _reads_like_words(article):
        raise Refused(_("This file does not read like an article."))
    return article


def _decode(data):
    for signature, sentence in SIGNATURES.items():
        if data.startswith(signature):
            raise Refused(str(sentence))
    text = _as_text(data)
    if text is None or "\x00" in text or len(CONTROLS.findall(text)) > len(text) / 100:
        raise Refused(_("This is no text file, or in an encoding that we don’t know: save it as UTF-8."))
    return CONTROLS.sub("", LINE_ENDS.sub("\n", text))


def _as_text(data):
    mark = next((mark for mark in MARKS if data.startswith(mark)), None)
    declared = DECLARED.search(data[:2048])
    codecs_to_try = [MARKS[mark]] if mark else ["utf-8", *([declared[1].decode()] if declared else [])]
    if not mark and _may_be_windows(data):
        codecs_to_try.append("windows-1252")
    for codec in codecs_to_try:
        try:
            text = data.decode(codec)
            text.encode()  # refuses the halves of a character that some codecs let through
        except (LookupError, UnicodeError):
            continue
        return text
    return None


def _may_be_windows(data):
    """Mostly ASCII, and none of it UTF-8 that has merely been damaged elsewhere."""
    high = sum(byte > 127 for byte in data)
    return high < len(data) * 0.3 and not UTF_8_SEQUENCE.search(data)


def _reader(name, text):
    start = text.lstrip()[:1000]
    if re.match(r"<(!doctype html|html)\b", start, re.IGNORECASE):
        return read_html
    if reader := READERS.get(PurePath(name).suffix.lower()):
        return reader
    if FRONT_MATTER.match(text) or re.match(r"# \S", start):
        return read_markdown
    if start.startswith("<") and LOOKS_LIKE_HTML.search(start):
        return read_html
    return read_plain_text


def _reads_like_words(article):
    """Noise has few letters, or words without end. Scripts without spaces are no noise."""
    text = " ".join([article.title, article.lead, *_texts(article)])
    if len(text) < SHORT:
        return True
    letters = sum(unicodedata.category(character)[0] in "LMNZ" for character in text)
    ascii_words = re.findall(r"[!-~]+", text)
    average = sum(map(len, ascii_words)) / max(len(ascii_words), 1)
    return letters > 0.75 * len(text) and average < 25


def _texts(article):
    for section in article.sections:
        yield section.heading
        for block in section.blocks:
            yield plain(" ".join(block.words()))

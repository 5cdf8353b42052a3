"""Read an article from a file: detect the format, decode the text, and refuse noise."""

import codecs
import re
import unicodedata
from collections.abc import Callable
from pathlib import PurePath

from django.utils.translation import gettext as _, gettext_lazy

from education.importing.article import Article, Document, Refused
from education.importing.compose import compose
from education.importing.elements import pieces_of
from education.importing.readers.html import clean_html, extract_pictures
from education.importing.readers.markdown import FRONT_MATTER, read_markdown
from education.importing.readers.plain_text import read_plain_text
from education.importing.readers.word import PROTECTED, read_word

MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_TEXT_LENGTH = 2 * 1024 * 1024
WORD_EXTENSIONS = (".docx",)
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
NOT_A_WORD_FILE = gettext_lazy(
    "This isn’t a Word file, even though its name ends in .docx. Open it in Word and save it again."
)
WRONG_EXTENSION = gettext_lazy(
    "This is a Word file or an archive, though its name says otherwise: save it as .docx in its own program."
)
OLD_WORD = gettext_lazy("This is an old Word file (.doc): open it in Word, and save it as .docx.")
MACROS = gettext_lazy("Files of this kind may hold macros: open it in Word, and save it as .docx.")
SIGNATURES = {
    b"%PDF": gettext_lazy(
        "This is a PDF file: copy its text and paste it, or use the file it was made from."
    ),
    b"{\\rtf": gettext_lazy("This is an RTF file: open it in Word, and save it as .docx."),
    b"MIME-Version:": gettext_lazy("This is a web archive: save it as “Web Page, Filtered” or as .docx."),
}
BOM_CODECS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
DECLARED_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)
MIN_CHECKED_LENGTH = 500  # characters; shorter texts prove nothing
UTF_8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
LOOKS_LIKE_HTML = re.compile(r"<(!doctype html|html|head|body|article|main|div|h1|p)\b[^>]*>", re.IGNORECASE)
Reader = Callable[[str, Document], str]


def read_html(text: str, document: Document) -> str:
    return text


READERS: dict[str, Reader] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
}


def read_article(name: str, data: bytes) -> Article:
    """Return the article in a file. Raise Refused if there is none."""
    if len(data) > MAX_FILE_BYTES:
        raise Refused(_("This file is too large for an article, more than 10 MB: make its pictures smaller."))
    if not data.strip():
        raise Refused(_("This file is empty. Save it again in its own program."))
    document = Document()
    html = read_word(data, document) if _is_word(name, data) else _read_text(name, data, document)
    try:
        article = compose(pieces_of(clean_html(html, document), document), document)
    except RecursionError:
        raise Refused(_("This file is nested too deeply for an article.")) from None
    if not (document.is_exact or _looks_like_prose(article)):
        raise Refused(_("This file doesn’t look like an article."))
    return article


def _is_word(name: str, data: bytes) -> bool:
    """Detect Word files by content. Raise Refused if name and content disagree, or for unsupported kinds."""
    extension = PurePath(name).suffix.lower()
    if data.startswith(OLE):
        raise Refused(str(PROTECTED if ENCRYPTED in data else OLD_WORD))
    if data.startswith(ZIP) and extension in (".docm", ".dotm"):
        raise Refused(str(MACROS))
    if data.startswith(ZIP) != (extension in WORD_EXTENSIONS):
        raise Refused(str(NOT_A_WORD_FILE if extension in WORD_EXTENSIONS else WRONG_EXTENSION))
    return extension in WORD_EXTENSIONS


def _read_text(name: str, data: bytes, document: Document) -> str:
    for signature, sentence in SIGNATURES.items():
        if data.startswith(signature):
            raise Refused(str(sentence))
    text = extract_pictures(_decode(name, data), document)
    if not text.strip():
        raise Refused(_("This file is empty. Save it again in its own program."))
    if len(text) > MAX_TEXT_LENGTH:
        raise Refused(_("This file has too much text for one article: split it into several files."))
    return _choose_reader(name, text)(text, document)


def _decode(name: str, data: bytes) -> str:
    text = _try_codecs(data)
    if text is None or "\x00" in text or len(CONTROL_CHARACTERS.findall(text)) > len(text) / 100:
        if PurePath(name).suffix.lower() in (".txt", *READERS):
            raise Refused(_("We can’t read this text. Save it as UTF-8 and try again."))
        raise Refused(_("We can’t read this kind of file. Use .docx, .md, .html or .txt."))
    return CONTROL_CHARACTERS.sub("", LINE_BREAKS.sub("\n", text))


def _try_codecs(data: bytes) -> str | None:
    bom = next((bom for bom in BOM_CODECS if data.startswith(bom)), None)
    declared = DECLARED_CHARSET.search(data[:2048])
    codecs_to_try = [BOM_CODECS[bom]] if bom else ["utf-8", *([declared[1].decode()] if declared else [])]
    if not bom and _may_be_windows_1252(data):
        codecs_to_try.append("windows-1252")
    for codec in codecs_to_try:
        try:
            text = data.decode(codec)
            text.encode()  # rejects lone surrogates, which some codecs let through
        except (LookupError, UnicodeError):
            continue
        return text
    return None


def _may_be_windows_1252(data: bytes) -> bool:
    """Return True for mostly ASCII data without UTF-8 sequences, which would mean damaged UTF-8."""
    high = sum(byte > 127 for byte in data)
    return high < len(data) * 0.3 and not UTF_8_SEQUENCE.search(data)


def _choose_reader(name: str, text: str) -> Reader:
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


def _looks_like_prose(article: Article) -> bool:
    """Return False for noise: few letters, or very long ASCII words. Scripts without spaces pass."""
    text = " ".join([article.title, article.lead, *article.lines()])
    if len(text) < MIN_CHECKED_LENGTH:
        return True
    letters = sum(unicodedata.category(character)[0] in "LMNZ" for character in text)
    ascii_words = re.findall(r"[!-~]+", text)
    average = sum(map(len, ascii_words)) / max(len(ascii_words), 1)
    return letters > 0.75 * len(text) and average < 25

"""Convert Word documents (.docx) to HTML with mammoth, after refusing unsafe files."""

import html
import re
import zipfile
from io import BytesIO
from typing import Any

import mammoth
from django.utils.translation import gettext as _, gettext_lazy

from education.importing.article import Document, Refused
from education.importing.readers.dates import parse_date
from education.importing.readers.word_leftovers import note_leftovers

# Word itself needs a few dozen files; the parser uses about 50 bytes of memory per byte of XML.
MAX_FILES = 2000
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_XML_BYTES = 2 * 1024 * 1024
STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh
p[style-name='List Bullet 4'] => ul|ol > li > ul|ol > li > ul|ol > li > ul > li:fresh
p[style-name='List Bullet 5'] => ul|ol > li > ul|ol > li > ul|ol > li > ul|ol > li > ul > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh
p[style-name='List Number 4'] => ul|ol > li > ul|ol > li > ul|ol > li > ol > li:fresh
p[style-name='List Number 5'] => ul|ol > li > ul|ol > li > ul|ol > li > ul|ol > li > ol > li:fresh
"""
DAMAGED = gettext_lazy(
    "This Word file is damaged: open it in Word, save it under another name, and try that."
)
PROTECTED = gettext_lazy("This file is protected by a password: open it, remove the password, and save it.")


def read_word(data: bytes, document: Document) -> str:
    """Return the file as HTML; its title, date and pictures go to `document`."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_archive(archive)
            _read_properties(archive, document)
            text = _convert(data, document)
            note_leftovers(archive, text, document)
            return text
    except RecursionError:
        raise Refused(_("This file is nested too deeply for an article.")) from None
    except Refused:
        raise
    except Exception as error:  # malicious files can break the third-party parser in any way
        raise Refused(str(DAMAGED)) from error


def _check_archive(archive: zipfile.ZipFile) -> None:
    files = archive.infolist()
    names = {file.filename for file in files}
    xml = [file for file in files if file.filename.endswith((".xml", ".rels"))]
    if any(file.flag_bits & 1 for file in files):
        raise Refused(str(PROTECTED))
    if len(files) > MAX_FILES or sum(file.file_size for file in files) > MAX_UNPACKED_BYTES:
        raise Refused(_("This file unpacks to far more than an article needs: copy its text to a new file."))
    if "word/document.xml" not in names:
        raise Refused(_("This isn’t a Word file: open it in the program that made it, and save it as .docx."))
    if sum(file.file_size for file in xml) > MAX_XML_BYTES:
        raise Refused(_("This Word file has too much text for one article: split it into several files."))
    has_macros = any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names)
    if has_macros or b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise Refused(_("This Word file has macros in it: save it as “Word Document (.docx)”, without them."))
    if any(b"<!DOCTYPE" in archive.read(file) for file in xml):
        raise Refused(str(DAMAGED))


def _read_properties(archive: zipfile.ZipFile, document: Document) -> None:
    if "docProps/core.xml" not in archive.namelist():
        return
    properties = archive.read("docProps/core.xml").decode()
    if title := re.search(r"<dc:title>([^<]+)<", properties):
        document.fallback_title = " ".join(html.unescape(title[1]).split())
    if saved := re.search(r"<dcterms:modified[^>]*>([^<]+)<", properties):
        document.saved_on = parse_date(saved[1])


def _convert(data: bytes, document: Document) -> str:
    def store(picture: Any) -> dict[str, str]:
        with picture.open() as file:
            return {"src": document.add_picture(file.read())}

    convert_image = mammoth.images.img_element(store)
    result = mammoth.convert_to_html(BytesIO(data), style_map=STYLES, convert_image=convert_image)
    for message in result.messages:
        if "image" in message.message:
            document.note(_("a picture that isn’t in the file itself was left out; add it by hand."))
    return str(result.value)

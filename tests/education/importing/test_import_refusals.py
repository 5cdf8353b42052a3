"""Unusable files are refused with a one-line error, and nothing is stored."""

import random
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Revision

NOISE = random.Random(1)  # noqa: S311 - test data
BASE64 = b"abcdefghijABCDEFGHIJ0123456789+/"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCX = (Path(__file__).parent / "files" / "libreoffice.docx").read_bytes()


def rezipped(added=None, **changed):
    """Return the Word file with added parts, and parts changed by stem: `document` is word/document.xml."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(DOCX)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, changed[Path(name).stem](data) if Path(name).stem in changed else data)
        for name, data in (added or {}).items():
            new.writestr(name, data)
    return stream.getvalue()


def in_body(start):
    return rezipped(document=lambda data: data.replace(b"<w:body>", b"<w:body>" + start))


def locked():
    """Return the Word file with the encryption flags that `zip --encrypt` sets."""
    data = bytearray(DOCX)
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        offset = data.find(start)
        while offset >= 0:
            data[offset + (6 if start[2] == 3 else 8)] |= 1
            offset = data.find(start, offset + 4)
    return bytes(data)


def entities(data):
    return data.replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><w:document', 1)


# Files that are slow to build are built in their test.
REFUSED = {
    "bomb.docx": (
        lambda: rezipped({"word/media/bomb.bin": bytes(60 * 1024 * 1024)}),
        "unpacks to far more than an article needs: copy its text to a new file.",
    ),
    "many.docx": (lambda: rezipped({f"word/media/{n}.png": b"" for n in range(2001)}), "unpacks to far more"),
    "long.docx": (lambda: rezipped(document=lambda data: data + b" " * 5_000_000), "split it into several"),
    "entities.docx": (rezipped(document=entities), "is damaged: open it in Word"),
    "broken.docx": (rezipped(document=lambda data: data[:900]), "is damaged: open it in Word"),
    "cut.docx": (DOCX[:3000], "is damaged: open it in Word"),
    "deep.docx": (in_body(b"<w:sdt><w:sdtContent>" * 3000), "is damaged: open it in Word"),
    "macros.docm": (DOCX, "may hold macros: open it in Word, and save it as .docx."),
    "macros.docx": (rezipped({"word/vbaProject.bin": b"x"}), "has macros in it: save it as “Word Document"),
    "locked.docx": (locked(), "is protected by a password: open it, remove the password"),
    "encrypted.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
    "old.doc": (OLE, "is an old Word file"),
    "text.docx": (b"Title\nA sentence.\n", "isn’t a Word file, even though its name ends in .docx."),
    "word.txt": (DOCX, "though its name says otherwise"),
    "noise.docx": (b"PK\x03\x04" + NOISE.randbytes(500), "is damaged"),
    "text.rtf": (b"{\\rtf1 Title}", "is an RTF file"),
    "large.txt": (b"A sentence. " * 900_000, "too large for an article, more than 10 MB"),
    "long.txt": (b"A sentence.\n" * 250_000, "split it into several files."),
    "empty.docx": (b"", "is empty. Save it again in its own program."),
    "sound.mp3": (b"\x00\xff" * 50, "can’t read this kind of file. Use .docx, .md, .html or .txt."),
    "cut.txt": (b"Title\nA sentence.\x00\n", "can’t read this text. Save it as UTF-8 and try again."),
    "bare.txt": (b"A title and nothing else\n", "There’s a title but no text."),
    "bare.md": (b"# A title and nothing else\n", "There’s a title but no text."),
    "paper.pdf": (b"%PDF-1.7\n" + NOISE.randbytes(500), "is a PDF file"),
    # Any message will do.
    "empty.txt": (b"", ""),
    "blank.md": (b" \n\t\r\n\xef\xbb\xbf", ""),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + NOISE.randbytes(5000), ""),
    "noise.txt": (NOISE.randbytes(100_000), ""),
    "letters.txt": (bytes(NOISE.choices(range(32, 127), k=1024)) * 100, ""),
    "fewer-letters.txt": (bytes(NOISE.choices([10, *range(32, 127)], k=20_000)), ""),
    "base64.txt": (b"\n".join(bytes(NOISE.choices(BASE64, k=76)) for _ in range(200)), ""),
    "mixed.txt": ("Title\nÄ sentence.\n".encode() + b"\xe9t\xe9 \xff\xfe \x81", ""),
    "surrogate.txt": (b"Title\nA \xed\xa0\x80 sentence.\n", ""),
    "no-title.txt": (b"- one\n- two\n", ""),
    "no-title.md": (b"Some text without a heading.\n", ""),
    "no-title.html": (b"<p>Some text without a heading.</p>", ""),
    "only-scripts.html": (b"<html><head><title>T</title></head><body><script>x()</script></body></html>", ""),
    "paragraph.txt": (b"A sentence that goes on. " * 20, ""),
    "deep.html": (b"<h1>Title</h1>" + b"<div>" * 5000 + b"text", ""),
    "deep.md": (b"# Title\n\n" + b">" * 500 + b" text\n", ""),
    "no-slug.txt": ("🦴🦴\nA sentence about bones.\n".encode(), "be turned into a web address"),
}


@pytest.fixture
def nothing_stored(db):
    before = (Page.objects.count(), Revision.objects.count())
    yield
    assert (Page.objects.count(), Revision.objects.count()) == before


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize("name", REFUSED)
def test_unusable_file_is_refused_with_advice(tmp_path, name):
    file = tmp_path / name
    data, sentence = REFUSED[name]
    file.write_bytes(data() if callable(data) else data)
    with pytest.raises(CommandError) as refusal:
        call_command("import_article", str(file))
    assert str(refusal.value).startswith(f"{file}: ")
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_linked_files_and_addresses_in_word_files_are_never_read(imported):
    """Mammoth opens any linked file or address."""
    link = rb'Target="file:///etc/hostname" TargetMode="External"'
    changes = {
        "document.xml": lambda data: re.sub(rb'Target="media/[^"]*"', link, data),
        "document": lambda data: data.replace(b"r:embed", b"r:link"),
    }
    page, notes = imported("outside.docx", rezipped(**changes))
    assert "A picture that isn’t in the file itself was left out; add it by hand." in notes
    assert not page.images


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize("name", ["missing.md", "folder"])
def test_unreadable_file_is_refused(tmp_path, name):
    (tmp_path / "folder").mkdir()
    with pytest.raises(CommandError, match=r"This file can’t be read: \w"):
        call_command("import_article", str(tmp_path / name))


@pytest.mark.usefixtures("nothing_stored")
def test_existing_page_is_never_overwritten(tmp_path, article):
    file = tmp_path / "a.md"
    file.write_text("---\nslug: kyphoplasty\n---\n# Another\n\nLead.\n")
    with pytest.raises(CommandError, match=r"already a page at .*/education/kyphoplasty/"):
        call_command("import_article", str(file), publish=True)
    article.refresh_from_db()
    assert article.title.startswith("Exploring")


@pytest.mark.usefixtures("nothing_stored")
def test_article_without_a_lead_isnt_published(tmp_path):
    file = tmp_path / "a.md"
    file.write_text("# Another\n\n## Why\n\nBecause.\n")
    with pytest.raises(CommandError, match="cannot be blank"):
        call_command("import_article", str(file), publish=True)

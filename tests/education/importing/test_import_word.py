"""Word documents from LibreOffice and Word."""

from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import PIL.Image
import pytest
from django.utils import timezone
from docx.shared import Pt

from tests.education.page_content import headings, kinds, sentences_of, texts_of

FILES = Path(__file__).parent / "files"
SENTENCES = {
    *["Some medicines keep your blood from clotting.", "Tell us about them before your visit."],
    *["Never stop one on your own.[1] Ask the doctor who ordered it.", "Medicine | Last dose | Restart"],
    *["Sample-arin | 5 days before | The next day", "Exampl-aban | 3 days before | After 24 hours"],
    *["If you forgot", "Call us.", "See how to reach us.", "Your list of medicines[2]", "with the doses"],
    *["with the times", "A driver", "You check in.", "A nurse asks about your medicines.", "That is all."],
}
SOURCES = [
    ("Made-up Society, Sample Guideline, 2025", "https://guideline.example/thinners"),
    ("Nobody’s Handbook of Lists, 2024.", ""),
]
BULLET, NUMBER = "List Bullet", "List Number"


def word(*paragraphs):
    """Return a document with paragraphs from (text, style) pairs, in Word's built-in styles."""
    document = docx.Document()
    document.add_heading("Nerve blocks", 0)
    document.add_paragraph("A lead.")
    document.add_heading("Why", 1)
    for text, style in paragraphs:
        document.add_paragraph(text, style=style)
    return document


def saved(document):
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["libreoffice.docx", "libreoffice.html"])
def test_libreoffice_files_keep_every_sentence_and_block(imported, name, media):
    page, notes = imported(name, (FILES / name).read_bytes())
    assert (page.title, page.published_on) == ("Blood thinners before an injection", date(2026, 3, 3))
    assert headings(page) == ["When to stop", "What to bring", "On the day"]
    text = ["text", "table", "subheading", "text"]
    assert kinds(page) == [text, ["nested_list"], ["steps", "image", "text"]]
    assert sentences_of(page) >= SENTENCES
    assert [(source.value["title"], source.value["url"]) for source in page.sources] == SOURCES
    assert "Footnote 2 became a source: “Nobody’s Handbook of Lists, 2024.”" in notes
    picture = page.body[2].value["content"][1].value
    described = "A calendar with five days crossed out" if name.endswith(".docx") else ""
    assert (picture["alt_text"], picture["image"].width, picture["image"].height) == (described, 60, 40)
    assert Path(picture["image"].file.path).is_relative_to(media)


def test_built_in_styles_become_blocks_and_unsupported_picture_is_noted(imported, media):
    document, picture = word(("Relief", BULLET), ("Rest", BULLET), ("Pain is real.", "Quote")), BytesIO()
    document.paragraphs[1].insert_paragraph_before("March 3, 2024")
    table = document.add_table(2, 2)  # without a row of headings
    for cell, text in zip(table._cells, ["Drug", "Dose", "Sample-arin", "5 mg"], strict=True):
        cell.text = text
    PIL.Image.new("RGB", (5, 5)).save(picture, "TIFF")
    document.add_paragraph().add_run().add_picture(picture)
    page, notes = imported("nerve.docx", saved(document))
    assert (page.title, page.lead) == ("Nerve blocks", "A lead.")
    assert page.published_on == date(2024, 3, 3)
    assert kinds(page) == [["bullets", "text", "table"]]
    assert texts_of(page.body[0].value["content"][2]) == ["", "Drug | Dose", "Sample-arin | 5 mg"]
    expected = ["A quote without a source was kept as text.", "An image wasn’t imported; add it by hand"]
    expected += ["The first row of a table became its headings: “Drug | Dose”"]
    assert [note for note in expected if note not in "\n".join(notes)] == []
    assert len(notes) == len(expected)


def test_list_styles_set_the_nesting(imported):
    inner = [("at night", f"{BULLET} 2"), ("for hours", f"{BULLET} 3"), ("first one", f"{NUMBER} 2")]
    page, notes = imported("nerve.docx", saved(word(("Relief", BULLET), *inner, ("Rest", BULLET))))
    assert page.body[0].value["content"][0].value.source == (
        "<ul><li>Relief<ul><li>at night<ul><li>for hours</li></ul></li></ul>"
        "<ol><li>first one</li></ol></li><li>Rest</li></ul>"
    )
    assert page.published_on == timezone.localdate()  # python-docx's template was saved in 2013
    assert notes[0].endswith("the article is dated today. The file was saved on Dec. 23, 2013.")


@pytest.mark.parametrize("name", ["a.docx", "a.html", "a.md"])
def test_bulleted_list_stays_bulleted(imported, name):
    steps = "It has the following steps:"
    document = word((steps, None), ("Lie down.", BULLET), ("Then rest.", BULLET))
    html = f"<h1>Nerve blocks</h1><p>A lead.</p><h2>Why</h2><p>{steps}</p>"
    html += "<ul><li>Lie down.</li><li>Then rest.</li></ul>"
    text = f"# Nerve blocks\n\nA lead.\n\n## Why\n\n{steps}\n\n- Lie down.\n- Then rest.\n"
    page, notes = imported(name, {"a.docx": saved(document), "a.html": html, "a.md": text}[name])
    assert kinds(page) == [["text", "bullets"]]
    assert not any("numbered steps" in note for note in notes)


def test_title_and_headings_are_detected_without_styles(imported):
    document = docx.Document()
    document.core_properties.title = ""
    document.add_paragraph().add_run("Nerve blocks").font.size = Pt(24)
    document.add_paragraph("A nerve block is an injection.")
    document.add_paragraph().add_run("Why it helps").bold = True
    document.add_paragraph("It turns the pain off.")
    page, _notes = imported("nerve.docx", saved(document))
    assert (page.title, headings(page)) == ("Nerve blocks", ["Why it helps"])

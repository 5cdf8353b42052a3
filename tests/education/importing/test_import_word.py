"""Word documents, as LibreOffice and Word write them."""

from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import PIL.Image
import pytest
from django.utils import timezone
from docx.shared import Pt

from tests.education.words import headings, kinds, sentences_of, texts_of

FILES = Path(__file__).parent / "files"
SENTENCES = {
    "Some medicines keep your blood from clotting.",
    "Tell us about them before your visit.",
    "Never stop one on your own.[1] Ask the doctor who ordered it.",
    "Medicine | Last dose | Restart",
    "Sample-arin | 5 days before | The next day",
    "Exampl-aban | 3 days before | After 24 hours",
    "If you forgot",
    "Call us.",
    "See how to reach us.",
    "Your list of medicines[2]",
    "with the doses",
    "with the times",
    "A driver",
    "You check in.",
    "A nurse asks about your medicines.",
    "That is all.",
}


@pytest.mark.parametrize("name", ["libreoffice.docx", "libreoffice.html"])
def test_what_libreoffice_saved_keeps_every_sentence_and_its_form(imported, name, media):
    page, _notes = imported(name, (FILES / name).read_bytes())
    assert (page.title, page.published_on) == ("Blood thinners before an injection", date(2026, 3, 3))
    assert headings(page) == ["When to stop", "What to bring", "On the day"]
    assert kinds(page) == [
        ["text", "table", "subheading", "text"],
        ["nested_list"],
        ["steps", "image", "text"],
    ]
    assert sentences_of(page) >= SENTENCES


@pytest.mark.parametrize("name", ["libreoffice.docx", "libreoffice.html"])
def test_footnotes_become_sources(imported, name, media):
    page, notes = imported(name, (FILES / name).read_bytes())
    assert [(source.value["title"], source.value["url"]) for source in page.sources] == [
        ("Made-up Society, Sample Guideline, 2025", "https://guideline.example/thinners"),
        ("Nobody’s Handbook of Lists, 2024.", ""),
    ]
    assert "Footnote 2 became a source: “Nobody’s Handbook of Lists, 2024.”" in notes


def test_a_picture_comes_along_with_its_description(imported, media):
    page, _notes = imported("a.docx", (FILES / "libreoffice.docx").read_bytes())
    picture = page.body[2].value["content"][1].value
    assert picture["alt_text"] == "A calendar with five days crossed out"
    assert (picture["image"].width, picture["image"].height) == (60, 40)
    assert Path(picture["image"].file.path).is_relative_to(media)


def test_a_document_of_words_own_styles(imported):
    document = docx.Document()
    document.add_heading("Nerve blocks", 0)
    document.add_paragraph("March 3, 2024")
    document.add_paragraph("A nerve block is an injection.")
    document.add_heading("Why", 1)
    document.add_paragraph("Relief", style="List Bullet")
    document.add_paragraph("Rest", style="List Bullet")
    document.add_paragraph("Pain is real.", style="Quote")
    page, notes = imported("nerve.docx", saved(document))
    assert (page.title, page.lead) == ("Nerve blocks", "A nerve block is an injection.")
    assert page.published_on == date(2024, 3, 3)
    assert kinds(page) == [["bullets", "text"]]
    assert notes == ["A quote that names no source was kept as text."]


def test_lists_nest_by_their_styles(imported):
    document = docx.Document()
    document.add_heading("Nerve blocks", 0)
    document.add_paragraph("A nerve block is an injection.")
    document.add_heading("Why", 1)
    for text, style in [
        ("Relief", "List Bullet"),
        ("at night", "List Bullet 2"),
        ("for hours", "List Bullet 3"),
        ("first one", "List Number 2"),
        ("Rest", "List Bullet"),
    ]:
        document.add_paragraph(text, style=style)
    page, _notes = imported("nerve.docx", saved(document))
    assert page.body[0].value["content"][0].value.source == (
        "<ul><li>Relief<ul><li>at night<ul><li>for hours</li></ul></li></ul>"
        "<ol><li>first one</li></ol></li><li>Rest</li></ul>"
    )


@pytest.mark.parametrize("name", ["a.docx", "a.html", "a.md"])
def test_a_list_marked_as_bulleted_stays_bulleted(imported, name):
    document = docx.Document()
    document.add_heading("Nerve blocks", 0)
    document.add_paragraph("A lead.")
    document.add_heading("The procedure", 1)
    document.add_paragraph("It has the following steps:")
    for text in ["Lie down.", "Then rest."]:
        document.add_paragraph(text, style="List Bullet")
    html = "<h1>Nerve blocks</h1><p>A lead.</p><h2>The procedure</h2><p>It has the following steps:</p>"
    html += "<ul><li>Lie down.</li><li>Then rest.</li></ul>"
    text = "# Nerve blocks\n\nA lead.\n\n## The procedure\n\nIt has the following steps:\n\n"
    text += "- Lie down.\n- Then rest.\n"
    data = {"a.docx": saved(document), "a.html": html, "a.md": text}[name]
    page, notes = imported(name, data)
    assert kinds(page) == [["text", "bullets"]]
    assert not any("numbered steps" in note for note in notes)


def test_the_date_of_the_file_is_only_a_note(imported):
    document = docx.Document()  # its template was saved in 2013
    document.add_heading("Nerve blocks", 0)
    document.add_paragraph("A nerve block is an injection.")
    page, notes = imported("nerve.docx", saved(document))
    assert page.published_on == timezone.localdate()
    assert notes[0].endswith("the article is dated today. The file was saved on Dec. 23, 2013.")


def test_a_document_without_styles(imported):
    document = docx.Document()
    document.core_properties.title = ""
    document.add_paragraph().add_run("Nerve blocks").font.size = Pt(24)
    document.add_paragraph("A nerve block is an injection.")
    document.add_paragraph().add_run("Why it helps").bold = True
    document.add_paragraph("It turns the pain off.")
    page, _notes = imported("nerve.docx", saved(document))
    assert (page.title, headings(page)) == ("Nerve blocks", ["Why it helps"])


def test_a_table_without_a_heading_row(imported):
    document = docx.Document()
    document.add_heading("Doses", 0)
    document.add_paragraph("What to take.")
    document.add_heading("Table", 1)
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["Drug", "Dose", "Sample-arin", "5 mg"], strict=True):
        cell.text = text
    page, notes = imported("doses.docx", saved(document))
    assert texts_of(page.body[0].value["content"][0]) == ["", "Drug | Dose", "Sample-arin | 5 mg"]
    assert "The first row of a table was taken for its headings: “Drug | Dose”" in notes


def test_a_picture_no_browser_shows_is_named(imported, media):
    document = docx.Document()
    document.add_heading("Title", 0)
    document.add_paragraph("Lead.")
    picture = BytesIO()
    PIL.Image.new("RGB", (5, 5)).save(picture, "TIFF")
    document.add_heading("Why", 1)
    document.add_paragraph("So.").add_run().add_picture(picture)
    page, notes = imported("a.docx", saved(document))
    assert kinds(page) == [["text"]]
    assert any("An image was not brought along; add it by hand" in note for note in notes)


def saved(document):
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()

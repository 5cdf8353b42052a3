"""An editor brings in a Word file, pastes text with its lists and tables, and prints a leaflet."""

from pathlib import Path

from playwright.sync_api import expect

from education.models import ArticleIndexPage, ArticlePage

WORD = Path(__file__).parents[1] / "education" / "importing" / "files" / "libreoffice.docx"
PASTED = "<p>Nerve blocks</p><p>A lead.</p><p><b>Why</b></p><ul><li>One</li><li>Two</li></ul>"


def test_an_editor_imports_a_word_file(site, editor, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    index = ArticleIndexPage.objects.get(slug="education")
    page = site.open(f"/admin/pages/{index.pk}/", user=editor)
    page.set_default_timeout(30_000)  # making the draft and opening it in the editor is one navigation
    page.get_by_role("link", name="New page from document").click()
    page.get_by_label("Document").set_input_files(WORD)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("row", name="Nested list")).to_contain_text("with the doses")
    page.get_by_label("Description of picture 1").fill("A calendar with five days crossed out")
    page.get_by_role("button", name="Make the draft").click()
    expect(page.get_by_text("Here’s the draft")).to_be_visible()
    expect(page.get_by_role("textbox", name="Title*", exact=True)).to_have_value(
        "Blood thinners before an injection"
    )


def test_what_is_pasted_keeps_its_form(site, editor):
    index = ArticleIndexPage.objects.get(slug="education")
    page = site.open(f"/admin/articles/{index.pk}/from-document/", user=editor)
    box = page.get_by_role("textbox", name="Or paste the text here")
    box.evaluate(
        "(box, html) => { box.focus(); document.execCommand('insertHTML', false, html) }",
        PASTED,
    )
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("row", name="Bulleted list")).to_contain_text("One")
    page.get_by_role("button", name="Make the draft").click()
    expect(page.get_by_text("Here’s the draft")).to_be_visible()
    assert ArticlePage.objects.get(slug="nerve-blocks").live is False


def test_the_leaflet_has_the_clinics_name_and_the_review_line(site, article):
    page = site.open(article.url)
    page.emulate_media(media="print")
    header = page.locator("header.top")
    expect(header).to_contain_text("Placeholder Pain and Spine Clinic")
    expect(header.get_by_role("navigation")).to_be_hidden()
    expect(page.get_by_text("Not yet medically reviewed by this clinic")).to_be_visible()
    assert page.pdf().startswith(b"%PDF")

"""An editor pastes text with its lists. A Word file: test_editor_story.py."""

from playwright.sync_api import expect

from education.models import ArticleIndexPage, ArticlePage

PASTED = "<p>Nerve blocks</p><p>A lead.</p><p><b>Why</b></p><ul><li>One</li><li>Two</li></ul>"


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
    page.get_by_role("button", name="Create draft").click()
    expect(page.get_by_text("Here’s the draft")).to_be_visible()
    assert ArticlePage.objects.get(slug="nerve-blocks").live is False

"""axe finds nothing on the screens of editors and reviewers: see tests.browser.axe for how it looks."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.browser.every_block import every_block
from tests.education.importing import WORD

# Wagtail's own (7.4), which only Wagtail can mend:
WAGTAIL = [
    "h2[role=alert]",  # the number of matches is a heading with the role of an alert
    "[aria-label='Toggle sidebar']",  # on a phone it lies over the breadcrumbs
    ".w-minimap",  # the list of a form's panels scrolls, and the keyboard doesn't reach it
    ".w-editing-sessions",  # who else is here: pictures in buttons without a name
    "[data-streamfield-child] [type=text][name$='-value']",  # a block of one field has no label
    "[type=text][name*='-value-c']",  # nor has a table's cell or column
]
# Rules, where excluding the element would leave out what's ours within it.
WAGTAILS_RULES = {
    "landmark-unique",  # each block is a region of its kind's name, twice where there are two
    "aria-input-field-name",  # the rich text editor has no name but the block's heading
}
PASTED = "<p>Nerve blocks</p><p>A lead.</p><p><b>Why</b></p><ul><li>One</li><li>Two</li></ul>"


def faults(page):
    return findings(page, without=WAGTAIL, but=WAGTAILS_RULES)


def check(page, *addresses):
    for address in addresses:
        page.goto(address)
        assert faults(page) == [], address


def test_the_editor_of_an_article_with_every_block_and_the_day_it_goes_live(
    site, editor, article, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    check(page := site.open("/robots.txt", user=editor), f"/admin/pages/{every_block(article).pk}/edit/")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name=re.compile("(Set|Edit) schedule")).click()
    page.get_by_label("Go live date/time").click()
    expect(page.locator(".xdsoft_datetimepicker:visible").first).to_be_visible()


def test_a_new_page_from_pasted_text_which_keeps_its_form_and_from_a_document(site, editor, article):
    page = site.open(address := f"/admin/articles/{article.get_parent().pk}/from-document/", user=editor)
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("Choose a file or paste text").wait_for()
    assert faults(page) == []
    box = page.get_by_role("textbox", name="Or paste the text here")
    box.evaluate("(box, html) => { box.focus(); document.execCommand('insertHTML', false, html) }", PASTED)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("row", name="Bulleted list")).to_contain_text("One")
    page.goto(address)
    page.get_by_label("Document").set_input_files(WORD)
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Create draft").wait_for()
    assert faults(page) == []


def test_reports_and_publishing_without_review(site, manager, article):
    revision = article.save_revision()
    check(
        site.open("/robots.txt", user=manager),
        reverse("education_review:report"),
        reverse("education_readers_report"),
        f"/admin/review/{revision.pk}/without/",
    )

"""The screens of editors and reviewers pass axe."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.axe import axe_violations
from tests.browser.every_block import every_block
from tests.education.importing import WORD

# Faults of Wagtail 7.4:
WAGTAIL_FAULTS = [
    "h2[role=alert]",  # the number of matches is a heading with role=alert
    "[aria-label='Toggle sidebar']",  # on a phone it covers the breadcrumbs
    ".w-minimap",  # scrolls, but not by keyboard
    ".w-editing-sessions",  # buttons with images but no name
    "[data-streamfield-child] [type=text][name$='-value']",  # a block of one field has no label
    "[type=text][name*='-value-c']",  # nor do table cells and columns
]
# Rules that it breaks on elements that contain ours, so those can't be excluded:
WAGTAIL_FAULTY_RULES = {
    "landmark-unique",  # two blocks of a type are regions of the same name
    "aria-input-field-name",  # the rich text editor has no accessible name
}
PASTED = "<p>Nerve blocks</p><p>A lead.</p><p><b>Why</b></p><ul><li>One</li><li>Two</li></ul>"


def violations(page):
    return axe_violations(page, exclude=WAGTAIL_FAULTS, disabled_rules=WAGTAIL_FAULTY_RULES)


def check(page, *addresses):
    for address in addresses:
        page.goto(address)
        assert violations(page) == [], address


def test_the_article_editor_passes_axe_and_opens_the_schedule_calendar(
    site, editor, article, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    page = site.open("/robots.txt", user=editor)
    check(page, f"/admin/pages/{every_block(article).pk}/edit/")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name=re.compile("(Set|Edit) schedule")).click()
    page.get_by_label("Go live date/time").click()
    expect(page.locator(".xdsoft_datetimepicker:visible").first).to_be_visible()


def test_import_screens_pass_axe_and_pasted_text_keeps_its_formatting(site, editor, article):
    page = site.open(address := f"/admin/articles/{article.get_parent().pk}/from-document/", user=editor)
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("Choose a file or paste text").wait_for()
    assert violations(page) == []
    box = page.get_by_role("textbox", name="Or paste the text here")
    box.evaluate("(box, html) => { box.focus(); document.execCommand('insertHTML', false, html) }", PASTED)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("row", name="Bulleted list")).to_contain_text("One")
    page.goto(address)
    page.get_by_label("Document").set_input_files(WORD)
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Create draft").wait_for()
    assert violations(page) == []


def test_reports_and_publishing_without_review_pass_axe(site, manager, article):
    revision = article.save_revision()
    check(
        site.open("/robots.txt", user=manager),
        reverse("education_review:report"),
        reverse("education_readers_report"),
        f"/admin/review/{revision.pk}/without/",
    )

"""axe finds nothing on the screens of editors and reviewers: see tests.browser.axe for how it looks."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.models import Workflow

from education.models import GlossaryPage, HomePage, TermPage
from tests.browser.axe import BOTH, PHONE, findings
from tests.browser.every_block import every_block
from tests.education.importing import WORD
from tests.support.publishing import publish

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
    "aria-dialog-name",  # Wagtail's dialogs have a heading, which doesn't name them
}
PASTED = "<p>Nerve blocks</p><p>A lead.</p><p><b>Why</b></p><ul><li>One</li><li>Two</li></ul>"


def faults(page, looks=PHONE, within="html"):
    return findings(page, looks, within, without=WAGTAIL, but=WAGTAILS_RULES)


@pytest.fixture
def check(site):
    def run(user, *addresses):
        page = site.open("/robots.txt", user=user)
        for address in addresses:
            page.goto(address)
            assert faults(page, BOTH if address == "/admin/" else PHONE) == [], address
        return page

    return run


def test_the_editor_of_an_article_with_every_block_and_the_day_it_goes_live(
    check, editor, article, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    page = check(editor, f"/admin/pages/{every_block(article).pk}/edit/")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name=re.compile("(Set|Edit) schedule")).click()
    page.get_by_label("Go live date/time").click()
    expect(page.locator(".xdsoft_datetimepicker:visible").first).to_be_visible()


def test_canceling_and_asking_for_changes(check, article, editor, reviewer):
    article.body = [("section", {"heading": "Why", "content": [("text", "<p>It helps.</p>")]})]
    article.save_revision(user=editor)
    state = Workflow.objects.get(name="Clinical review").start(article, editor)
    page = check(reviewer, f"/admin/review/{state.pk}/cancel/")
    page.goto(f"/admin/pages/{article.pk}/edit/")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Request changes", exact=True).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Request changes").click()
    expect(dialog.get_by_text("Say what should change.").last).to_be_visible()
    assert faults(page, within="[role=dialog]:has([role=alert])") == []
    dialog.get_by_label("What should change").fill("Say how long before the visit.")
    dialog.get_by_role("button", name="Request changes").click()
    expect(page.get_by_text("You asked for changes.")).to_be_visible()


def test_a_new_page_from_pasted_text_which_keeps_its_form_and_from_a_document(check, editor, article):
    page = check(editor, address := f"/admin/articles/{article.get_parent().pk}/from-document/")
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


def test_reports_glossary_and_publishing_without_review(check, manager, article):
    home = HomePage.objects.get()
    glossary = home.add_child(instance=GlossaryPage(title="Glossary"))
    term = glossary.add_child(instance=TermPage(title="Vertebra", meaning="A bone of the spine."))
    publish(term)
    revision = article.save_revision()
    check(
        manager,
        "/admin/",
        *map(reverse, ["education_review:report", "education_readers_report", "education_links_report"]),
        f"/admin/pages/{term.pk}/edit/",
        f"/admin/review/{revision.pk}/without/",
    )

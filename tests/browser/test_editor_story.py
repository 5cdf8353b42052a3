"""From a Word file to readers, as its editor, reviewer and manager live it, until the review runs out."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from education.checks.rules import CHECKS
from education.jobs import publish_scheduled
from education.models import ArticleIndexPage, ArticlePage, UnreviewedPublication
from education.review.models import Checked
from tests.browser.axe import findings
from tests.education.importing import WORD

LEAD = "Some medicines thin your blood. Tell us about them a week before your visit."
URGENT = "Call us before you stop any medicine."


@pytest.fixture
def index(committed_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    # Off: one under way when the draft is saved would be "a new version in another window".
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    return ArticleIndexPage.objects.get(slug="education")


@pytest.fixture
def sees(site):
    """What a reader finds on the page, and what not."""

    def look(address, *texts, gone=()):
        page = site.open(address, java_script_enabled=False)
        for text in texts:
            expect(page.get_by_text(text).first).to_be_visible()
        for text in gone:
            expect(page.get_by_text(text)).to_have_count(0)

    return look


def press(scope, name):
    scope.get_by_role("button", name=name, exact=True).first.click()


def test_from_a_word_file_to_readers_until_the_review_runs_out(
    site, sees, index, editor, reviewer, manager, monkeypatch
):
    edit = import_and_mend(site, index, editor)
    article = ArticlePage.objects.get(slug="blood-thinners-before-an-injection")
    press(edit, "Submit to Clinical review")
    expect(edit.get_by_text("The reviewers get an email")).to_be_visible()

    address = f"/admin/pages/{article.pk}/edit/"
    ask_for_changes(review := site.open("/admin/", user=reviewer))
    article.current_workflow_state.resume(user=editor)  # as the button of the editor's page
    review.set_viewport_size({"width": 1280, "height": 900})
    review.goto(address)
    approve(review)
    article.refresh_from_db()
    sees(article.url, LEAD, "Medically reviewed by Dan Hashimoto on", "Next review:")

    correct_at_once(site.open(address, user=manager))
    sees(article.url, URGENT, "Not yet medically reviewed by this clinic", gone=["Dan Hashimoto"])
    UnreviewedPublication.objects.exclude(expires_at=None).update(expires_at=timezone.now())
    publish_scheduled(timestamp=0)
    sees(article.url, LEAD, "Medically reviewed by Dan Hashimoto on", gone=[URGENT])

    later = timezone.now() + timedelta(days=370)
    monkeypatch.setattr(timezone, "now", lambda: later)
    sees(article.url, "This review has expired", gone=["Next review:"])
    page = site.open("/admin/", user=editor, java_script_enabled=False)
    expect(page.get_by_text(f"{article.title}: Overdue since")).to_be_visible()


def import_and_mend(site, index, editor):
    page = site.open(f"/admin/articles/{index.pk}/from-document/", user=editor, width=1600)
    page.set_default_timeout(30_000)  # making the draft and opening it in the editor is one navigation
    page.get_by_label("Document").set_input_files(WORD)
    press(page, "Preview")
    expect(page.get_by_role("row", name="Nested list")).to_contain_text("with the doses")
    page.get_by_label("Description of picture 1").fill("A calendar with five days crossed out")
    press(page, "Create draft")
    expect(page.get_by_text("Here’s the draft")).to_be_visible()

    mend = {"no-risks": "Risks: when to stop", "no-help": "When to get help on the day"}
    press(page, "Toggle checks")
    panel = page.locator("[data-side-panel=checks]")
    for name in mend:
        expect(panel.get_by_text(str(CHECKS[name].fix))).to_be_visible(timeout=30_000)
    headings = page.locator("[name$='-value-heading']")
    headings.nth(0).fill(mend["no-risks"])
    headings.nth(2).fill(mend["no-help"])
    page.locator("textarea[name=lead]").fill(LEAD)
    page.locator("input[name=title]").press("Enter")  # submits nothing
    for name in mend:  # the panel looks again by itself
        expect(panel.get_by_text(str(CHECKS[name].fix))).to_have_count(0, timeout=30_000)
    expect(panel.get_by_text(str(CHECKS["vague-link"].fix))).to_have_count(0)
    # Under 280, for the form alone has so many.
    expect(panel.locator("[data-content-word-count]")).to_have_text(re.compile(r"^(1\d\d|2[0-7]\d)$"))
    return page


def ask_for_changes(page):
    press(page.get_by_role("region", name="Awaiting your review"), "Actions")
    press(page, "Request changes")
    dialog = page.get_by_role("dialog")
    press(dialog, "Request changes")
    expect(dialog.get_by_text("Say what should change.").last).to_be_visible()
    # Wagtail's dialogs have a heading, which doesn't name them.
    assert findings(page, within="[role=dialog]:has([role=alert])", but=["aria-dialog-name"]) == []
    dialog.get_by_label("What should change").fill("Say how long before the visit.")
    press(dialog, "Request changes")
    expect(page.get_by_text("You asked for changes.")).to_be_visible()


def approve(page):
    press(page, "Approve and Publish")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Only a minor change")).to_have_count(0)  # nobody has reviewed it before
    dialog.get_by_label("Note").fill("Read twice.")
    page.keyboard.press("Escape")  # asks first, and the browser answers no
    dialog.get_by_label("Note").fill("")
    dialog.get_by_label("The facts are right").check()
    press(dialog, "Approve")
    expect(dialog.get_by_role("alert")).to_contain_text("say in the note why")
    for check in Checked.labels:
        dialog.get_by_label(str(check)).check()
    press(dialog, "Approve")
    expect(page.get_by_text("Approved. Readers see this version now.")).to_be_visible()


def correct_at_once(page):
    page.locator("textarea[name=lead]").fill(URGENT)
    press(page, "More actions")
    press(page, "Publish without review")
    page.get_by_label("Why can’t this wait for a review?").fill("A wrong dose was read into it.")
    press(page, "Publish without review")
    expect(page.get_by_text("Published without a review.")).to_be_visible()

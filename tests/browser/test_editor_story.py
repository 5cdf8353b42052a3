"""The path of an article: import, review, publication without review, and expiry."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from education.checks.rules import CHECKS
from education.jobs import publish_scheduled
from education.models import ArticleIndexPage, ArticlePage, UnreviewedPublication
from education.review.models import ReviewCheck
from tests.browser.axe import axe_violations
from tests.education.importing import WORD

LEAD = "Some medicines thin your blood. Tell us about them a week before your visit."
URGENT = "Call us before you stop any medicine."


@pytest.fixture
def index(committed_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    # An autosave while the draft is being saved would cause a "new version in another window" warning.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    return ArticleIndexPage.objects.get(slug="education")


@pytest.fixture
def assert_readers_see(site):
    """Check which texts a page shows to readers, and which it doesn't."""

    def check(address, *texts, gone=()):
        page = site.open(address, java_script_enabled=False)
        for text in texts:
            expect(page.get_by_text(text).first).to_be_visible()
        for text in gone:
            expect(page.get_by_text(text)).to_have_count(0)

    return check


def press(scope, name):
    scope.get_by_role("button", name=name, exact=True).first.click()


def test_a_word_file_becomes_a_reviewed_article_until_the_review_expires(
    site, assert_readers_see, index, editor, reviewer, manager, monkeypatch
):
    edit = import_and_fix(site, index, editor)
    article = ArticlePage.objects.get(slug="blood-thinners-before-an-injection")
    press(edit, "Submit to Clinical review")
    expect(edit.get_by_text("The reviewers get an email")).to_be_visible()

    address = f"/admin/pages/{article.pk}/edit/"
    ask_for_changes(review := site.open("/admin/", user=reviewer))
    article.current_workflow_state.resume(user=editor)  # what the button on the edit page does
    review.set_viewport_size({"width": 1280, "height": 900})
    review.goto(address)
    approve(review)
    article.refresh_from_db()
    assert_readers_see(article.url, LEAD, "Medically reviewed by Dan Hashimoto on", "Next review:")

    publish_without_review(site.open(address, user=manager))
    assert_readers_see(article.url, URGENT, "Not yet medically reviewed", gone=["Dan Hashimoto"])
    UnreviewedPublication.objects.exclude(expires_at=None).update(expires_at=timezone.now())
    publish_scheduled(timestamp=0)
    assert_readers_see(article.url, LEAD, "Medically reviewed by Dan Hashimoto on", gone=[URGENT])

    later = timezone.now() + timedelta(days=370)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert_readers_see(article.url, "This review has expired", gone=["Next review:"])
    page = site.open("/admin/", user=editor, java_script_enabled=False)
    expect(page.get_by_text(f"{article.title}: Overdue since")).to_be_visible()


def import_and_fix(site, index, editor):
    page = site.open(f"/admin/articles/{index.pk}/from-document/", user=editor, width=1600)
    page.set_default_timeout(30_000)  # creating the draft and opening the editor are one navigation
    page.get_by_label("Document").set_input_files(WORD)
    press(page, "Preview")
    expect(page.get_by_role("row", name="Nested list")).to_contain_text("with the doses")
    page.get_by_label("Description of picture 1").fill("A calendar with five days crossed out")
    press(page, "Create draft")
    expect(page.get_by_text("Here’s the draft")).to_be_visible()

    fixes = {"no-risks": "Risks: when to stop", "no-help": "When to get help on the day"}
    press(page, "Toggle checks")
    panel = page.locator("[data-side-panel=checks]")
    for name in fixes:
        expect(panel.get_by_text(str(CHECKS[name].fix))).to_be_visible(timeout=30_000)
    headings = page.locator("[name$='-value-heading']")
    headings.nth(0).fill(fixes["no-risks"])
    headings.nth(2).fill(fixes["no-help"])
    page.locator("textarea[name=lead]").fill(LEAD)
    page.locator("input[name=title]").press("Enter")  # doesn't submit the form
    for name in fixes:  # the panel updates itself
        expect(panel.get_by_text(str(CHECKS[name].fix))).to_have_count(0, timeout=30_000)
    expect(panel.get_by_text(str(CHECKS["vague-link"].fix))).to_have_count(0)
    # Under 280: the words of the inquiry form aren't counted.
    expect(panel.locator("[data-content-word-count]")).to_have_text(re.compile(r"^(1\d\d|2[0-7]\d)$"))
    return page


def ask_for_changes(page):
    press(page.get_by_role("region", name="Awaiting your review"), "Actions")
    press(page, "Request changes")
    dialog = page.get_by_role("dialog")
    press(dialog, "Request changes")
    expect(dialog.get_by_text("Say what should change.").last).to_be_visible()
    # The heading of a Wagtail dialog isn't its accessible name.
    with_error = "[role=dialog]:has([role=alert])"
    assert axe_violations(page, include=with_error, disabled_rules=["aria-dialog-name"]) == []
    dialog.get_by_label("What should change").fill("Say how long before the visit.")
    press(dialog, "Request changes")
    expect(page.get_by_text("You asked for changes.")).to_be_visible()


def approve(page):
    press(page, "Approve and Publish")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Only a minor change")).to_have_count(0)  # no one has reviewed it before
    dialog.get_by_label("Note").fill("Read twice.")
    page.keyboard.press("Escape")  # asks for confirmation, which the browser refuses
    dialog.get_by_label("Note").fill("")
    dialog.get_by_label("The facts are right").check()
    press(dialog, "Approve")
    expect(dialog.get_by_role("alert")).to_contain_text("say in the note why")
    for check in ReviewCheck.labels:
        dialog.get_by_label(str(check)).check()
    press(dialog, "Approve")
    expect(page.get_by_text("Approved. Readers see this version now.")).to_be_visible()


def publish_without_review(page):
    page.locator("textarea[name=lead]").fill(URGENT)
    press(page, "More actions")
    press(page, "Publish without review")
    page.get_by_label("Why can’t this wait for a review?").fill("A wrong dose was read into it.")
    press(page, "Publish without review")
    expect(page.get_by_text("Published without a review.")).to_be_visible()

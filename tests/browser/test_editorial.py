"""An editor changes the article and submits it; a reviewer publishes; then readers see it."""

from playwright.sync_api import expect

from education.models import ClinicalReview

LEAD = "A sentence that Chiara has just added for the readers."


def test_edit_submit_review_publish_read(site, editor, reviewer, article):
    edit = f"/admin/pages/{article.pk}/edit/"

    page = site.open(edit, user=editor)
    page.locator("textarea[name=lead]").fill(LEAD)
    expect(page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    page.locator("input[name=title]").press("Enter")  # submits nothing
    page.get_by_role("button", name="Submit to Clinical review").click()
    expect(page.get_by_text("is in review")).to_be_visible()
    expect(site.open(article.url).get_by_text(LEAD)).to_have_count(0)

    page = site.open(edit, user=reviewer)
    page.get_by_role("button", name="Approve and Publish", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("The facts are right").check()
    dialog.get_by_role("button", name="Approve").click()
    expect(dialog.get_by_text("say in the note why").first).to_be_visible()
    dialog.get_by_label("Note").fill("Nothing else has changed.")
    dialog.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved. Readers see this version now.")).to_be_visible()
    assert ClinicalReview.objects.get(reviewer=reviewer).checked == ["facts"]
    expect(site.open(article.url).get_by_text(LEAD)).to_be_visible()

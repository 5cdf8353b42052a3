"""The checks panel of the editor, in a browser: what it says, and that the form isn't counted."""

from playwright.sync_api import expect

from education.checks.rules import CHECKS
from education.models import ArticlePage
from tests.education.checks.conftest import GOOD, section
from tests.publishing import publish

HARD = "Percutaneous augmentation necessitates comprehensive multidisciplinary preprocedural evaluation. " * 6


def test_the_panel_says_what_to_mend_and_where(site, article, editor):
    hard = {**GOOD, "slug": "hard", "sources": [], "body": [section("What it is", HARD)]}
    page = ArticlePage(**hard)
    article.get_parent().add_child(instance=page)
    publish(page)

    edit = site.open(f"/admin/pages/{page.pk}/edit/", user=editor, width=1600)
    edit.get_by_role("button", name="Toggle checks").click()
    panel = edit.locator("[data-side-panel=checks]")
    for name in ("hard-to-read", "word-to-avoid", "no-risks", "no-help", "no-source"):
        expect(panel.get_by_text(str(CHECKS[name].mend))).to_be_visible()
    expect(panel.get_by_text(str(CHECKS["vague-link"].mend))).to_have_count(0)
    expect(panel.locator("[data-reading-results]")).to_contain_text("The hardest sentences:")
    expect(panel.locator("[data-reading-results]")).to_contain_text("percutaneous → through the skin")
    words = int(panel.locator("[data-content-word-count]").inner_text())
    assert words < 200  # the form alone has 280

"""The review panel links the changes that publishing the draft would make."""

from bs4 import BeautifulSoup

from education.review.panels import ClinicalReviewPanel


def test_the_editor_links_a_comparison_of_draft_and_live_page(as_user, reviewer, article, panel):
    def link():
        return BeautifulSoup(panel(ClinicalReviewPanel, article), "html.parser").find(
            "a", string="What will change for readers"
        )

    assert link() is None
    article.lead = "A new lead."
    article.save_revision()
    changes = as_user(reviewer).get(link()["href"])
    assert "A new lead." in BeautifulSoup(changes.content, "html.parser").main.get_text()
    article.unpublish()
    assert link() is None

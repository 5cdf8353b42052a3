"""Above the fields stands a link to what publishing the draft would change, where there is such a draft."""

from bs4 import BeautifulSoup

from education.review.panels import ClinicalReviewPanel


def test_the_comparison_is_linked_while_readers_have_an_older_version(as_user, reviewer, article, panel):
    def link():
        return BeautifulSoup(panel(ClinicalReviewPanel, article), "html.parser").find(
            "a", string="What changes for readers"
        )

    assert link() is None
    article.lead = "A new lead."
    article.save_revision()
    changes = as_user(reviewer).get(link()["href"])
    assert "A new lead." in BeautifulSoup(changes.content, "html.parser").main.get_text()
    article.unpublish()
    assert link() is None

"""The review panel links the changes that publishing the draft would make, and the comparison shows each."""

import json

from bs4 import BeautifulSoup
from wagtail.admin.compare import RichTextFieldComparison, StreamFieldComparison
from wagtail.documents.models import Document

from education.models import ArticlePage, PersonPage
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


def block(key, kind, value):
    return {"id": key, "type": kind, "value": value}


def test_the_comparison_shows_moved_blocks_changed_links_and_changed_documents(db):
    first, second = (block(key, "text", f"<p>Step {key}.</p>") for key in "12")
    links = [block("1", "text", f'<p><a href="https://{name}.example/">More</a></p>') for name in "ab"]
    files = [Document.objects.create(title="Exercises", file=f"{name}.pdf").pk for name in "ab"]
    downloads = [block("1", "download", {"title": "Print this", "document": pk}) for pk in files]
    versions = [([first, second], [second, first]), *([[a], [b]] for a, b in (links, downloads))]
    for contents in versions:
        sections = (block("s", "section", {"heading": "Recovery", "content": c}) for c in contents)
        pages = [ArticlePage(body=json.dumps([section])) for section in sections]
        html = StreamFieldComparison(ArticlePage._meta.get_field("body"), *pages).htmldiff()
        assert "addition" in html, contents
        assert "deletion" in html, contents


def test_the_comparison_shows_where_links_in_a_biography_lead(article):
    links = [f'<p><a linktype="page" id="{page.pk}">More</a></p>' for page in (article.get_parent(), article)]
    people = [PersonPage(biography=link) for link in links]
    html = RichTextFieldComparison(PersonPage._meta.get_field("biography"), *people).htmldiff()
    assert article.slug in html

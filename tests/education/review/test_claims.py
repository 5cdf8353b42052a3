"""Text that says by itself that a clinician reviewed it is refused, however it came."""

import pytest
from django.core.exceptions import ValidationError

from education.importing import Refused
from education.models import ArticlePage, StandardPage
from education.review.wording import claim_in
from tests.education.review.editor_form import post

CLAIMS = [
    "Medically reviewed by Dr. Example",
    "medically-reviewed",
    "Clinically\u00a0verified advice",
    "Medically re\u200bviewed",
    "Reviewed by Dr Jane Example",
    "Fact-checked by Jane Example, MD",
    "This article was approved by our physicians.",
    "Medical reviewer: Jane Example",
    "Revisado por el Dr. Ejemplo",
    "Médicamente revisado",
]
FINE = [
    "Your X-ray is reviewed by a radiologist.",
    "Have your medicines checked by a doctor.",
    "The device was approved by the FDA in 1998.",
    "We ask for a medical review of your case.",
]


@pytest.mark.parametrize("text", CLAIMS)
def test_a_claim_is_found(text):
    assert claim_in(f"Some words before. {text} Some words after.")


@pytest.mark.parametrize("text", FINE)
def test_descriptions_of_a_visit_are_no_medical_claim(text):
    assert not claim_in(text)


@pytest.mark.parametrize("field", ["title", "seo_title", "search_description", "lead"])
def test_no_field_of_an_article_takes_it(article, field):
    setattr(article, field, CLAIMS[0])
    with pytest.raises(ValidationError, match="Medically reviewed"):
        article.full_clean()


def test_blocks_and_pages_without_review_make_no_claim():
    text = "<p>Medically <b>reviewed</b> by us.</p>"
    page = StandardPage(title="About us", body=[("section", {"heading": "Us", "content": [("text", text)]})])
    with pytest.raises(ValidationError, match="Take out"):
        page.clean()


def test_an_editor_is_told_and_keeps_the_text(as_user, editor, article):
    html = post(as_user(editor), article, CLAIMS[0]).content.decode()
    assert "Take out “Medically reviewed”" in html
    assert CLAIMS[0] in html


def test_an_import_is_refused(imported):
    with pytest.raises(Refused, match="Take out"):
        imported("a.md", f"# Title\n\n{CLAIMS[0]}\n\n## Why\n\nBecause.\n")
    assert not ArticlePage.objects.filter(title="Title").exists()

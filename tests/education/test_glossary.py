"""Glossary terms are explained where they're first used, once approved, without JavaScript."""

from datetime import timedelta

import brotli
import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from clinic.caching.page_cache import BROTLI_QUALITY
from education.models import ClinicalReview, GlossaryPage, HomePage, TermPage
from education.templatetags.glossary_tags import Glossary
from tests.support.publishing import publish, publish_reviewed, review

MEANING = "One of the bones that your spine is made of."


@pytest.fixture
def index(db):
    index = GlossaryPage(title="Words we use", slug="words")
    HomePage.objects.get().add_child(instance=index)
    return index


@pytest.fixture
def draft(index):
    page = TermPage(title="vertebra", slug="vertebra", other_forms="vertebrae", meaning=MEANING)
    index.add_child(instance=page)
    return page


@pytest.fixture
def term(draft, editor, reviewer):
    publish_reviewed(draft, editor, reviewer)
    return TermPage.objects.get(pk=draft.pk)


@pytest.fixture
def read(sections):
    """Render a section with these texts."""

    def read(*texts, heading="Bones", **fields):
        content = [("text", text) for text in texts]
        return sections([("section", {"heading": heading, "content": content})], **fields)

    return read


def test_unreviewed_term_is_marked_in_the_editor_and_not_listed(client, as_user, editor, index, draft):
    publish(index)
    assert "No terms here yet." in client.get(index.url).content.decode()
    form = as_user(editor).get(f"/admin/pages/{draft.pk}/edit/").content.decode()
    assert "Readers see this term only after a reviewer approves it." in form


def test_longest_article_with_three_terms_fits_in_one_round_trip(client, article, index):
    for word in ("vertebra", "osteoporosis", "incision"):
        term = index.add_child(instance=TermPage(title=word, meaning=f"A {word} is {MEANING * 4}"))
        revision = term.save_revision()
        review(revision)
        revision.publish()
    html = client.get(article.url).content
    assert html.count(b"popovertarget") == 3
    assert len(brotli.compress(html, quality=BROTLI_QUALITY)) <= 14 * 1024 - 300


def test_term_is_explained_at_first_use_but_not_in_headings(term, read):
    soup = read("<p>A vertebra can break.</p>", "<p>Each vertebra heals.</p>", heading="A vertebra")
    (button,) = soup.select("p button.term")
    meaning = button.find_next_sibling()
    assert button.get_text() == "vertebra"
    assert meaning.has_attr("popover")
    assert button["popovertarget"] == meaning["id"]
    assert meaning.get_text() == f" ({MEANING} About vertebra)"
    assert meaning.a["href"] == term.url
    assert len(soup.select("button")) == 1
    assert not read("<p>La vertebra duele.</p>", language="es").select("button")


def test_other_forms_are_explained_but_not_links_or_parts_of_words():
    term = TermPage(pk=1, title="vertebra", other_forms="vertebrae")
    term.valid_until = today = timezone.localdate()
    forms = ["Two Vertebrae broke.", "My vertebra’s edge.", "(vertebras)", "<b>vertebra</b>"]
    others = ['<a href="https://x.example/">vertebra</a>', "intravertebral", "vertebra-like"]
    explained = {text: Glossary([term]).explain(text, lambda term: "/", today) for text in [*forms, *others]}
    assert [text for text, html in explained.items() if "<button" in html] == forms


def test_explaining_a_term_keeps_the_text_unchanged(term, read):
    soup = read("<p>A &amp; B &lt; vertebra<br/>“x”</p>")
    soup.select_one("[popover]").decompose()
    soup.select_one("button.term").unwrap()
    assert soup.p.decode_contents() == "A &amp; B &lt; vertebra<br/>“x”"


def test_lookalike_letters_arent_matched():
    term = TermPage(pk=1, title="iliac", meaning="Of the hip bone.")
    term.valid_until = today = timezone.localdate()
    assert Glossary([term]).explain("İliac or ıliac", lambda term: "/", today) == "İliac or ıliac"


def test_term_is_explained_only_while_its_review_is_valid(draft, read, editor, reviewer):
    def is_explained():
        return bool(read("<p>A vertebra can break.</p>").select("button.term, [popover]"))

    assert not is_explained()
    publish(draft)  # without a review
    assert not is_explained()
    publish_reviewed(draft, editor, reviewer)
    assert is_explained()
    ClinicalReview.objects.update(valid_until=timezone.localdate() - timedelta(days=2))
    assert not is_explained()


def test_each_term_has_a_page_and_is_listed(term, index, client):
    publish(index)
    page = BeautifulSoup(client.get(term.url).content, "html.parser")
    assert page.select_one(".lead").get_text() == MEANING
    assert "Medically reviewed by Dan Hashimoto" in page.select_one(".meta").get_text()
    terms = BeautifulSoup(client.get(index.url).content, "html.parser").select_one("dl.points")
    assert MEANING in terms.get_text()

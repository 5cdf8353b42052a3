"""Editors see what a block is before they choose it; its words are found, compared and kept as any others."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from education.blocks import ContentBlock
from education.models import ArticlePage

BLOCKS = ContentBlock().child_blocks


def body_of(name, value):
    return [("section", {"heading": "Section", "content": [(name, value)]})]


def with_words(name, words):
    """A value of this block that has `words` wherever text may stand; chosen files and pages are left out."""
    return {
        "subheading": words,
        "nested_list": f"<ul><li>{words}</li></ul>",
        "questions": [{"question": words, "answer": f"<p>{words}</p>"}],
        "dos": {"dos": ["<p>A</p>"], "donts": [f"<p>{words}</p>"]},
        "checklist": {"title": "Bring", "items": [f"<p>{words}</p>"]},
        "illustration": {"image": None, "alt_text": "A", "long_description": f"<p>{words}</p>"},
        "video": {"title": "A", "video": None, "captions": None, "transcript": f"<p>{words}</p>"},
        "download": {"title": words, "document": None},
        "table": {
            "caption": "A",
            "columns": [{"type": "text", "heading": "B"}],
            "rows": [{"values": [words]}],
        },
        "comparison": {
            "caption": words,
            "columns": [{"type": "text", "heading": "B"}],
            "rows": [{"values": ["<p>C</p>"]}],
        },
    }[name]


WORDED = ["subheading", "nested_list", "questions", "dos", "checklist", "illustration", "video"]
WORDED += ["download", "table", "comparison"]


@pytest.fixture(scope="module")
def made():
    """The article's form has been made, and with it the addresses of the previews."""
    return ArticlePage.get_edit_handler()


@pytest.mark.parametrize("name", BLOCKS)
def test_each_block_has_a_sentence_and_a_live_preview(as_user, editor, article, picture, made, name):
    block = ArticlePage._meta.get_field("body").stream_block.child_blocks["section"].child_blocks["content"]
    block = block.child_blocks[name]
    assert str(block.get_description()).endswith(".")
    assert block.is_previewable
    address = reverse("wagtailadmin_block_preview")
    response = as_user(editor).get(address, {"id": block.definition_prefix})
    assert response.status_code == 200
    html = BeautifulSoup(response.content, "html.parser")
    assert html.main.get_text(strip=True)
    assert "--teal" in html.style.string
    assert html.main.find("img") or name not in {"image", "illustration"}


@pytest.mark.parametrize("name", WORDED)
def test_search_finds_its_words(client, make_article, name):
    make_article("Found", body=body_of(name, with_words(name, "zwieback")))
    assert b"/education/found/" in client.get("/search/?q=zwieback").content


@pytest.mark.parametrize("name", WORDED)
def test_reviewers_see_its_words_change(as_user, reviewer, make_article, name):
    page = make_article("Changed", body=body_of(name, with_words(name, "before")))
    old = page.latest_revision_id
    raw = page.body.raw_data
    raw[0]["value"]["content"][0]["value"] = with_words(name, "afterwards")
    page.body = page.body.stream_block.to_python(raw)
    page.save_revision()
    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, old, "latest"])
    main = BeautifulSoup(as_user(reviewer).get(address).content, "html.parser").main
    assert "afterwards" in main.get_text()

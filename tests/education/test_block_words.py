"""Editors see what a block is before they choose it; its words are found, compared and kept as any others."""

from bs4 import BeautifulSoup
from django.urls import reverse

from education.blocks import ContentBlock
from education.models import ArticlePage

BLOCKS = ContentBlock().child_blocks


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


def body_of(word):
    """A section with all of them, each with a word of its own."""
    blocks = [(name, with_words(name, word + name.replace("_", ""))) for name in WORDED]
    return [("section", {"heading": "Section", "content": blocks})]


def test_each_block_has_a_sentence_and_a_live_preview(as_user, editor, article, picture):
    ArticlePage.get_edit_handler()  # makes the form, and with it the addresses of the previews
    section = ArticlePage._meta.get_field("body").stream_block.child_blocks["section"]
    client, address = as_user(editor), reverse("wagtailadmin_block_preview")
    for name in BLOCKS:
        block = section.child_blocks["content"].child_blocks[name]
        assert str(block.get_description()).endswith("."), name
        assert block.is_previewable, name
        response = client.get(address, {"id": block.definition_prefix})
        assert response.status_code == 200, name
        html = BeautifulSoup(response.content, "html.parser")
        assert html.main.get_text(strip=True), name
        assert "--teal" in html.style.string, name
        assert html.main.find("img") or name not in {"image", "illustration"}, name


def test_search_finds_the_words_of_each_block(make_article):
    page = make_article("Found", body=body_of("zwieback"))
    for name in WORDED:
        found = ArticlePage.objects.live().search("zwieback" + name.replace("_", ""))
        assert list(found) == [page], name


def test_reviewers_see_the_words_of_each_block_change(as_user, reviewer, make_article):
    page = make_article("Changed", body=body_of("before"))
    old = page.latest_revision_id
    raw = page.body.raw_data
    for block in raw[0]["value"]["content"]:
        block["value"] = with_words(block["type"], "afterwards" + block["type"].replace("_", ""))
    page.body = page.body.stream_block.to_python(raw)
    page.save_revision()
    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, old, "latest"])
    text = BeautifulSoup(as_user(reviewer).get(address).content, "html.parser").main.get_text()
    assert [name for name in WORDED if "afterwards" + name.replace("_", "") not in text] == []

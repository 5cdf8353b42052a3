"""Blocks have descriptions and previews; search and revision comparison cover their text."""

from bs4 import BeautifulSoup
from django.urls import reverse

from education.blocks import ContentBlock
from education.models import ArticlePage

BLOCKS = ContentBlock().child_blocks


def with_text(name, text):
    """Return a value of this block that contains `text`, without files and pages."""
    return {
        "subheading": text,
        "nested_list": f"<ul><li>{text}</li></ul>",
        "questions": [{"question": text, "answer": f"<p>{text}</p>"}],
        "dos": {"dos": ["<p>A</p>"], "donts": [f"<p>{text}</p>"]},
        "checklist": {"title": "Bring", "items": [f"<p>{text}</p>"]},
        "illustration": {"image": None, "alt_text": "A", "long_description": f"<p>{text}</p>"},
        "video": {"title": "A", "video": None, "captions": None, "transcript": f"<p>{text}</p>"},
        "download": {"title": text, "document": None},
        "table": {
            "caption": "A",
            "columns": [{"type": "text", "heading": "B"}],
            "rows": [{"values": [text]}],
        },
        "comparison": {
            "caption": text,
            "columns": [{"type": "text", "heading": "B"}],
            "rows": [{"values": ["<p>C</p>"]}],
        },
    }[name]


TEXT_BLOCKS = ["subheading", "nested_list", "questions", "dos", "checklist", "illustration", "video"]
TEXT_BLOCKS += ["download", "table", "comparison"]


def body_with(word):
    """Return a section with every text block, each containing `word` plus the block's name."""
    blocks = [(name, with_text(name, word + name.replace("_", ""))) for name in TEXT_BLOCKS]
    return [("section", {"heading": "Section", "content": blocks})]


def test_every_block_has_a_description_and_a_preview(as_user, editor, picture, facts_read_once):
    ArticlePage.get_edit_handler()  # sets the ids that previews are requested by
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


def test_search_finds_the_text_of_every_block(make_article):
    page = make_article("Found", body=body_with("zwieback"))
    for name in TEXT_BLOCKS:
        found = ArticlePage.objects.live().search("zwieback" + name.replace("_", ""))
        assert list(found) == [page], name


def test_revision_comparison_shows_changed_text_in_every_block(as_user, reviewer, make_article):
    page = make_article("Changed", body=body_with("before"))
    old = page.latest_revision_id
    raw = page.body.raw_data
    for block in raw[0]["value"]["content"]:
        block["value"] = with_text(block["type"], "afterwards" + block["type"].replace("_", ""))
    page.body = page.body.stream_block.to_python(raw)
    page.save_revision()
    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, old, "latest"])
    text = BeautifulSoup(as_user(reviewer).get(address).content, "html.parser").main.get_text()
    assert [name for name in TEXT_BLOCKS if "afterwards" + name.replace("_", "") not in text] == []

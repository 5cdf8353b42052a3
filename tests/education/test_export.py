"""Exporting an article as Markdown and importing it again keeps it unchanged."""

import html
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.urls import reverse
from hypothesis import given, settings, strategies as st
from wagtail.documents.models import Document

from education.blocks import ContentBlock
from education.importing import make_page, read_article
from education.importing.export import WRITERS, to_markdown
from education.importing.pages import sections_of_article
from education.models import ArticlePage

SYMBOLS = "aäñ漢Z09.,:;!?*_~`#+-=|[](){}<>&\\\"'/$%^@—"
words = st.lists(st.text(SYMBOLS, min_size=1, max_size=5), min_size=1, max_size=4).map(" ".join)
addresses = st.sampled_from(
    ["https://a.example/b?c=1&copy=2", "https://a.example/ü(x)", "mailto:a@b.example", "tel:+1", "/x/", "#y"]
)


def tagged(name):
    return words.map(lambda text: f"<{name}>{html.escape(text, quote=False)}</{name}>")


runs = st.one_of(
    words.map(lambda text: html.escape(text, quote=False)),
    tagged("b"),
    tagged("i"),
    tagged("i").map(lambda inner: f"<b>{inner}</b>"),
    st.builds(lambda url, text: f'<a href="{html.escape(url)}">{html.escape(text)}</a>', addresses, words),
)
lines = st.lists(runs, min_size=1, max_size=3).flatmap(
    lambda parts: st.sampled_from(["", " ", "<br/>"]).map(lambda between: between.join(parts))
)
paragraphs = st.lists(lines, min_size=1, max_size=2).map(lambda texts: "".join(f"<p>{t}</p>" for t in texts))
nested = st.builds(
    lambda line, inner: f"<ul><li>{line}<ol><li>{inner}</li></ol></li><li>{line}</li></ul>", lines, lines
)


def one_or_two(strategy):
    return st.lists(strategy, min_size=1, max_size=2)


def struct(**fields):
    return st.fixed_dictionaries(fields)


@st.composite
def tables(draw, kinds=("text", "rich_text"), named=False):
    columns = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=3))
    cells = [paragraphs if kind == "rich_text" or named else words for kind in columns]
    return {
        "columns": [{"type": kind, "heading": draw(words)} for kind in columns],
        "rows": [{"values": [draw(cell) for cell in cells]} for _row in range(draw(st.integers(1, 2)))],
        "caption": draw(words) if named else draw(st.one_of(st.just(""), words)),
    }


levels = st.sampled_from(["note", "caution", "urgent"])
BLOCKS = {
    "subheading": words,
    "text": paragraphs,
    "bullets": one_or_two(paragraphs),
    "nested_list": nested,
    "steps": one_or_two(
        st.one_of(
            struct(text=paragraphs, drawing=st.just("")),
            struct(text=paragraphs, drawing=st.just("balloon"), caption=words, alt_text=words),
        )
    ),
    "points": one_or_two(struct(title=words, text=paragraphs)),
    "questions": one_or_two(struct(question=words, answer=paragraphs)),
    "dos": struct(dos=one_or_two(paragraphs), donts=one_or_two(paragraphs)),
    "checklist": struct(title=words, items=one_or_two(paragraphs)),
    "callout": struct(level=levels, text=paragraphs),
    "quote": struct(quote=paragraphs, source=words, url=st.sampled_from(["", "https://a.example/b"])),
    "table": tables(),
    "comparison": tables(kinds=("text",), named=True),
}
blocks = st.one_of([st.tuples(st.just(kind), value) for kind, value in BLOCKS.items()])
sections = struct(heading=words, content=st.lists(blocks, max_size=3))


def plain_data(value):
    """Remove ids and empty values, and parse rich texts, so that equal content compares equal."""
    if isinstance(value, dict):
        return {key: plain_data(item) for key, item in value.items() if key != "id" and item is not None}
    if isinstance(value, list):
        return [plain_data(item) for item in value]
    if isinstance(value, str) and value.startswith("<"):
        return str(BeautifulSoup(value, "html.parser"))
    return value


def reimport(page, **kwargs):
    """Export a page and import it again; returns (article, unsaved page)."""
    article = read_article("a.md", to_markdown(page).encode())
    return article, ArticlePage(body=sections_of_article(article, **kwargs))


@settings(max_examples=25)
@given(st.lists(sections, min_size=1, max_size=2), words)
def test_every_block_survives_export_and_import(db, content, lead):
    page = ArticlePage(title="T", lead=lead, published_on=date(2026, 1, 2))
    page.body = [("section", section) for section in content]
    article, copy = reimport(page)
    assert plain_data(copy.body.get_prep_value()) == plain_data(page.body.get_prep_value())
    assert (article.title, article.lead, article.date) == ("T", lead, date(2026, 1, 2))


def test_article_metadata_survives_export_and_import(article, index, make_article):
    article.language = "es"
    copy = read_article("a.md", to_markdown(article).replace("slug: kyphoplasty", "slug: copy").encode())
    page = make_page(copy, index)
    names = ["title", "short_title", "seo_title", "search_description", "lead", "published_on", "language"]
    for name in names:
        assert getattr(page, name) == getattr(article, name)
    for name in ("body", "sources", "key_points"):
        assert plain_data(getattr(page, name).get_prep_value()) == plain_data(
            getattr(article, name).get_prep_value()
        )


def page_with(*content):
    page = ArticlePage(title="T", lead="L.", slug="t", published_on=date(2026, 1, 2))
    page.body = [("section", {"heading": "H", "content": content})]
    return page


def test_page_links_survive_export_and_import(article, index):
    page = page_with(("text", f'<p><a linktype="page" id="{article.pk}">Read on</a></p>'))
    assert "[Read on](/education/kyphoplasty/)" in to_markdown(page)
    _article, copy = reimport(page)
    assert plain_data(copy.body.get_prep_value()) == plain_data(page.body.get_prep_value())


@pytest.fixture
def file(db, media):
    return Document.objects.create(title="A file", file=ContentFile(b"WEBVTT", "words.vtt"))


def test_pictures_files_and_related_pages_survive_export_and_import(picture, file, article, index):
    image = {"image": picture, "alt_text": 'A "knee" | <b>', "caption": "Seen [from] the side."}
    illustration = {**image, "long_description": "<p>A knee, bent.</p>"}
    video = {"title": "Sit", "video": file, "captions": file, "transcript": "<p>Sit <b>up</b>.</p>"}
    files = [("download", {"title": "A list", "document": file}), ("video", video), ("related", [article])]
    page = page_with(("image", image), ("illustration", illustration), *files)
    copy = make_page(read_article("a.md", to_markdown(page).encode()), index)
    assert plain_data(copy.body.get_prep_value()) == plain_data(page.body.get_prep_value())


def test_missing_pictures_and_files_are_noted(picture, file, index):
    image = {"image": picture, "alt_text": "A knee", "caption": ""}
    text = to_markdown(page_with(("image", image), ("download", {"title": "A list", "document": file})))
    picture.delete()
    file.delete()
    copy = read_article("a.md", text.encode())
    assert not make_page(copy, index).images
    assert "A picture is not in the library here; add it by hand: “A knee”" in copy.notes
    assert "A block names a file or a page that this site doesn’t have; add it by hand." in copy.notes


def test_users_who_can_edit_a_page_can_export_its_draft(as_user, editor, front_desk, article):
    article.lead = "A newer lead."
    article.save_revision()
    address = reverse("education_importing:export", args=[article.pk])
    client = as_user(editor)
    assert address in client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    response = client.get(address)
    assert response["Content-Disposition"] == 'attachment; filename="kyphoplasty.md"'
    assert "A newer lead." in response.content.decode()
    assert as_user(front_desk).get(address).status_code == 302


def test_every_block_can_be_exported():
    assert set(WRITERS) == set(ContentBlock().child_blocks)

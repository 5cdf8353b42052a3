"""A list below a heading such as “Sources” becomes the page's sources."""

import pytest

from tests.education.page_content import headings

ARTICLE = "# Title\n\nA lead.\n\n## Why\n\nBecause.\n\n"


def sources(page):
    return [(source.value["title"], source.value["url"]) for source in page.sources]


@pytest.mark.parametrize(
    ("heading", "first", "second"),
    [("References:", "1. ", "2. "), ("FUENTES", "- ", "- "), ("Bibliografía", "- ", "- ")],
)
def test_list_of_sources_becomes_the_pages_sources(imported, heading, first, second):
    text = f"## {heading}\n\n{first}Made-up Society, 2025. https://guideline.example/a_(b)\n"
    text += f"{second}[Nobody’s Handbook](https://handbook.example/), 2024.\n"
    page, notes = imported("a.md", ARTICLE + text)
    assert headings(page) == ["Why"]
    assert sources(page) == [
        ("Made-up Society, 2025.", "https://guideline.example/a_(b)"),
        ("Nobody’s Handbook, 2024.", "https://handbook.example/"),
    ]
    assert f"The list below “{heading}” became the page’s sources (2)." in notes


def test_typed_lists_and_paragraphs_become_sources(imported):
    text = "Title\nA lead.\nWhy\nBecause.\nSources\n- Society: https://a.example\n- Book: https://b.example\n"
    page, _notes = imported("a.txt", text)
    assert sources(page) == [("Society", "https://a.example"), ("Book", "https://b.example")]
    html = "<h1>Other</h1><p>A lead.</p><h2>Sources</h2><p>Society (https://a.example)</p>"
    page, _notes = imported("a.html", html)
    assert sources(page) == [("Society", "https://a.example")]


@pytest.mark.parametrize(
    "text",
    ["We read a lot.\n", "- Of heat\n- Of cold\n", "- https://a.example and https://b.example\n"],
    ids=["text", "no address", "two addresses"],
)
def test_other_sections_named_sources_stay_sections_with_a_note(imported, text):
    page, notes = imported("a.md", f"{ARTICLE}## Sources\n\n{text}")
    assert headings(page) == ["Why", "Sources"]
    assert not page.sources
    assert "The section “Sources” stays a section: enter its sources under “Sources”." in notes

from datetime import date

from tests.education.page_content import headings, kinds, sentences_of, texts_of

ARTICLE = """---
title: "Nerve blocks: an overview"
date: 2024-03-03
slug: nerve-blocks
SEO title: Nerve blocks
description: >
  What they are,
  in plain words.
key_points:
  - They are short.
  - 'They are safe: mostly.'
author: A. Nonymous
---

A nerve block is an **injection** near a [nerve](https://nerves.example/what).

## What is it?

A *doctor* puts [medicine](https://nerves.example/m?a=1&b=2) near a **nerve**.
It lasts for days.

- Relief
- **Rest** for a day

## How it goes

1. One.
2. Two, with

   a second paragraph.

## Benefits

- **Quick relief:** Many feel better.
- **No surgery** – The skin is only punctured.
- **Is it safe?** Mostly.

## A quote

> Pain is real.
>
> — The Pain Book, 2020
"""


def test_invalid_front_matter_values_are_noted(imported):
    sources = "sources:\n- url: https://a.example\n- title: A\n  checked on: some day\n"
    sources += "- title: B\n  checked on: May 4, 2999\n"
    page, notes = imported(
        "a.md", f"---\nshort title: {'nerve ' * 15}\n{sources}---\n# A\n\nL.\n\n## B\n\nC.\n"
    )
    assert len(page.short_title) <= 60
    assert [(s.value["title"], s.value["checked_on"]) for s in page.sources] == [("A", None), ("B", None)]
    for expected in ["“short title” is cut to 60 characters", "https://a.example", "some day", "2999"]:
        assert expected in " ".join(notes)


def test_markdown_becomes_blocks_with_emphasis_and_links(imported):
    page, notes = imported("nerve.md", ARTICLE)
    assert (page.title, page.slug) == ("Nerve blocks: an overview", "nerve-blocks")
    assert page.published_on == date(2024, 3, 3)
    assert (page.seo_title, page.search_description) == ("Nerve blocks", "What they are, in plain words.")
    assert [point.value for point in page.key_points] == ["They are short.", "They are safe: mostly."]
    assert page.lead == "A nerve block is an injection near a nerve."
    assert headings(page) == ["What is it?", "How it goes", "Benefits", "A quote"]
    assert kinds(page) == [["text", "bullets"], ["steps"], ["points"], ["quote"]]
    assert notes == [
        "The front matter’s “author” isn’t used in articles: “A. Nonymous”",
        "Links in the lead are left out: “nerve” linked to “https://nerves.example/what”",
    ]
    text, _steps, points, quote = (section.value["content"][0].value for section in page.body)
    assert text.source == (
        '<p>A <i>doctor</i> puts <a href="https://nerves.example/m?a=1&amp;b=2">medicine</a>'
        " near a <b>nerve</b>. It lasts for days.</p>"
    )
    assert [(point["title"], point["text"].source) for point in points] == [
        ("Quick relief", "<p>Many feel better.</p>"),
        ("No surgery", "<p>The skin is only punctured.</p>"),
        ("Is it safe?", "<p>Mostly.</p>"),
    ]
    assert (quote["quote"].source, quote["source"]) == ("<p>Pain is real.</p>", "The Pain Book, 2020")


def test_first_heading_is_the_title_even_if_front_matter_repeats_it(imported):
    page, _notes = imported("a.markdown", "# A title\n\nOctober 15, 2025\n\nLead.\n\n## Why\n\nBecause.\n")
    assert (page.title, page.published_on, page.lead) == ("A title", date(2025, 10, 15), "Lead.")
    page, _notes = imported("a.md", "---\ntitle: Title\n---\n# Title\n\nLead.\n\n# Why\n\nBecause.\n")
    assert (page.title, page.lead, headings(page)) == ("Title", "Lead.", ["Why"])


def test_unsupported_markdown_is_kept_as_text(imported):
    text = (
        "# Title\n\nLead.\n\n## Why\n\n![A balloon](b.png) A picture.\n\n"
        "| Drug | Dose |\n| --- | --- |\n| One | 5 mg |\n\n"
        "- Outer\n  - Inner\n\n### Deeper\n\n    code\n\n> Said somebody.\n\n<!-- a remark -->\n"
    )
    page, notes = imported("a.md", text)
    assert {"A picture.", "Drug | Dose", "One | 5 mg", "Deeper", "code", "Said somebody."} <= (
        sentences_of(page)
    )
    assert kinds(page) == [["text", "table", "nested_list", "subheading", "text"]]
    nested = page.body[0].value["content"][2].value.source
    assert nested == "<ul><li>Outer<ul><li>Inner</li></ul></li></ul>"
    assert notes == [
        "A comment was left out: “a remark”",
        "An image wasn’t imported; add it by hand: “A balloon”",
        "Preformatted text was kept as a paragraph.",
        "No date was found; the article is dated today.",
        "A quote without a source was kept as text.",
    ]


def test_dangerous_links_and_html_are_removed(imported):
    text = (
        "# Title\n\nLead.\n\n## Why\n\n[a](javascript:alert(1)) <a href='JaVaScript:alert(1)'>b</a> "
        "<a href='data:text/html,x' onclick='x()'>c</a> <b onmouseover='x()'>d</b> <u>e</u>\n\n"
        "<script>alert(1)</script>\n"
    )
    page, notes = imported("a.md", text)
    assert texts_of(page.body[0].value["content"][0]) == ["[a](javascript:alert(1)) b c d e\n"]
    assert page.body[0].value["content"][0].value.source == ("<p>[a](javascript:alert(1)) b c <b>d</b> e</p>")
    assert "The link on “b” was left out: “JaVaScript:alert(1)”" in notes
    assert "<script> was left out, 1 in all." in notes


def test_text_file_can_contain_markdown(imported):
    page, _notes = imported("a.txt", "# Title\n\nLead.\n\n## Why\n\nBecause *so*.\n")
    assert page.body[0].value["content"][0].value.source == "<p>Because <i>so</i>.</p>"

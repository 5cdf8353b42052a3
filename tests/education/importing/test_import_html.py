from datetime import date

import pytest

from tests.education.page_content import headings, kinds, sentences_of

SAVED_PAGE = """<!DOCTYPE html>
<html><head><title>Nerve blocks | Some Clinic</title>
<meta name="description" content="What they are.">
<style>p { color: red }</style><script>track()</script></head>
<body onload="x()">
<nav><ul><li><a href="/">Home</a></li><li>About us</li></ul></nav>
<main><article>
<h1>Nerve <em>blocks</em></h1>
<p class="date">Published: <time datetime="2024-03-03T09:00:00Z">March 3, 2024</time></p>
<p>A nerve block is an&nbsp;injection. <span style="color:red">It helps.</span></p>
<div><h2><a href="#what">What is it?</a></h2>
A doctor<br>puts medicine <strong>near</strong> a nerve.<br><br>It lasts for days.
<ul><li>Relief<li><p>Rest.</p><p>For a day.</p></ul></div>
<h2>Benefits</h2>
<ul><li><strong>Quick relief</strong>: Many feel better.</li><li><b>No surgery:</b> Only a puncture.</li></ul>
<h2>Words</h2>
<dl><dt>Block<dd>An injection.<dt>Nerve<dd>A cord.</dl>
<blockquote cite="https://pain.example/">Pain is real.<cite>The Pain Book</cite></blockquote>
<h3>Doses</h3>
<table><caption>Usual doses</caption><tr><th>Drug<th>Dose<tr><td>One<td>5 mg</table>
<p>10<sup>5</sup> cells. <img src="x.png" alt="A cell"> Under <a href="page.html">glass</a>.</p>
<form action="/send"><label>Your name <input name="n"></label><button>Send</button></form>
</article></main>
<footer>© Some Clinic. All rights reserved.</footer>
</body></html>
"""


EXPECTED_NOTES = [
    "<script> was left out, 1 in all.",
    "<style> was left out, 1 in all.",
    "<nav> was left out: “Home About us”",
    "<form> was left out: “Your name Send”",
    "<footer> was left out: “© Some Clinic. All rights reserved.”",
    "An image wasn’t imported; add it by hand: “A cell”",
    "The link on “What is it?” was left out: “#what”",
    "The link on “glass” was left out: “page.html”",
    "Superscript or subscript became ordinary text: “5”",
]


def test_saved_web_page_keeps_every_sentence(imported):
    page, notes = imported("saved.html", SAVED_PAGE)
    assert (page.title, page.published_on) == ("Nerve blocks", date(2024, 3, 3))
    assert page.search_description == "What they are."
    assert page.lead == "A nerve block is an injection. It helps."
    assert headings(page) == ["What is it?", "Benefits", "Words"]
    points = ["points", "quote", "subheading", "table", "text"]
    assert kinds(page) == [["text", "bullets"], ["points"], points]
    text, bullets = page.body[0].value["content"]
    assert text.value.source == (
        "<p>A doctor<br/>puts medicine <b>near</b> a nerve.</p><p>It lasts for days.</p>"
    )
    assert [item.source for item in bullets.value] == ["<p>Relief</p>", "<p>Rest.</p><p>For a day.</p>"]
    assert notes == EXPECTED_NOTES
    assert sentences_of(page) >= {
        *["Many feel better.", "Only a puncture.", "An injection.", "A cord.", "Pain is real."],
        *["The Pain Book", "Usual doses", "One | 5 mg", "105 cells.", "Under glass."],
    }


START = "<h1>Title</h1>Lead.<h2>Why</h2>"
# case: (file name, content, sentences below "Why")
UNUSUAL = {
    "fragment detected by content": ("article", f"{START}<p>Because.</p>", {"Because."}),
    "page inside a form and table": (
        *("a.html", f"<form><table><tr><td>{START}Because.</td></tr></table></form>"),
        {"Because."},
    ),
    "quote with nothing but its source": (
        *("a.html", f"{START}<blockquote><cite>The Book</cite></blockquote>"),
        {"The Book"},
    ),
    "cells without rows": ("a.html", f"{START}<td>One<tr><td>Two", {"One", "Two"}),
    "title without a heading": (
        *("a.htm", "<html><title>Title</title><body><p>Lead.</p><h2>Why</h2>So.</body></html>"),
        {"So."},
    ),
}


@pytest.mark.parametrize("case", UNUSUAL)
def test_unusual_html_keeps_all_sentences(imported, case):
    name, content, expected = UNUSUAL[case]
    page, _notes = imported(name, content)
    assert (page.title, page.lead, headings(page)) == ("Title", "Lead.", ["Why"])
    assert expected <= sentences_of(page)


def test_bold_lines_and_typed_bullets_become_headings_and_lists(imported):
    page, notes = imported(
        "word.html",
        "<html><body><h1>Title</h1><p>Lead.</p><p><b>Why it is used</b></p><p>· Pain.</p><p>·&nbsp;Ache.</p>"
        "<p><b>How it works</b></p><p>It <o:p>blocks</o:p> a nerve.</p></body></html>",
    )
    assert headings(page) == ["Why it is used", "How it works"]
    assert kinds(page) == [["bullets"], ["text"]]
    assert "The bold line “Why it is used” became a heading." in notes


def test_text_before_the_title_moves_to_the_introduction(imported):
    page, notes = imported("a.html", "<p>For patients.</p><h1>Title</h1><p>Lead.</p><h2>Why</h2><p>So.</p>")
    assert (page.lead, headings(page)) == ("Lead.", ["Introduction", "Why"])
    assert "For patients." in sentences_of(page)
    assert "Text before the title was moved after the lead." in notes


def test_declared_encoding_is_used(imported):
    html = (
        '<html><head><meta charset="iso-8859-2"></head><body><h1>Źródło</h1><p>Ból pleców.</p></body></html>'
    )
    page, _notes = imported("a.html", html.encode("iso-8859-2"))
    assert (page.title, page.lead) == ("Źródło", "Ból pleców.")


def test_emphasis_and_links_can_span_an_empty_line(imported):
    page, _notes = imported(
        "a.html", '<h1>Title</h1>Lead.<h2>Why</h2><a href="/x">One <b>two<br><br>three</b></a>.'
    )
    assert page.body[0].value["content"][0].value.source == (
        '<p><a href="/x">One <b>two</b></a></p><p><a href="/x"><b>three</b></a>.</p>'
    )

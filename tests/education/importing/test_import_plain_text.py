"""Plain text copied from a word processor."""

from datetime import date

import pytest

from education.importing import read_article
from tests.education.page_content import headings, kinds, sentences, sentences_of, texts_of

ARTICLE = """Nerve Blocks: What Patients Should Know
March 3, 2024
A nerve block is an injection near a nerve. It can turn pain off for a while.
What Is a Nerve Block?
A doctor puts medicine near a nerve. The nerve then sends no pain.
The effect may last for days.
Why It Is Used
Nerve blocks have more than one use. The goals of a nerve block include:
- Relieving pain
- Finding the nerve that hurts
- Avoiding surgery
Ask us which of them is yours.
The Procedure: What to Expect
You lie on a table. The procedure typically involves the following steps:
- Your skin is cleaned.
- A thin needle is guided to the nerve.
- The medicine is given.
You go home after an hour.
Benefits
- Quick relief: Many patients feel better on the way home.
- No surgery: The skin is only punctured.
Final Thoughts
A nerve block may help & may not (one in 3 < 4). Talk with us.
Contact Form
"""


SECTIONS = {
    "What Is a Nerve Block?": ["text"],
    "Why It Is Used": ["text", "bullets", "text"],
    "The Procedure: What to Expect": ["text", "steps", "text"],
    "Benefits": ["points"],
    "Final Thoughts": ["text"],
}


def test_plain_text_becomes_blocks_and_guesses_are_noted(imported):
    page, notes = imported("nerve.txt", ARTICLE)
    assert page.title == "Nerve Blocks: What Patients Should Know"
    assert page.published_on == date(2024, 3, 3)
    assert page.lead == "A nerve block is an injection near a nerve. It can turn pain off for a while."
    assert dict(zip(headings(page), kinds(page), strict=True)) == SECTIONS
    assert page.body[3].value["content"][0].value[1]["title"] == "No surgery"
    assert not page.live
    assert notes == [
        "The list that begins with “Your skin is cleaned.” became numbered steps:"
        " the sentence before it says so.",
        "“Contact Form” was left out: every article already ends with the form.",
    ]


VARIANTS = {
    "unchanged": ("", ""),
    "CRLF": ("\n", "\r\n"),
    "CR": ("\n", "\r"),
    "BOM": ("Nerve Blocks:", "\ufeffNerve Blocks:"),
    "blank lines": ("\n", "\n\n"),
    "bullets and tabs": ("\n- ", "\n\t•\t"),
    "asterisks": ("\n- ", "\n* "),
    "indented bullets": ("\n- ", "\n  -   "),
    "trailing spaces": ("\n", "  \n"),
    "U+2028": (" may last", "\u2028may last"),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_line_breaks_and_bullet_styles_neither_lose_nor_add_sentences(imported, variant):
    page, _notes = imported("nerve.txt", ARTICLE.replace(*VARIANTS[variant]))
    assert sentences_of(page) == sentences(ARTICLE) - {"March 3, 2024", "Contact Form"}
    assert kinds(page)[1:4] == [["text", "bullets", "text"], ["text", "steps", "text"], ["points"]]


def test_common_encodings_are_detected():
    text = "Café – a title\nThe patient’s “naïve” question, at 20 °C, deserves an answer.\n"
    for codec in ["utf-8", "utf-8-sig", "utf-16", "windows-1252"]:
        article = read_article("article.txt", text.encode(codec))
        assert article.lead == "The patient’s “naïve” question, at 20 °C, deserves an answer.", codec


def test_numbered_lines_become_steps(imported):
    page, notes = imported(
        "a.txt", "Title\nLead text.\nHow\nIt goes on.\n1. One.\n2) Two.\n3. Three.\nDone.\n"
    )
    assert kinds(page) == [["text", "steps", "text"]]
    assert texts_of(page.body[0].value["content"][1]) == ["One.\n", "Two.\n", "Three.\n"]
    assert notes == ["No date was found; the article is dated today."]


def test_numbered_lines_before_paragraphs_become_headings(imported):
    text = "Title\n2024-01-02\nLead text.\n1. What is it?\nA thing.\n2. Why it is used\nFor pain.\n"
    page, notes = imported("a.txt", text)
    assert headings(page) == ["What is it?", "Why it is used"]
    assert notes[1] == "“Why it is used” became a heading without its number."


def test_wrapped_lines_are_joined(imported):
    text = "Title\n\nThis paragraph was wrapped by a\nprogram that likes short lines, so it\nhas three.\n"
    page, _notes = imported("a.txt", text)
    assert page.lead == "This paragraph was wrapped by a program that likes short lines, so it has three."


def test_longer_introduction_becomes_a_section(imported):
    page, notes = imported("a.txt", "Title\nMay 1, 2024\nFirst.\nSecond.\n- A.\n- B.\nWhy\nBecause.\n")
    assert page.lead == "First."
    assert headings(page) == ["Introduction", "Why"]
    assert kinds(page)[0] == ["text", "bullets"]
    assert notes == ["The rest of the introduction became a section, “Introduction”."]


def test_text_after_the_contact_form_heading_is_kept(imported):
    page, _notes = imported("a.txt", "Title\nLead.\nContact Form\nCall us at any time.\n")
    assert headings(page) == ["Contact Form"]
    assert "Call us at any time." in sentences_of(page)


def test_other_scripts_are_kept(imported):
    text = "腰の痛みについて\n2024-05-06\n腰の痛みは、よくある症状です。\nदर्द\nकमर का दर्द आम है।\n"
    page, _notes = imported("a.txt", text)
    assert page.lead == "腰の痛みは、よくある症状です。"
    assert headings(page) == ["दर्द"]
    assert page.slug == "腰の痛みについて"


def test_markup_in_plain_text_stays_text(imported):
    page, _notes = imported("a.txt", "Title\nLead.\nWhy\nUse <script>alert(1)</script> & <b>care</b>.\n")
    source = page.body[0].value["content"][0].value.source
    assert source == "<p>Use &lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;care&lt;/b&gt;.</p>"


def test_typed_bullets_are_steps_only_after_a_sentence_that_announces_steps():
    for heading, words, kind in [
        ("The Procedure: What to Expect", "The procedure involves the following steps:", "steps"),
        ("The Procedure: What to Expect", "Here is what you can expect:", "bullets"),
        ("How we do it", "We do it step by step:", "steps"),
        ("Why It Is Used", "The goals of the procedure are to:", "bullets"),
    ]:
        text = f"Title\nLead.\n{heading}\n{words}\n- Rest a while\n- Then walk\n"
        [section] = read_article("a.txt", text.encode()).sections
        assert [block.kind for block in section.blocks] == ["text", kind], words

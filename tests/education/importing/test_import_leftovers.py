"""Text boxes, changes and comments are left out with a note; deleted text never reappears."""

import pytest

from tests.education.importing.test_import_refusals import rezipped
from tests.education.page_content import kinds, sentences_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BOX = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="wp" xmlns:x="x"><x:shape><w:txbxContent>'
    "<w:p><w:r><w:t>Words in a box.</w:t></w:r></w:p>"
    "</w:txbxContent></x:shape></wp:inline></w:drawing></w:r></w:p>"
)
TRACKED = (
    '<w:p><w:del w:id="1" w:author="A"><w:r><w:delText>Double it.</w:delText></w:r></w:del>'
    '<w:ins w:id="2" w:author="A"><w:r><w:t>Always ask.</w:t></w:r></w:ins></w:p>'
)
STRUCK = "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>Stop it.</w:t></w:r><w:r><w:t>Ask us.</w:t></w:r></w:p>"
HEADER = f"<w:hdr {W}><w:p><w:r><w:t>Draft of May</w:t></w:r></w:p></w:hdr>"
COMMENTS = f'<w:comments {W}><w:comment w:id="1"/><w:comment w:id="2"/></w:comments>'
WORD = {
    "text box": (BOX, {}, "was left out: “Words in a box.”", "box"),
    "tracked changes": (TRACKED, {}, "deleted text was left out.", "Double it"),
    "crossed out": (STRUCK, {}, "Crossed-out words were left out: “Stop it.”", "Stop it"),
    "header": ("", {"word/header1.xml": HEADER}, "header and footer were left out: “Draft of May”", "Draft"),
    "comments": ("", {"word/comments.xml": COMMENTS}, "were left out, 2 in all.", "Comment"),
}
GOOGLE = """<p class="title">Nerve blocks</p><p>A lead.</p><h1>Why</h1>
<p>See <a href="https://www.google.com/url?q=https://nerves.example/&amp;sa=D">this study</a>.\
<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p>
<ul class="lst-kix_x-0 start"><li>One</li></ul><ul class="lst-kix_x-1 start"><li>Within one</li></ul>
<ul class="lst-kix_x-1"><li>Within too</li></ul><ul class="lst-kix_x-0"><li>Two</li></ul>
<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a> Is that so?</p></div>"""
MSO = """<p class=MsoTitle>Nerve blocks</p><p>A lead.</p><h1>Why</h1><p>Ask us.<del>Stop it.</del>\
<span class=MsoCommentReference>[X1]</span></p>
<div style='mso-element:comment-list'><p>Is that so?</p></div>"""


@pytest.mark.parametrize("case", WORD)
def test_word_files_get_a_note_on_what_is_left_out(imported, media, case):
    xml, added, expected_note, removed = WORD[case]
    data = rezipped(added, document=lambda data: data.replace(b"<w:sectPr", xml.encode() + b"<w:sectPr", 1))
    page, notes = imported("a.docx", data)
    assert any(expected_note in note for note in notes)
    sentences = sentences_of(page)
    assert "That is all." in sentences
    assert not any(removed in sentence for sentence in sentences)


def test_complete_word_file_gets_no_note(imported, media):
    _page, notes = imported("a.docx", rezipped())
    assert not any("left out" in note for note in notes)


def test_google_docs_lists_and_links_are_kept_but_not_comments(imported):
    page, notes = imported("a.html", GOOGLE)
    assert "Comments in the margin were left out." in notes
    assert kinds(page) == [["text", "nested_list"]]
    text, nested = (block.value.source for block in page.body[0].value["content"])
    assert 'href="https://nerves.example/"' in text
    assert nested == "<ul><li>One<ul><li>Within one</li><li>Within too</li></ul></li><li>Two</li></ul>"
    assert not any("Is that so" in sentence for sentence in sentences_of(page))


def test_comments_and_deleted_text_are_removed_from_word_html(imported):
    page, notes = imported("a.html", MSO)
    expected = {"Comments in the margin were left out.", "Crossed-out words were left out: “Stop it.”"}
    assert expected <= set(notes)
    assert page.body[0].value["content"][0].value.source == "<p>Ask us.</p>"


def test_nested_table_is_kept_as_text_with_a_note(imported):
    inner = "<table><tr><td>5</td><td>days</td></tr></table>"
    _page, notes = imported(
        "a.html", f"<h1>T</h1><p>L.</p><h2>W</h2><table><tr><td>A</td><td>{inner}</td></tr></table>"
    )
    assert "A table that contains another table or headings was kept as text: check it." in notes

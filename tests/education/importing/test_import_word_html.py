"""HTML saved by Word or pasted from it."""

from django.utils import timezone

from tests.education.page_content import headings, kinds, sentences_of, texts_of

HEAD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8>
<meta name=Generator content="Microsoft Word 15"><title>Nerve blocks</title>
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Created>2024-01-01T08:00:00Z</o:Created>
<o:LastSaved>2024-03-03T09:00:00Z</o:LastSaved></o:DocumentProperties></xml><![endif]-->
<style>p.MsoNormal {margin:0in}</style></head><body lang=EN-US>"""
ITEM = (
    "<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'><![if !supportLists]>"
    "<span style='font-family:Symbol'><span style='mso-list:Ignore'>{marker}<span>&nbsp;&nbsp; </span></span>"
    "</span>"
    "<![endif]>{text}<o:p></o:p></p>"
)
ARTICLE = f"""<div class=WordSection1><p class=MsoTitle>Nerve blocks</p>
<p class=MsoNormal>A nerve block is an <b>injection</b>.<o:p>&nbsp;</o:p></p>
<h1>What to bring</h1>
{ITEM.format(level=1, marker="·", text="Your medicines")}
{ITEM.format(level=2, marker="o", text="with the <i>doses</i>")}
{ITEM.format(level=1, marker="·", text="A driver")}
<p class=MsoNormal>Both matter.<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span>[1]</span>
</a></p>
<h1>On the day</h1>
{ITEM.format(level=1, marker="1.", text="You check in.")}
{ITEM.format(level=1, marker="2.", text="You lie down.")}
<table class=MsoTableGrid><tr><td><p class=MsoNormal><b>Drug</b></p></td><td><p>Stop</p></td></tr>
<tr><td><p>Sample-arin</p></td><td><p>5 days</p></td></tr></table></div>
<div style='mso-element:footnote-list'><hr align=left size=1 width="33%">
<div style='mso-element:footnote' id=ftn1>
<p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1"><span>[1]</span></a>
Nobody’s Handbook, 2024.</p></div></div>"""


def test_title_is_kept_and_the_save_date_is_only_noted(imported):
    page, notes = imported("word.html", HEAD + ARTICLE)
    assert (page.title, page.published_on) == ("Nerve blocks", timezone.localdate())
    assert page.lead == "A nerve block is an injection."
    assert (
        "No date was found in the text; the article is dated today. The file was saved on March 3, 2024."
    ) in notes


def test_word_style_names_set_the_nesting_of_lists(imported):
    items = "".join(
        f"<p class=MsoListBullet{level} style='mso-list:l{level or 1} level1 lfo1'>"
        f"<span style='mso-list:Ignore'>·<span>&nbsp;</span></span>{text}</p>"
        for level, text in [("", "Outer"), ("2", "Inner"), ("3", "Innermost"), ("", "Last")]
    )
    page, _notes = imported("pasted.html", f"<h1>Title</h1><p>Lead.</p><h2>Why</h2>{items}")
    assert page.body[0].value["content"][0].value.source == (
        "<ul><li>Outer<ul><li>Inner<ul><li>Innermost</li></ul></li></ul></li><li>Last</li></ul>"
    )


def test_pasted_html_keeps_lists_tables_and_footnotes(imported):
    page, _notes = imported("pasted.html", ARTICLE)
    assert headings(page) == ["What to bring", "On the day"]
    assert kinds(page) == [["nested_list", "text"], ["steps", "table"]]
    assert page.body[0].value["content"][0].value.source == (
        "<ul><li>Your medicines<ul><li>with the <i>doses</i></li></ul></li><li>A driver</li></ul>"
    )
    assert texts_of(page.body[1].value["content"][1]) == ["", "Drug | Stop", "Sample-arin | 5 days"]
    assert "Both matter.[1]" in sentences_of(page)
    assert [source.value["title"] for source in page.sources] == ["Nobody’s Handbook, 2024."]


def test_filtered_html_keeps_nested_lists(imported):
    item = "<p class={} style='margin-left:{};text-indent:-.25in'><span>{}<span>&nbsp; </span></span>{}</p>"
    outer = item.format("MsoListParagraphCxSpFirst", ".5in", "·", "Outer")
    inner = item.format("MsoListParagraphCxSpLast", "1.0in", "o", "Inner")
    start = "<html><body><h1>Title</h1><p>Lead.</p><h2>Why</h2>"
    page, _notes = imported("filtered.htm", f"{start}{outer}{inner}</body></html>")
    assert page.body[0].value["content"][0].value.source == "<ul><li>Outer<ul><li>Inner</li></ul></li></ul>"


def test_styles_scripts_and_trackers_are_removed(imported):
    page, notes = imported(
        "a.html",
        "<h1>Title</h1><p>Lead.</p><h2>Why</h2><p style='color:red' class=x onclick=y() data-z=1>Text"
        "<img src='https://tracker.example/p.gif' width=1 height=1>"
        "<img src=//remote.example/x.png alt='A knee'>"
        "<script>track()</script></p><iframe src=https://video.example></iframe>",
    )
    assert page.body[0].value["content"][0].value.source == "<p>Text</p>"
    assert "An image wasn’t imported; add it by hand: “A knee”" in notes
    assert "example" not in str(page.body.get_prep_value())

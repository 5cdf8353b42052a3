"""Semantic HTML and validation of blocks."""

from contextlib import nullcontext

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction

from education.blocks import ComparisonBlock, ContentBlock, DescribedImageBlock, SourceBlock
from education.models import StandardPage, TopicPage


@pytest.fixture
def rendered(sections):
    """Render a section with this content; returns its parsed HTML."""
    return lambda *content: sections([("section", {"heading": "Why", "content": content})])


def test_bullets_and_steps_render_as_html_lists(rendered):
    bullets, steps = ["<p>A</p>", "<p>B</p>"], [{"text": "<p>C</p>"}, {"text": "<p>D</p>"}]
    section = rendered(("bullets", bullets), ("steps", steps))
    assert [item.get_text(strip=True) for item in section.ul.find_all("li")] == ["A", "B"]
    assert [item.get_text(strip=True) for item in section.ol.find_all("li")] == ["C", "D"]


def test_titled_points_and_quotes_render_with_title_and_source(rendered):
    quote = {"quote": "<p>It helps.</p>", "source": "The Book", "url": "https://book.example/"}
    points = [{"title": "Quick & easy", "text": "<p>It takes <b>days</b>.</p>"}]
    section = rendered(("points", points), ("quote", quote))
    assert section.dt.get_text(strip=True) == "Quick & easy"
    assert section.dd.b.get_text() == "days"
    assert section.blockquote.get_text(strip=True) == "It helps."
    assert section.find("a", href="https://book.example/").get_text(strip=True) == "The Book"


def test_callout_names_its_level(rendered):
    for level in ["note", "caution", "urgent"]:
        section = rendered(("callout", {"level": level, "text": "<p>Call 911.</p>"}))
        assert section.get_text(" ", strip=True) == f"Why {level.title()} Call 911."


def test_image_has_alt_text_and_illustration_a_long_description(rendered, picture):
    shown = {"image": picture, "alt_text": "A balloon in a vertebra", "caption": "Step 3"}
    spine = {"image": picture, "alt_text": "A spine", "long_description": "<p>Five bones.</p>"}
    section = rendered(("image", shown), ("illustration", spine))
    assert section.img["alt"] == "A balloon in a vertebra"
    assert section.img["width"]
    assert section.figcaption.get_text(strip=True) == "Step 3"
    illustration = section.find("img", alt="A spine").find_parent("figure")
    assert illustration.details.get_text(" ", strip=True) == "Read what this picture shows Five bones."


def test_image_requires_a_description(picture):
    block = DescribedImageBlock()
    with pytest.raises(ValidationError) as refusal:
        block.clean(block.to_python({"image": picture.pk, "alt_text": "", "caption": ""}))
    assert list(refusal.value.block_errors) == ["alt_text"]


def test_nested_lists_questions_and_dos_render_with_headings(rendered):
    questions = [{"question": "Does it hurt?", "answer": "<p>A <b>little</b>.</p>"}]
    nested = "<ul><li>At home<ul><li>Rest</li></ul></li><li>Here</li></ul>"
    dos = {"dos": ["<p>Walk.</p>"], "donts": ["<p>Lift.</p>"]}
    section = rendered(("nested_list", nested), ("questions", questions), ("dos", dos))
    assert section.select_one("ul ul li").get_text(strip=True) == "Rest"
    texts = {h3.get_text(strip=True): h3.find_next(["li", "p"]) for h3 in section.find_all("h3")}
    assert {heading: text.get_text().strip() for heading, text in texts.items()} == {
        **{"Does it hurt?": "A little.", "Do": "Walk.", "Don’t": "Lift."}
    }


def test_checklist_renders_a_list_below_its_title(rendered):
    section = rendered(("checklist", {"title": "Bring", "items": ["<p>A list</p>", "<p>A ride</p>"]}))
    assert section.select_one(".checklist h3").get_text(strip=True) == "Bring"
    assert [li.get_text(strip=True) for li in section.select(".checklist li")] == ["A list", "A ride"]


COMPARED = {
    "caption": "Two ways",
    "columns": [{"type": "text", "heading": heading} for heading in ("", "Exercise", "Surgery")],
    "rows": [{"values": ["<p>Where?</p>", "<p>At <b>home</b></p>", "<p>In a hospital</p>"]}],
}


def test_comparison_has_header_cells_for_options_and_criteria(rendered):
    table = rendered(("comparison", COMPARED)).table
    assert table.caption.get_text() == "Two ways"
    assert [th.get_text() for th in table.select("th[scope=col]")] == ["Exercise", "Surgery"]
    assert table.select_one("th[scope=row]").get_text(strip=True) == "Where?"
    assert table.select_one("td b").get_text() == "home"


def test_incomplete_comparison_is_refused():
    block = ComparisonBlock()
    block.set_name("comparison")
    for change, error in [
        ({"caption": ""}, "Add a caption"),
        ({"columns": COMPARED["columns"][:2]}, "Name two or more options"),
        ({"rows": []}, "Add a row"),
    ]:
        with pytest.raises(ValidationError) as refusal:
            block.clean(block.to_python(COMPARED | change))
        assert error in str(refusal.value.non_block_errors)


def test_related_pages_include_only_public_pages(rendered, article):
    taken_down, staff_only, deleted = pages = [*StandardPage.objects.live()[:2], TopicPage.objects.get()]
    taken_down.unpublish()
    PageViewRestriction.objects.create(page=staff_only, restriction_type="login")
    section = ("related", [article, *pages])
    deleted.delete()
    assert [a.get_text() for a in rendered(section).find_all("a")] == [article.title]


def test_only_pages_with_rare_blocks_include_their_styles(client, article, make_article):
    content = [("checklist", {"title": "Bring", "items": ["<p>B</p>"]})]
    rare = make_article("Rare", body=[("section", {"heading": "A", "content": content})])
    assert b".checklist" not in client.get(article.url).content
    assert b".checklist" in client.get(rare.url).content


def test_text_block_allows_only_bold_italic_and_links():
    text = ContentBlock().child_blocks["text"]
    assert text.features == ["bold", "italic", "link"]


def test_article_lists_its_sources(client, article):
    listed = BeautifulSoup(client.get(article.url).content, "html.parser").find(id="sources").parent
    sources = {source.value["url"]: source.value["title"] for source in article.sources}
    assert {link["href"]: link.get_text(strip=True) for link in listed.select("a")} == sources


def test_source_check_date_cant_be_in_the_future():
    block = SourceBlock()
    for day in ["2026-03-02", "2999-01-01"]:
        with pytest.raises(ValidationError) if day > "2999" else nullcontext():
            block.clean(block.to_python({"title": "A study", "url": "", "checked_on": day}))

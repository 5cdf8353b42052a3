"""What an article is made of, as HTML that means what the words are."""

from contextlib import nullcontext

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction

from education.blocks import ComparisonBlock, ContentBlock, DescribedImageBlock, SourceBlock
from education.models import StandardPage, TopicPage


@pytest.fixture
def rendered(sections):
    """The HTML of one section with this content."""
    return lambda *content: sections([("section", {"heading": "Why", "content": content})])


def test_lists(rendered):
    bullets, steps = ["<p>A</p>", "<p>B</p>"], [{"text": "<p>C</p>"}, {"text": "<p>D</p>"}]
    section = rendered(("bullets", bullets), ("steps", steps))
    assert [item.get_text(strip=True) for item in section.ul.find_all("li")] == ["A", "B"]
    assert [item.get_text(strip=True) for item in section.ol.find_all("li")] == ["C", "D"]


def test_titled_points_and_a_quote_that_names_its_source(rendered):
    quote = {"quote": "<p>It helps.</p>", "source": "The Book", "url": "https://book.example/"}
    points = [{"title": "Quick & easy", "text": "<p>It takes <b>days</b>.</p>"}]
    section = rendered(("points", points), ("quote", quote))
    assert section.dt.get_text(strip=True) == "Quick & easy"
    assert section.dd.b.get_text() == "days"
    assert section.blockquote.get_text(strip=True) == "It helps."
    assert section.find("a", href="https://book.example/").get_text(strip=True) == "The Book"


def test_a_callout_says_how_serious_it_is_in_a_word(rendered):
    for level in ["note", "caution", "urgent"]:
        section = rendered(("callout", {"level": level, "text": "<p>Call 911.</p>"}))
        assert section.get_text(" ", strip=True) == f"Why {level.title()} Call 911."


def test_an_image_has_its_description_and_an_illustration_one_at_length(rendered, picture):
    shown = {"image": picture, "alt_text": "A balloon in a vertebra", "caption": "Step 3"}
    spine = {"image": picture, "alt_text": "A spine", "long_description": "<p>Five bones.</p>"}
    section = rendered(("image", shown), ("illustration", spine))
    assert section.img["alt"] == "A balloon in a vertebra"
    assert section.img["width"]
    assert section.figcaption.get_text(strip=True) == "Step 3"
    illustration = section.find("img", alt="A spine").find_parent("figure")
    assert illustration.details.get_text(" ", strip=True) == "This picture in words Five bones."


def test_no_image_without_a_description(picture):
    block = DescribedImageBlock()
    with pytest.raises(ValidationError) as refusal:
        block.clean(block.to_python({"image": picture.pk, "alt_text": "", "caption": ""}))
    assert list(refusal.value.block_errors) == ["alt_text"]


def test_lists_within_lists_questions_above_answers_and_dos_and_donts_in_words(rendered):
    questions = [{"question": "Does it hurt?", "answer": "<p>A <b>little</b>.</p>"}]
    nested = "<ul><li>At home<ul><li>Rest</li></ul></li><li>Here</li></ul>"
    dos = {"dos": ["<p>Walk.</p>"], "donts": ["<p>Lift.</p>"]}
    section = rendered(("nested_list", nested), ("questions", questions), ("dos", dos))
    assert section.select_one("ul ul li").get_text(strip=True) == "Rest"
    said = {h3.get_text(strip=True): h3.find_next(["li", "p"]).get_text() for h3 in section.find_all("h3")}
    assert {name: text.strip() for name, text in said.items()} == {
        **{"Does it hurt?": "A little.", "Do": "Walk.", "Don’t": "Lift."}
    }


def test_a_checklist_is_a_list_below_its_title(rendered):
    section = rendered(("checklist", {"title": "Bring", "items": ["<p>A list</p>", "<p>A ride</p>"]}))
    assert section.select_one(".checklist h3").get_text(strip=True) == "Bring"
    assert [li.get_text(strip=True) for li in section.select(".checklist li")] == ["A list", "A ride"]


COMPARED = {
    "caption": "Two ways",
    "columns": [{"type": "text", "heading": heading} for heading in ("", "Exercise", "Surgery")],
    "rows": [{"values": ["<p>Where?</p>", "<p>At <b>home</b></p>", "<p>In a hospital</p>"]}],
}


def test_a_comparison_names_its_options_and_questions_in_header_cells(rendered):
    table = rendered(("comparison", COMPARED)).table
    assert table.caption.get_text() == "Two ways"
    assert [th.get_text() for th in table.select("th[scope=col]")] == ["Exercise", "Surgery"]
    assert table.select_one("th[scope=row]").get_text(strip=True) == "Where?"
    assert table.select_one("td b").get_text() == "home"


def test_a_comparison_of_nothing_is_refused():
    block = ComparisonBlock()
    block.set_name("comparison")
    for change, why in [
        ({"caption": ""}, "Add a caption"),
        ({"columns": COMPARED["columns"][:2]}, "Name two or more options"),
        ({"rows": []}, "Add a row"),
    ]:
        with pytest.raises(ValidationError) as refusal:
            block.clean(block.to_python(COMPARED | change))
        assert why in str(refusal.value.non_block_errors)


def test_related_pages_are_those_that_anybody_may_read(rendered, article):
    taken_down, staff_only, deleted = pages = [*StandardPage.objects.live()[:2], TopicPage.objects.get()]
    taken_down.unpublish()
    PageViewRestriction.objects.create(page=staff_only, restriction_type="login")
    section = ("related", [article, *pages])
    deleted.delete()
    assert [a.get_text() for a in rendered(section).find_all("a")] == [article.title]


def test_only_pages_with_rare_blocks_carry_their_styles(client, article, make_article):
    content = [("checklist", {"title": "Bring", "items": ["<p>B</p>"]})]
    rare = make_article("Rare", body=[("section", {"heading": "A", "content": content})])
    assert b".checklist" not in client.get(article.url).content
    assert b".checklist" in client.get(rare.url).content


def test_text_takes_no_other_markup_than_it_may():
    text = ContentBlock().child_blocks["text"]
    assert text.features == ["bold", "italic", "link"]


def test_sources_are_listed(client, article):
    listed = BeautifulSoup(client.get(article.url).content, "html.parser").find(id="sources").parent
    sources = {source.value["url"]: source.value["title"] for source in article.sources}
    assert {link["href"]: link.get_text(strip=True) for link in listed.select("a")} == sources


def test_no_source_was_checked_on_a_day_still_to_come():
    block = SourceBlock()
    for day in ["2026-03-02", "2999-01-01"]:
        with pytest.raises(ValidationError) if day > "2999" else nullcontext():
            block.clean(block.to_python({"title": "A study", "url": "", "checked_on": day}))

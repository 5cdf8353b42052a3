"""What an article is made of, as HTML that means what the words are."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from education.blocks import ContentBlock, DescribedImageBlock


@pytest.fixture
def rendered(client, make_article):
    """The HTML of one section with this content, as a reader gets it."""

    def render(*content):
        page = make_article("Blocks", body=[("section", {"heading": "Why", "content": content})])
        soup = BeautifulSoup(client.get(page.url).content, "html.parser")
        return soup.find(id="why").parent

    return render


def test_lists(rendered):
    section = rendered(
        ("bullets", ["<p>A</p>", "<p>B</p>"]), ("steps", [{"text": "<p>C</p>"}, {"text": "<p>D</p>"}])
    )
    assert [item.get_text(strip=True) for item in section.ul.find_all("li")] == ["A", "B"]
    assert [item.get_text(strip=True) for item in section.ol.find_all("li")] == ["C", "D"]


def test_titled_points(rendered):
    section = rendered(("points", [{"title": "Quick & easy", "text": "<p>It takes <b>days</b>.</p>"}]))
    assert section.dt.get_text(strip=True) == "Quick & easy"
    assert section.dd.b.get_text() == "days"


@pytest.mark.parametrize(("level", "word"), [("note", "Note"), ("caution", "Caution"), ("urgent", "Urgent")])
def test_a_callout_says_how_serious_it_is_in_a_word(rendered, level, word):
    section = rendered(("callout", {"level": level, "text": "<p>Call 911.</p>"}))
    text = section.get_text(" ", strip=True)
    assert word in text
    assert "Call 911." in text


def test_a_quote_names_its_source(rendered):
    quote = {"quote": "<p>It helps.</p>", "source": "The Book", "url": "https://book.example/"}
    section = rendered(("quote", quote))
    assert section.blockquote.get_text(strip=True) == "It helps."
    assert section.find("a", href="https://book.example/").get_text(strip=True) == "The Book"


def test_an_image_has_its_description(rendered, picture):
    section = rendered(
        ("image", {"image": picture, "alt_text": "A balloon in a vertebra", "caption": "Step 3"})
    )
    assert section.img["alt"] == "A balloon in a vertebra"
    assert section.img["width"]
    assert section.figcaption.get_text(strip=True) == "Step 3"


def test_no_image_without_a_description(picture):
    block = DescribedImageBlock()
    with pytest.raises(ValidationError) as refusal:
        block.clean(block.to_python({"image": picture.pk, "alt_text": "", "caption": ""}))
    assert list(refusal.value.block_errors) == ["alt_text"]


def test_text_takes_no_other_markup_than_it_may():
    text = ContentBlock().child_blocks["text"]
    assert text.features == ["bold", "italic", "link"]


def test_sources_are_listed(client, make_article):
    page = make_article(
        "Sourced", sources=[("source", {"title": "A study, 2020", "url": "https://s.example/"})]
    )
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    assert (
        soup.find(id="sources").find_next("a", href="https://s.example/").get_text(strip=True)
        == "A study, 2020"
    )

"""Excerpts in search results, with the matched words marked."""

import pytest
from bs4 import BeautifulSoup

from clinic.models import ClinicSettings
from education.models import HomePage, LocationIndexPage, LocationPage


@pytest.fixture
def excerpt(client, make_article):
    """Find an article with `text` by `query`; returns the HTML of its excerpt."""

    def find(text, query):
        content = [("text", f"<p>{text}</p>")]
        make_article("Found", lead="Nothing here.", body=[("section", {"heading": "A", "content": content})])
        html = BeautifulSoup(client.get("/search/", {"q": query}).content, "html.parser")
        return html.find("a", string="Found").find_parent("li").p

    return find


def test_all_forms_of_the_query_words_are_marked(excerpt):
    found = excerpt("The doctor drives carefully. " * 50 + "Two fractured bones heal.", "fracture bone")
    assert [mark.text for mark in found.find_all("mark")] == ["fractured", "bones"]
    assert len(found.text) < 400


def test_markup_in_text_is_escaped(excerpt):
    found = excerpt("Zwieback &lt;script&gt;alert(1)&lt;/script&gt; helps.", "zwieback")
    assert found.mark.text == "Zwieback"
    assert "alert(1)" in found.text
    assert not found.find("script")


def test_result_matched_by_title_shows_its_summary(excerpt):
    assert excerpt("A text without the word.", "found").text == "Nothing here."


def test_synonyms_are_marked_in_the_pages_wording(client, article):
    html = BeautifulSoup(client.get("/search/?q=side+effects").content, "html.parser")
    marked = {mark.text.casefold() for mark in html.select(".results mark")}
    assert marked & {"risk", "risks"}


def test_offices_show_their_address_and_excerpts_omit_choice_labels(client, make_article):
    locations = HomePage.objects.get().add_child(instance=LocationIndexPage(title="Locations"))
    locations.add_child(instance=LocationPage(title="Main office"))
    html = BeautifulSoup(client.get("/search/?q=directions").content, "html.parser")
    assert html.select_one(".results p").text == ClinicSettings.current().address_line
    callout = ("callout", {"level": "note", "text": "<p>Rest well.</p>"})
    make_article("Care", body=[("section", {"heading": "Care", "content": [callout]})])
    html = BeautifulSoup(client.get("/search/?q=rest+well").content, "html.parser")
    assert "good to know" not in html.select_one(".results p").text

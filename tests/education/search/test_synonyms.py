"""Patients search in their own words, in Spanish and with slips, and find something useful."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from education.models import LocationIndexPage, LocationPage, SearchSynonym, StandardPage
from education.search.synonyms import in_our_words


@pytest.fixture
def whole_site(article):
    """The starter site with its drafts published, and an office."""
    for page in StandardPage.objects.not_live():
        page.save_revision().publish()
    home = article.get_parent().get_parent().specific
    index = LocationIndexPage(title="Locations", slug="locations")
    home.add_child(instance=index)
    index.add_child(instance=LocationPage(title="Main office", slug="main-office"))
    for page in LocationPage.objects.all():
        page.save_revision().publish()


def found(client, query):
    soup = BeautifulSoup(client.get("/search/", {"q": query}).content, "html.parser")
    return [a["href"] for a in soup.select(".results a")]


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("insurance", "/insurance-and-billing/"),
        ("hours", "/locations/main-office/"),
        ("appointment", "/new-patients/"),
        ("blood thinner", "/education/kyphoplasty/"),
        ("side effects", "/education/kyphoplasty/"),
        ("dolor de espalda", "/education/kyphoplasty/"),
        ("Do I need a CITA?", "/new-patients/"),
    ],
)
def test_finds_something_useful(client, whole_site, query, address):
    assert address in found(client, query)


def test_longer_phrases_win_and_parts_of_words_stay(db):
    assert in_our_words("Dolor de espalda") == "back pain"
    assert in_our_words("opening an opened door") == "opening an opened door"


def test_editors_add_words_of_their_own(client, article):
    assert not found(client, "zementum")
    SearchSynonym.objects.create(typed="zementum", searched="cement")
    assert article.url in found(client, "zementum")


def test_an_empty_phrase_is_refused(db):
    with pytest.raises(ValidationError):
        SearchSynonym(typed="  ", searched="back").full_clean()


def test_nothing_found_says_what_to_do_now(client, db):
    html = client.get("/search/?q=xylophone").content.decode()
    assert "We found nothing for “xylophone”." in html

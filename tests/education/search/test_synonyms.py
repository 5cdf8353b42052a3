"""Patients search in their own words, in Spanish and with slips, and find something useful."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from education.models import SearchSynonym
from education.search import words
from education.search.queries import in_our_words

# What patients of the demo's clinic type, and a page that answers it: among the first three.
USEFUL = {
    "insurance-and-billing": ["insurance", "seguro", "medicare", "cost", "how much does it cost", "precio"],
    "locations/main-office": ["hours", "parking", "phone number", "wheelchair", "direccion", "teléfono"],
    "new-patients": ["appointment", "Do I need a CITA?", "mri", "can i drive", "cancel appointment"],
    "education/blood-thinners": ["blood thinner", "warfarin"],
    "education/kyphoplasty": ["side effects", "cement"],
    "education/osteoporosis": ["osteoperosis"],
    "education/back-pain": ["espalda", "dolor de espalda", "does it hurt", "bulging disk", "slipped disc"],
    "education/sciatica": ["sciatica", "ciatica", "pinched nerve", "pierna", "herniated disc"],
    "education/spinal-stenosis": ["epidural", "cortisone shot"],
    "people/ada-sample": ["dr sample", "spanish"],
}
NOTHING = ["knee", "refill", "xylophone"]


def found(client, query):
    soup = BeautifulSoup(client.get("/search/", {"q": query}).content, "html.parser")
    return [a["href"] for a in soup.select(".results a")]


def test_what_patients_type_finds_something_useful(client, demo_site, db):
    words.learn()
    first = {query: found(client, query)[:3] for queries in USEFUL.values() for query in queries}
    assert {
        query: pages
        for address, queries in USEFUL.items()
        for query in queries
        if f"/{address}/" not in (pages := first[query])
    } == {}


def test_where_nothing_is_found_the_topics_and_the_ways_to_ask_are_shown(client, demo_site, db):
    words.learn()
    for query in NOTHING:
        main = BeautifulSoup(client.get("/search/", {"q": query}).content, "html.parser").main
        assert f"We found nothing for “{query}”. Call us or ask us." in main.text
        links = {a["href"] for a in main.select("a")}
        assert {"/topics/my-back-hurts/", "/contact/", "/education/", "tel:+12025550100"} <= links, query


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

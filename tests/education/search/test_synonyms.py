"""Patients search in their own words, in Spanish and with slips, and find something useful."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from education.models import SearchSynonym
from education.search.queries import in_our_words


def found(client, query):
    soup = BeautifulSoup(client.get("/search/", {"q": query}).content, "html.parser")
    return [a["href"] for a in soup.select(".results a")]


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

"""Patients search in their own words, in Spanish and with slips, and find something useful."""

import pytest
from django.core.exceptions import ValidationError

from education.models import ArticlePage, SearchSynonym
from education.search.queries import find, in_our_words


def test_longer_phrases_win_and_parts_of_words_stay(db):
    assert in_our_words("Dolor de espalda") == "back pain"
    assert in_our_words("opening an opened door") == "opening an opened door"


def test_editors_add_words_of_their_own(article):
    articles = ArticlePage.objects.live()
    assert list(find(articles, "broken back bone").pages) == [article]  # a compression fracture
    assert not find(articles, "zementum").pages.count()
    SearchSynonym.objects.create(typed="zementum", searched="cement")
    assert list(find(articles, "zementum").pages) == [article]


def test_an_empty_phrase_is_refused(db):
    with pytest.raises(ValidationError):
        SearchSynonym(typed="  ", searched="back").full_clean()

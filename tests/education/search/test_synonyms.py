"""Synonyms translate the wording of patients into that of the pages."""

import pytest
from django.core.exceptions import ValidationError

from education.models import ArticlePage, SearchSynonym
from education.search.queries import find, replace_synonyms


def test_longer_phrases_win_and_parts_of_words_are_ignored(db):
    assert replace_synonyms("Dolor de espalda") == "back pain"
    assert replace_synonyms("opening an opened door") == "opening an opened door"


def test_editors_can_add_synonyms(article):
    articles = ArticlePage.objects.live()
    assert list(find(articles, "broken back bone").pages) == [article]  # a compression fracture
    assert not find(articles, "zementum").pages.count()
    SearchSynonym.objects.create(typed="zementum", searched="cement")
    assert list(find(articles, "zementum").pages) == [article]


def test_empty_phrase_is_refused(db):
    with pytest.raises(ValidationError):
        SearchSynonym(typed="  ", searched="back").full_clean()

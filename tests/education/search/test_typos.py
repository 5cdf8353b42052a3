"""A mistyped word finds what was probably meant, and the reader is asked."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from wagtail.models import PageViewRestriction

from education.jobs import learn_words
from education.models import SearchSynonym, SearchWord
from education.search import words


@pytest.fixture
def learned(article):
    words.learn()
    return article


def asked(client, query):
    """(what is said, the word that is offered, the addresses found)"""
    main = BeautifulSoup(client.get("/search/", {"q": query}).content, "html.parser").main
    said = main.find(attrs={"role": "status"})
    return (
        said.get_text(" ", strip=True),
        said.a and said.a.text,
        [a["href"] for a in main.select(".results a")],
    )


def test_each_mistyped_word_is_corrected(learned):
    meant = {
        "Kiphoplasty": "kyphoplasty",
        "vertabrae": "vertebrae",
        "compresion": "compression",
        "osteoperosis": "osteoporosis",
        "what should a kyfoplasty": "what should a kyphoplasty",
    }
    assert {query: words.corrected(query) for query in meant} == meant


def test_a_typo_finds_what_was_probably_meant_among_words_that_are_found_too(client, learned):
    said, offered, found = asked(client, "kyfoplasty")
    assert said.startswith("We found no page with “kyfoplasty”.")
    assert (offered, learned.url in found) == ("kyphoplasty", True)
    said, offered, found = asked(client, "balloon kyfoplasty")
    assert "No page has all of your words." in said
    assert (offered, learned.url in found) == ("balloon kyphoplasty", True)


def test_what_is_like_no_word_finds_nothing(client, learned):
    odd = ["zebra", "kyfo", "what should", "12345678", "the of and", "\\%_'"]
    assert [query for query in odd if words.corrected(query)] == []
    said, _offered, found = asked(client, "xylophone")
    assert said == "We found nothing for “xylophone”. Call us or ask us."
    assert not found


def test_what_is_found_as_typed_is_not_corrected(client, learned, make_article):
    make_article("Kyfoplasty, as some write it")
    _said, offered, found = asked(client, "kyfoplasty")
    assert (offered, len(found)) == (None, 1)


def test_typos_in_what_patients_say_are_corrected_too(client, learned):
    SearchSynonym.objects.create(typed="zementum", searched="cement")
    words.learn()
    _said, offered, found = asked(client, "zementtum")
    assert offered == "zementum"
    assert learned.url in found


def test_words_come_with_a_publication_and_go_with_whoever_may_read_it(make_article):
    draft, restricted = make_article("Xylophones"), make_article("Zeppelins")
    theirs = SearchWord.objects.filter(word__in=["xylophones", "zeppelins"])
    learn_words(timestamp=0)
    assert theirs.count() == 2
    draft.unpublish()
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    learn_words(timestamp=0)
    assert not theirs.exists()


def test_alike_words_are_found_by_an_index(db):
    SearchWord.objects.bulk_create(SearchWord(word=f"word{number:05}") for number in range(20_000))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE education_searchword")
    assert "search_word_alike" in SearchWord.objects.filter(word__trigram_similar="kyfoplasty").explain()

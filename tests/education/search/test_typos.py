"""Mistyped queries find the likely page and suggest a correction."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from wagtail.models import PageViewRestriction

from education.jobs import learn_words
from education.models import SearchSynonym, SearchWord
from education.search.spelling import correct, update_search_words


@pytest.fixture
def indexed_article(article):
    update_search_words()
    return article


def search(client, query):
    """Search; returns (message, suggested query or None, addresses found)."""
    main = BeautifulSoup(client.get("/search/", {"q": query}).content, "html.parser").main
    status = main.find(attrs={"role": "status"})
    found = [a["href"] for a in main.select(".results a")]
    return status.get_text(" ", strip=True), status.a and status.a.text, found


def test_each_mistyped_word_is_corrected(indexed_article):
    corrections = {
        "Kiphoplasty": "kyphoplasty",
        "vertabrae": "vertebrae",
        "compresion": "compression",
        "osteoperosis": "osteoporosis",
        "what should a kyfoplasty": "what should a kyphoplasty",
    }
    assert {query: correct(query) for query in corrections} == corrections


def test_typo_finds_the_likely_page_with_and_without_other_words(client, indexed_article):
    message, suggestion, found = search(client, "kyfoplasty")
    assert message.startswith("We found no page with “kyfoplasty”.")
    assert (suggestion, indexed_article.url in found) == ("kyphoplasty", True)
    message, suggestion, found = search(client, "balloon kyfoplasty")
    assert "No page has all of your words." in message
    assert (suggestion, indexed_article.url in found) == ("balloon kyphoplasty", True)


def test_query_unlike_any_word_finds_nothing(client, indexed_article):
    odd = ["zebra", "kyfo", "what should", "12345678", "the of and", "\\%_'"]
    assert [query for query in odd if correct(query)] == []
    message, _suggestion, found = search(client, "xylophone")
    assert message == "We found nothing for “xylophone”. Call us or ask us."
    assert not found


def test_query_with_results_isnt_corrected(client, indexed_article, make_article):
    make_article("Kyfoplasty, as some write it")
    _message, suggestion, found = search(client, "kyfoplasty")
    assert (suggestion, len(found)) == (None, 1)


def test_typos_in_synonyms_are_corrected(client, indexed_article):
    SearchSynonym.objects.create(typed="zementum", searched="cement")
    update_search_words()
    _message, suggestion, found = search(client, "zementtum")
    assert suggestion == "zementum"
    assert indexed_article.url in found


def test_words_are_updated_when_pages_are_published_unpublished_or_restricted(make_article):
    draft, restricted = make_article("Xylophones"), make_article("Zeppelins")
    titles = SearchWord.objects.filter(word__in=["xylophones", "zeppelins"])
    learn_words(timestamp=0)
    assert titles.count() == 2
    draft.unpublish()
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    learn_words(timestamp=0)
    assert not titles.exists()


def test_similar_words_are_found_with_an_index(db):
    SearchWord.objects.bulk_create(SearchWord(word=f"word{number:05}") for number in range(20_000))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE education_searchword")
    assert "search_word_alike" in SearchWord.objects.filter(word__trigram_similar="kyfoplasty").explain()

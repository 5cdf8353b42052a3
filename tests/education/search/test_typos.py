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


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("kyfoplasty", "kyphoplasty"),
        ("Kiphoplasty", "kyphoplasty"),
        ("vertabrae", "vertebrae"),
        ("compresion", "compression"),
        ("osteoperosis", "osteoporosis"),
        ("what should a kyfoplasty", "what should a kyphoplasty"),
    ],
)
def test_a_typo_finds_what_was_probably_meant(client, learned, query, meant):
    said, offered, found = asked(client, query)
    assert said.startswith(f"We found no page with “{query}”.")
    assert offered == meant
    assert learned.url in found


def test_one_typo_among_words_that_are_found_is_asked_about_too(client, learned):
    said, offered, found = asked(client, "balloon kyfoplasty")
    assert "No page has all of your words." in said
    assert offered == "balloon kyphoplasty"
    assert learned.url in found


def test_what_is_like_no_word_finds_nothing(client, learned):
    for query in ["xylophone", "zebra", "kyfo", "what should", "12345678", "the of and", "\\%_'"]:
        said, _offered, found = asked(client, query)
        assert said == f"We found nothing for “{query}”. Call us or ask us."
        assert not found, query


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


def test_a_broken_back_bone_is_a_compression_fracture(client, learned):
    assert learned.url in asked(client, "broken back bone")[2]


def test_no_word_is_learned_from_what_not_everybody_may_read(make_article):
    make_article("Xylophones in draft").unpublish()
    restricted = make_article("Zeppelins for staff")
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    words.learn()
    learned = set(SearchWord.objects.values_list("word", flat=True))
    assert not learned & {"xylophones", "zeppelins"}


def test_words_come_with_a_publication_and_go_with_the_page(make_article):
    page = make_article("Xylophones")
    learn_words(timestamp=0)
    assert SearchWord.objects.filter(word="xylophones").exists()
    page.unpublish()
    learn_words(timestamp=0)
    assert not SearchWord.objects.filter(word="xylophones").exists()


def test_alike_words_are_found_by_an_index(db):
    SearchWord.objects.bulk_create(SearchWord(word=f"word{number:05}") for number in range(20_000))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE education_searchword")
    assert "search_word_alike" in SearchWord.objects.filter(word__trigram_similar="kyfoplasty").explain()

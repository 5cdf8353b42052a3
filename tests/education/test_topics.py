"""A topic of the home page links to its page only where anybody can read it."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from education.models import HomePage

TITLE = "Broken vertebrae"


@pytest.fixture
def topic(client, article):
    """The topic's heading as readers see it."""
    home = HomePage.objects.get()
    home.topics = [("topic", {"title": TITLE, "text": "What we do.", "page": article})]
    home.save()

    def read():
        return BeautifulSoup(client.get("/").content, "html.parser").find("h3", string=TITLE)

    return read


def test_a_page_that_anybody_may_read_is_linked(topic, article):
    assert topic().a["href"] == article.url


def test_one_that_is_not_published_is_not(topic, article):
    article.unpublish()
    assert topic().a is None


@pytest.mark.parametrize("above", [False, True])
def test_neither_is_one_that_only_some_may_read(topic, article, above):
    page = article.get_parent() if above else article
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert topic().a is None


def test_neither_is_one_that_is_gone(topic, article):
    article.delete()
    assert topic().a is None

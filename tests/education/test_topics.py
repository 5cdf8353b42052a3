"""Topics and their articles link to each other while they're public."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from education.models import TopicArticle, TopicIndexPage, TopicPage, home
from tests.support.publishing import publish


@pytest.fixture
def topics(article):
    """The starter site's topic list, with one topic."""
    return TopicIndexPage.objects.get()


@pytest.fixture
def topic(topics):
    return TopicPage.objects.get()


@pytest.fixture
def make_topic(topics):
    def make(title, *articles):
        page = TopicPage(title=title, introduction=f"About {title}.")
        page.topic_articles = [
            TopicArticle(article=article, sort_order=n) for n, article in enumerate(articles)
        ]
        topics.add_child(instance=page)
        publish(page)
        return page

    return make


def links(client, path, within="main"):
    soup = BeautifulSoup(client.get(path).content, "html.parser")
    return [a["href"] for a in soup.select(f"{within} a")]


def test_home_links_the_topic_list_if_it_shows_only_some(client, make_topic, topics, monkeypatch):
    monkeypatch.setattr(home, "TOPICS_ON_HOME", 1)
    assert topics.url not in links(client, "/")
    make_topic("Another")
    assert topics.url in links(client, "/")


def test_an_article_can_have_several_topics_each_with_its_own_order(
    client, topic, make_topic, make_article, article
):
    other, newer = make_article("Other"), make_article("Newer, of another topic")
    bones = make_topic("Bones", article, other)
    assert links(client, bones.url, ".article-list") == [article.url, other.url]
    assert {topic.url, bones.url} <= set(links(client, article.url, ".meta"))
    related = links(client, article.url, ".related")
    assert other.url in related
    assert newer.url not in related


def test_restricted_and_unpublished_articles_arent_listed_in_topics(topic, article):
    assert article in topic.readable_articles()
    for page in [article, article.get_parent()]:
        private = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        assert article not in topic.readable_articles(), page
        private.delete()
    article.unpublish()
    assert article not in topic.readable_articles()


def test_home_list_and_articles_link_a_topic_until_it_is_private(client, topic, article):
    addresses = ["/", "/topics/", article.url]
    assert [topic.url in links(client, address) for address in addresses] == [True] * 3
    PageViewRestriction.objects.create(page=topic, restriction_type=PageViewRestriction.LOGIN)
    assert [topic.url in links(client, address) for address in addresses] == [False] * 3

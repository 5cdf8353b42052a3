"""A topic leads to its articles and an article to its topics, as far as anybody may read them."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from education.models import TopicArticle, TopicIndexPage, TopicPage, home
from tests.support.publishing import publish


@pytest.fixture
def topics(article):
    """The starter's list of topics, which holds one."""
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


def test_home_leads_to_the_list_where_it_shows_only_some(client, make_topic, topics, monkeypatch):
    monkeypatch.setattr(home, "TOPICS_ON_HOME", 1)
    assert topics.url not in links(client, "/")
    make_topic("Another")
    assert topics.url in links(client, "/")


def test_an_article_may_belong_to_several_topics_each_with_an_order_of_its_own_and_related_articles(
    client, topic, make_topic, make_article, article
):
    other, newer = make_article("Other"), make_article("Newer, of another topic")
    bones = make_topic("Bones", article, other)
    assert links(client, bones.url, ".article-list") == [article.url, other.url]
    assert {topic.url, bones.url} <= set(links(client, article.url, ".meta"))
    related = links(client, article.url, ".related")
    assert other.url in related
    assert newer.url not in related


def test_an_article_that_is_restricted_or_not_published_is_in_no_topic(topic, article):
    assert article in topic.readable_articles()
    for page in [article, article.get_parent()]:
        private = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        assert article not in topic.readable_articles(), page
        private.delete()
    article.unpublish()
    assert article not in topic.readable_articles()


def test_home_the_list_and_articles_lead_to_a_topic_until_it_is_private(client, topic, article):
    leading = ["/", "/topics/", article.url]
    assert [topic.url in links(client, address) for address in leading] == [True] * 3
    PageViewRestriction.objects.create(page=topic, restriction_type=PageViewRestriction.LOGIN)
    assert [topic.url in links(client, address) for address in leading] == [False] * 3

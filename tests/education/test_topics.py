"""A topic leads to its articles and an article to its topics, as far as anybody may read them."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from education.models import TopicArticle, TopicIndexPage, TopicPage
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


def test_home_and_the_list_lead_to_topics(client, topic):
    assert topic.url in links(client, "/")
    assert topic.url in links(client, "/topics/")


def test_home_leads_to_the_list_where_it_shows_only_some(client, make_topic, topics):
    assert topics.url not in links(client, "/")
    for number in range(9):
        make_topic(f"Topic {number}")
    assert topics.url in links(client, "/")


def test_a_topic_lists_its_articles_in_the_chosen_order(client, make_topic, make_article, article):
    other = make_article("Other")
    topic = make_topic("Bones", article, other)
    assert links(client, topic.url, ".article-list") == [article.url, other.url]


def test_an_article_may_belong_to_several_topics(client, topic, make_topic, article):
    other = make_topic("Bones", article)
    assert {topic.url, other.url} <= set(links(client, article.url, ".meta"))


def test_related_articles_share_a_topic(client, make_topic, make_article, article):
    related, newer = make_article("Related"), make_article("Newer, of another topic")
    make_topic("Bones", related, article)
    found = links(client, article.url, ".related")
    assert related.url in found
    assert newer.url not in found


def test_an_article_that_is_not_published_is_in_no_topic(client, topic, article):
    assert article.url in links(client, topic.url)
    article.unpublish()
    assert article.url not in links(client, topic.url)


@pytest.mark.parametrize("private", ["article", "list"])
def test_a_restricted_article_is_not_listed_under_its_topic(client, topic, article, private):
    page = article if private == "article" else article.get_parent()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert article.url not in links(client, topic.url)


def test_a_private_topic_is_nowhere(client, topic, article):
    PageViewRestriction.objects.create(page=topic, restriction_type=PageViewRestriction.LOGIN)
    assert topic.url not in [*links(client, "/"), *links(client, "/topics/"), *links(client, article.url)]

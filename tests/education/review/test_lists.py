"""Where readers meet a page's words on other pages, they're told too that nobody has reviewed them."""

from django.urls import reverse

from education.models import ArticlePage, TopicPage
from tests.support.publishing import publish_reviewed

MARK = "Not yet medically reviewed"


def marks(client, address):
    return client.get(address).content.decode().count(MARK)


def test_lists_search_and_feed_mark_what_nobody_has_reviewed(client, article, editor, reviewer):
    articles = ["/education/", reverse("education:feed"), "/search/?q=kyphoplasty"]
    everything = [*articles, "/topics/", "/"]
    assert [marks(client, address) for address in everything] == [1, 1, 1, 1, 2]
    publish_reviewed(article, editor, reviewer)
    assert [marks(client, address) for address in everything] == [0, 0, 0, 1, 1]
    publish_reviewed(TopicPage.objects.get(), editor, reviewer)
    assert [marks(client, address) for address in everything] == [0] * 5


def test_an_alias_has_its_articles_review(client, article, editor, reviewer):
    publish_reviewed(article, editor, reviewer)
    article = ArticlePage.objects.get(pk=article.pk)
    alias = article.create_alias(update_slug="again")
    assert alias.live
    assert marks(client, "/education/") == 0

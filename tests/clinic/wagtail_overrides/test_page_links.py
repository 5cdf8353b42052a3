"""A link whose page id is no number breaks nothing but itself."""

import pytest
from django.urls import reverse

from tests.support.publishing import publish

BROKEN = ["abc", "", "-1", "1.5", "9" * 30]


@pytest.mark.parametrize("pk", BROKEN)
@pytest.mark.parametrize("kind", ["page", "document"])
def test_readers_and_editors_get_the_page(client, as_user, editor, article, pk, kind):
    text = f'<p><a linktype="{kind}" id="{pk}">Read on</a></p>'
    article.body = [("section", {"heading": "Why", "content": [("text", text)]})]
    publish(article)
    response = client.get(article.url)
    assert response.status_code == 200
    assert "Read on" in response.content.decode()
    assert as_user(editor).get(reverse("wagtailadmin_pages:edit", args=[article.pk])).status_code == 200


def test_a_link_without_any_id(client, article):
    article.body = [("section", {"heading": "Why", "content": [("text", '<a linktype="page">Read on</a>')]})]
    publish(article)
    assert "Read on" in client.get(article.url).content.decode()


def test_a_whole_link_still_leads_to_its_page(client, article):
    text = f'<p><a linktype="page" id="{article.pk}">Read on</a></p>'
    article.body = [("section", {"heading": "Why", "content": [("text", text)]})]
    publish(article)
    assert f'<a href="{article.url}">Read on</a>' in client.get(article.url).content.decode()

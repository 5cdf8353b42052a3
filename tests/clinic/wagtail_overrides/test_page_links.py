"""A link whose page id is no number breaks nothing but itself."""

from django.urls import reverse

from tests.support.publishing import publish

BROKEN = ["abc", "", "-1", "1.5", "9" * 30]


def test_readers_and_editors_get_the_page(client, as_user, editor, article):
    links = [f'<a linktype="{kind}" id="{pk}">Read on</a>' for pk in BROKEN for kind in ["page", "document"]]
    content = [("text", f"<p>{link}</p>") for link in links]
    article.body = [("section", {"heading": "Why", "content": content})]
    publish(article)
    response = client.get(article.url)
    assert response.status_code == 200
    assert response.content.decode().count("Read on") == len(links)
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

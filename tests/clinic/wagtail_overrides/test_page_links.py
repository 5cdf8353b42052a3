"""A link whose page id is no number breaks nothing but itself."""

from django.urls import reverse

from tests.support.publishing import publish

BROKEN = ["abc", "", "-1", "1.5", "9" * 30]


def test_readers_and_editors_get_the_page_and_whole_links_lead_on(client, as_user, editor, article):
    links = [f'<a linktype="{kind}" id="{pk}">Read on</a>' for pk in BROKEN for kind in ["page", "document"]]
    links += ['<a linktype="page">Read on</a>', f'<a linktype="page" id="{article.pk}">Read on</a>']
    content = [("text", f"<p>{link}</p>") for link in links]
    article.body = [("section", {"heading": "Why", "content": content})]
    publish(article)
    html = client.get(article.url).content.decode()
    assert html.count("Read on") == len(links)
    assert f'<a href="{article.url}">Read on</a>' in html
    assert as_user(editor).get(reverse("wagtailadmin_pages:edit", args=[article.pk])).status_code == 200

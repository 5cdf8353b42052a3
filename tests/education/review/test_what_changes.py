"""Above the fields stands a link to what publishing the draft would change, where there is such a draft."""

from bs4 import BeautifulSoup

LINK = "What changes for readers"


def link_in(client, article):
    html = client.get(f"/admin/pages/{article.pk}/edit/").content
    return BeautifulSoup(html, "html.parser").find("a", string=LINK)


def test_the_comparison_is_linked_while_readers_have_an_older_version(as_user, reviewer, article):
    client = as_user(reviewer)
    assert link_in(client, article) is None
    article.lead = "A new lead."
    article.save_revision()
    changes = client.get(link_in(client, article)["href"])
    assert "A new lead." in BeautifulSoup(changes.content, "html.parser").main.get_text()
    article.unpublish()
    assert link_in(client, article) is None

"""Above the fields stands a link to what publishing the draft would change, where there is such a draft."""

from bs4 import BeautifulSoup

LINK = "What changes for readers"


def link_in(client, article):
    html = client.get(f"/admin/pages/{article.pk}/edit/").content
    return BeautifulSoup(html, "html.parser").find("a", string=LINK)


def test_the_comparison_links_to_the_new_words(as_user, reviewer, article):
    article.lead = "A new lead."
    article.save_revision()
    client = as_user(reviewer)
    changes = client.get(link_in(client, article)["href"])
    assert "A new lead." in BeautifulSoup(changes.content, "html.parser").main.get_text()


def test_nothing_changes_where_readers_have_the_newest_version(as_user, reviewer, article):
    assert link_in(as_user(reviewer), article) is None


def test_nothing_changes_for_readers_of_a_page_they_do_not_have(as_user, reviewer, article):
    article.unpublish()
    article.save_revision()
    assert link_in(as_user(reviewer), article) is None

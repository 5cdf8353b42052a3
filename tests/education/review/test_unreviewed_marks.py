"""Lists, search results, feeds and descriptions mark pages that haven't been reviewed."""

from django.urls import reverse

from education.models import (
    ArticlePage,
    HomePage,
    LocationIndexPage,
    LocationPage,
    PersonIndexPage,
    PersonPage,
    TopicPage,
)
from tests.support.publishing import publish, publish_reviewed

MARK = "Not yet medically reviewed"


def count_marks(client, address):
    return client.get(address).content.decode().count(MARK)


def test_lists_search_feed_and_descriptions_mark_unreviewed_pages_and_aliases(
    client, article, editor, reviewer
):
    articles = ["/education/", reverse("education:feed"), "/search/?q=kyphoplasty"]
    everything = [*articles, "/topics/", "/", article.url]  # with two descriptions and structured data
    assert [count_marks(client, address) for address in everything] == [1, 1, 1, 1, 2, 4]
    publish_reviewed(article, editor, reviewer)
    assert [count_marks(client, address) for address in everything] == [0, 0, 0, 1, 1, 0]
    publish_reviewed(TopicPage.objects.get(), editor, reviewer)
    article = ArticlePage.objects.get(pk=article.pk)
    assert article.create_alias(update_slug="again").live
    assert [count_marks(client, address) for address in everything] == [0] * 6
    article.lead = "Something else."
    publish(article)
    assert count_marks(client, "/education/") == 2


def test_people_and_locations_with_medical_claims_are_marked(client, editor, reviewer, article):
    person, location = PersonPage(title="Ann", role="Nurse"), LocationPage(title="Main office")
    people, places = PersonIndexPage(title="People"), LocationIndexPage(title="Places")
    for page, listing, addresses in [(person, people, ["/"]), (location, places, ["/places/", "/"])]:
        HomePage.objects.get().add_child(instance=listing).add_child(instance=page)
        page.contains_medical_claims = True
        publish(listing), publish(page)
        unreviewed = [count_marks(client, address) for address in addresses]
        publish_reviewed(page, editor, reviewer)
        assert [count_marks(client, address) + 1 for address in addresses] == unreviewed, page

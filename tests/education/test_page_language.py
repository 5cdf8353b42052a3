"""Pages in Spanish: their content is marked as Spanish, and the site's own text stays English."""

import json

from bs4 import BeautifulSoup
from django.urls import reverse

from clinic.models import NavigationSettings
from education.checks.rules import Examination
from education.models import HomePage, StandardPage, TopicIndexPage, TopicPage
from tests.support.publishing import publish

SECTIONS = [("section", {"heading": "Causas", "content": [("text", "<p>Muchas.</p>")]})]


def test_content_links_and_structured_data_are_marked_as_spanish(client, index, make_article, rf):
    points = [("point", "Descanse poco.")]
    article = make_article("Dolor", language="es", lead="Duele.", body=SECTIONS, key_points=points)
    soup = BeautifulSoup(client.get(article.url).content, "html.parser")
    spanish = {" ".join(part.get_text(" ").split()) for part in soup.find_all(lang="es")}
    spanish -= {"Puede escribir en español."}  # the form's
    assert spanish == {"Dolor", "Duele.", "Descanse poco.", "Causas", "Causas Muchas."}
    graph = json.loads(soup.find("script", type="application/ld+json").string)["@graph"]
    assert graph[-1]["inLanguage"] == "es"
    listed = BeautifulSoup(client.get(index.url).content, "html.parser").select("[lang=es]")
    assert [part.text for part in listed] == ["Dolor", "En español", "Duele."]
    assert b'xml:lang="es"' in client.get(reverse("education:feed")).content
    assert Examination(article, rf.get("/")).language == "es"


def spanish_in(response, selector):
    soup = BeautifulSoup(response.content, "html.parser")
    return [part.text.strip(" …\n") for part in soup.select(f"{selector} [lang=es]")]


def test_search_results_and_topics_mark_spanish_pages(client, make_article):
    article = make_article("Dolor", language="es", lead="Duele.")
    topics = HomePage.objects.get().add_child(instance=TopicIndexPage(title="Topics"))
    topic = TopicPage(title="Espalda", introduction="Duele la espalda.", language="es")
    topics.add_child(instance=topic)
    topic.topic_articles.create(article=article)
    publish(topics), publish(topic)
    assert spanish_in(client.get("/search/?q=Dolor"), ".results") == ["Dolor", "Duele.", "En español"]
    for address in ["/", topics.get_url()]:
        listed = ["Espalda", "Duele la espalda.", "En español"]
        assert spanish_in(client.get(address), ".topics") == listed
    assert "Espalda" in spanish_in(client.get(article.url), ".meta")


def test_menus_breadcrumbs_and_related_pages_mark_spanish_pages(client, sections):
    home = HomePage.objects.get()
    parent = home.add_child(instance=StandardPage(title="Su visita", language="es", show_in_menus=True))
    child = parent.add_child(instance=StandardPage(title="Pagar", language="es"))
    publish(parent), publish(child)
    menus = NavigationSettings.objects.get()
    menus.header, menus.footer = [], [("link", {"page": parent, "url": "", "label": ""})]
    menus.save()
    page = client.get(child.url)
    for place in [".top", ".crumbs", ".foot"]:
        assert spanish_in(page, place) == ["Su visita"], place
    more = sections([("section", {"heading": "More", "content": [("related", [parent])]})])
    assert [part.text for part in more.select("[lang=es]")] == ["Su visita", "En español"]

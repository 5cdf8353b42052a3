"""An editor says that a page is in Spanish; what the site itself says on it stays English."""

import json

import pytest
from bs4 import BeautifulSoup

from education.checks.rules import Examination
from education.review.models import PublicationRefused

SECTIONS = [("section", {"heading": "Causas", "content": [("text", "<p>Muchas.</p>")]})]


def test_its_words_its_links_and_its_structured_data_say_so(client, index, make_article, rf):
    points = [("point", "Descanse poco.")]
    article = make_article("Dolor", language="es", lead="Duele.", body=SECTIONS, key_points=points)
    soup = BeautifulSoup(client.get(article.url).content, "html.parser")
    spanish = {" ".join(part.get_text(" ").split()) for part in soup.find_all(lang="es")}
    spanish -= {"Puede escribir en español."}  # the form's
    assert spanish == {"Dolor", "Duele.", "Descanse poco.", "Causas", "Causas Muchas."}
    graph = json.loads(soup.find("script", type="application/ld+json").string)["@graph"]
    assert graph[-1]["inLanguage"] == "es"
    listed = BeautifulSoup(client.get(index.url).content, "html.parser").select("[lang=es]")
    assert [part.text for part in listed] == ["Dolor", "Duele."]
    assert Examination(article, rf.get("/")).language == "es"


def test_it_is_reviewed_like_words(article):
    article.language = "es"
    with pytest.raises(PublicationRefused):
        article.save()

"""The feed, the sitemap and robots.txt."""

import xml.etree.ElementTree as ET
from datetime import date

from bs4 import BeautifulSoup
from django.conf import settings
from wagtail.models import Page

from education.models import ArticlePage

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def feed_of(client):
    response = client.get("/education/feed.atom")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(response.content)  # noqa: S314 - trusted content


def test_feed_lists_newest_articles_first_without_control_characters(client, article, make_article):
    make_article("Newer <one>\x0b & better", lead="A\x1fB", published_on=date(2026, 1, 1))
    feed = feed_of(client)
    entries = feed.findall("a:entry", ATOM)
    titles = [entry.findtext("a:title", namespaces=ATOM) for entry in entries]
    assert titles == ["Newer <one> & better", article.title]
    assert entries[1].find("a:link", ATOM).get("href") == f"{settings.BASE_URL}/education/kyphoplasty/"
    assert entries[1].findtext("a:published", namespaces=ATOM).startswith("2025-10-15")
    assert feed.find("a:link[@rel='self']", ATOM).get("href").endswith("/education/feed.atom")
    head = BeautifulSoup(client.get(article.url).content, "html.parser").head
    assert head.find("link", type="application/atom+xml")["href"] == "/education/feed.atom"
    ArticlePage.objects.all().delete()
    assert feed_of(client).find("a:entry", ATOM) is None


def test_sitemap_lists_every_public_page(client, article):
    tree = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - trusted content
    addresses = {element.text for element in tree.iterfind("m:url/m:loc", MAP)}
    pages = Page.objects.live().filter(depth__gte=2)
    paths = [*(page.url for page in pages), "/contact/"]
    assert addresses == {f"{settings.BASE_URL}{path}" for path in paths}


def test_robots_txt_excludes_private_paths_and_names_the_sitemap(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/?",
        "Disallow: /feedback/",
        "",
        f"Sitemap: {settings.BASE_URL}/sitemap.xml",
    ]

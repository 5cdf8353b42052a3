"""`make run` shows a complete clinic that is clearly marked as fictional."""

import re

from bs4 import BeautifulSoup
from django.core.management import call_command
from wagtail.models import Page

from clinic.models import ClinicSettings
from education.models import ArticlePage, HomePage, LocationPage, PersonPage, StandardPage, TopicPage
from education.search.queries import find
from education.search.spelling import update_search_words


def test_demo_site_is_complete(demo_site, db):
    counts = [model.objects.live().count() for model in (PersonPage, LocationPage, ArticlePage, TopicPage)]
    assert counts == [3, 2, 6, 6]
    assert StandardPage.objects.not_live().count() == 0
    assert ArticlePage.objects.published()[0].slug == "kyphoplasty"


def test_home_page_shows_the_offices(demo_site, db, client):
    html = client.get("/").content.decode()
    assert "Drawing of a low building" in html
    assert html.count("7 Example Avenue") == 1
    assert "Show on a map" in html


def test_pages_are_marked_as_demo_and_sample_articles_as_unreviewed(demo_site, db, client, facts_read_once):
    kinds = [HomePage, PersonPage, LocationPage, TopicPage, StandardPage]
    samples = ArticlePage.objects.live().exclude(slug="kyphoplasty")
    for page in [*(model.objects.live().first() for model in kinds), *samples]:
        html = client.get(page.url).content.decode()
        assert "this clinic, its people and its messages are made up" in html, page
        assert ("No clinician has reviewed this sample article" in html) is (page in samples), page


def test_sample_articles_cite_public_pages(demo_site, db):
    for article in ArticlePage.objects.exclude(slug="kyphoplasty"):
        hosts = {re.match(r"https://([^/]+)/", source.value["url"])[1] for source in article.sources}
        assert hosts
        assert hosts <= {"medlineplus.gov", "www.niams.nih.gov"}


def test_lists_use_a_constant_number_of_queries(demo_site, db, count_queries):
    for path in ["/", "/education/", "/topics/", "/people/", "/locations/"]:
        count_queries(path, 4)


def test_loading_the_demo_twice_changes_nothing(demo_site, db):
    ClinicSettings.objects.update(name="Our own")
    call_command("load_demo_site", verbosity=0)
    assert ClinicSettings.current().name == "Our own"
    assert PersonPage.objects.count() == 3


# Page that answers these queries and must be among the first three results.
QUERIES_BY_PAGE = {
    "insurance-and-billing": ["insurance", "seguro", "medicare", "cost", "how much does it cost", "precio"],
    "locations/main-office": ["hours", "parking", "phone number", "wheelchair", "direccion", "teléfono"],
    "new-patients": ["appointment", "Do I need a CITA?", "mri", "can i drive", "cancel appointment"],
    "education/blood-thinners": ["blood thinner", "warfarin"],
    "education/kyphoplasty": ["side effects", "cement"],
    "education/osteoporosis": ["osteoperosis"],
    "education/back-pain": ["espalda", "dolor de espalda", "does it hurt", "bulging disk", "slipped disc"],
    "education/sciatica": ["sciatica", "ciatica", "pinched nerve", "pierna", "herniated disc"],
    "education/spinal-stenosis": ["epidural", "cortisone shot"],
    "people/ada-sample": ["dr sample", "spanish"],
}
NO_RESULTS = ["knee", "refill", "xylophone"]


def test_typical_queries_find_a_useful_page(demo_site, db):
    update_search_words()
    public, missed = Page.objects.live().public(), {}
    for address, queries in QUERIES_BY_PAGE.items():
        for query in queries:
            first = [page.url for page in find(public, query).pages[:3]]
            if f"/{address}/" not in first:
                missed[query] = first
    assert missed == {}


def test_search_without_results_shows_topics_and_contact_links(client, demo_site, db):
    update_search_words()
    public = Page.objects.live().public()
    assert [query for query in NO_RESULTS if find(public, query).pages.count()] == []
    main = BeautifulSoup(client.get("/search/", {"q": NO_RESULTS[0]}).content, "html.parser").main
    assert f"We found nothing for “{NO_RESULTS[0]}”. Call us or ask us." in main.text
    links = {a["href"] for a in main.select("a")}
    assert {"/topics/my-back-hurts/", "/contact/", "/education/", "tel:+12025550100"} <= links

"""`make run` shows a whole clinic, and everything in it says that it's made up."""

import re

from bs4 import BeautifulSoup
from django.core.management import call_command
from wagtail.models import Page

from clinic.models import ClinicSettings
from education.models import ArticlePage, HomePage, LocationPage, PersonPage, StandardPage, TopicPage
from education.search import words
from education.search.queries import find


def test_the_demo_site_is_complete(demo_site, db):
    counts = [model.objects.live().count() for model in (PersonPage, LocationPage, ArticlePage, TopicPage)]
    assert counts == [3, 2, 6, 6]
    assert StandardPage.objects.not_live().count() == 0
    assert ArticlePage.objects.published()[0].slug == "kyphoplasty"


def test_home_shows_the_offices_with_picture_address_and_hours(demo_site, db, client):
    html = client.get("/").content.decode()
    assert "Drawing of a low building" in html
    assert html.count("7 Example Avenue") == 1
    assert "Show on a map" in html


def test_every_page_says_that_it_is_a_demo_and_articles_that_nobody_reviewed_them(
    demo_site, db, client, facts_read_once
):
    """The first stands in the frame of all pages: one of each type; the second in each sample article."""
    kinds = [HomePage, PersonPage, LocationPage, TopicPage, StandardPage]
    samples = ArticlePage.objects.live().exclude(slug="kyphoplasty")
    for page in [*(model.objects.live().first() for model in kinds), *samples]:
        html = client.get(page.url).content.decode()
        assert "this clinic, its people and its messages are made up" in html, page
        assert ("No clinician has reviewed this sample article" in html) is (page in samples), page


def test_its_articles_cite_public_pages(demo_site, db):
    for article in ArticlePage.objects.exclude(slug="kyphoplasty"):
        hosts = {re.match(r"https://([^/]+)/", source.value["url"])[1] for source in article.sources}
        assert hosts
        assert hosts <= {"medlineplus.gov", "www.niams.nih.gov"}


def test_six_topics_and_three_people_cost_no_query_each(demo_site, db, counted):
    for path in ["/", "/education/", "/topics/", "/people/", "/locations/"]:
        counted(path, 4)


def test_a_second_run_changes_nothing(demo_site, db):
    ClinicSettings.objects.update(name="Our own")
    call_command("load_demo_site", verbosity=0)
    assert ClinicSettings.current().name == "Our own"
    assert PersonPage.objects.count() == 3


# What patients of the demo's clinic type, and a page that answers it: among the first three.
USEFUL = {
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
NOTHING = ["knee", "refill", "xylophone"]


def test_what_patients_type_finds_something_useful(demo_site, db):
    words.learn()
    public, missed = Page.objects.live().public(), {}
    for address, queries in USEFUL.items():
        for query in queries:
            first = [page.url for page in find(public, query).pages[:3]]
            if f"/{address}/" not in first:
                missed[query] = first
    assert missed == {}


def test_where_nothing_is_found_the_topics_and_the_ways_to_ask_are_shown(client, demo_site, db):
    words.learn()
    public = Page.objects.live().public()
    assert [query for query in NOTHING if find(public, query).pages.count()] == []
    main = BeautifulSoup(client.get("/search/", {"q": NOTHING[0]}).content, "html.parser").main
    assert f"We found nothing for “{NOTHING[0]}”. Call us or ask us." in main.text
    links = {a["href"] for a in main.select("a")}
    assert {"/topics/my-back-hurts/", "/contact/", "/education/", "tel:+12025550100"} <= links

"""The starter site is loaded once, and later changes are kept."""

from django.conf import settings
from django.core.management import call_command
from wagtail.models import Page, Revision, Site

from education import starter
from education.models import ArticleIndexPage, ArticlePage, HomePage, PersonPage, StandardPage
from tests.support.publishing import publish


def state():
    return (
        list(Page.objects.order_by("pk").values()),
        list(HomePage.objects.values()),
        list(ArticlePage.objects.values()),
        list(Site.objects.values()),
        Revision.objects.count(),
    )


def test_the_starter_site_has_a_home_page_list_and_article(client, article):
    site = Site.objects.get(is_default_site=True)
    assert isinstance(site.root_page.specific, HomePage)
    assert ArticleIndexPage.objects.child_of(site.root_page).get().url == "/education/"
    assert article.live
    assert article.full_url == f"{settings.BASE_URL}/education/kyphoplasty/"
    assert "Placeholder" in client.get("/").content.decode()
    assert not Page.objects.filter(title__startswith="Welcome to your new Wagtail").exists()


def test_loading_the_starter_site_again_changes_nothing_and_keeps_edits_and_deletions(article):
    article.title = "Edited"
    publish(article)
    Page.objects.filter(slug="clinic").update(title="Our clinic")
    before = state()
    call_command("load_starter_site", verbosity=0)
    assert state() == before
    article.delete()
    call_command("load_starter_site", verbosity=0)
    assert not ArticlePage.objects.exists()


def test_the_site_record_follows_base_url(db, settings):
    for base_url, *expected in [
        ("http://localhost:8123", "localhost", 8123),
        ("https://clinic.example", "clinic.example", 443),
        ("http://clinic.example", "clinic.example", 80),
    ]:
        settings.BASE_URL = base_url
        call_command("load_starter_site", verbosity=0)
        site = Site.objects.get()
        assert [site.hostname, site.port, site.root_url] == [*expected, base_url]


def test_the_starter_site_has_no_fictional_people(db, client):
    assert not PersonPage.objects.exists()
    assert "made up" not in client.get("/").content.decode()
    assert {page.slug for page in StandardPage.objects.live()} == starter.PUBLISHED_PAGES


def test_starter_pages_have_a_note_to_editors_and_no_unfilled_placeholders(db):
    for name in starter.PAGES:
        text = str(next(page for page in StandardPage.objects.all() if name.split("-")[-1] in page.slug).body)
        assert "delete this note" in text, name
        assert "$" not in text.replace("$400", ""), name

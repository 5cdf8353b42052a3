"""Values needed by all pages are cached for each version of the site."""

import pytest
from django.core.cache import cache
from wagtail.models import PageViewRestriction, Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION

from clinic.caching import per_version
from clinic.models import ClinicSettings
from education.models import HomePage
from inquiries.models import Topic
from tests.clinic.caching.reader import Reader

ARTICLE = "/education/kyphoplasty/"


@pytest.fixture
def reader(article, monkeypatch):
    """A reader with caches filled, except for copies of pages, whose version doesn't expire by itself."""
    monkeypatch.setattr(per_version, "CHECK_INTERVAL_SECONDS", 3600)
    reader = Reader()
    reader.get("/search/")
    for path in ["/", "/education/", ARTICLE, "/contact/"]:
        reader.get(path)
    reader.cache.copies.clear()
    return reader


def test_an_uncached_page_needs_few_queries(reader, django_assert_max_num_queries):
    for path, max_queries in {"/": 1, "/education/": 4, ARTICLE: 3, "/contact/": 0}.items():
        with django_assert_max_num_queries(max_queries):
            assert reader.get(path)["status"] == "200 OK"


def test_a_view_restriction_takes_effect_with_the_next_version(committed_db, reader, article):
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    reader.expire_version()
    assert reader.get(ARTICLE)["status"].startswith("302")
    assert article.title.encode() not in reader.get("/education/")["body"]


def test_changing_the_clinic_the_site_or_a_topic_increments_the_version(committed_db, reader):
    for change in [
        lambda: ClinicSettings.objects.update(name="Another clinic"),
        lambda: Site.objects.update(hostname="another.example", port=443),
        lambda: Topic.objects.filter(code="billing").update(label="Bills and refunds"),
    ]:
        before = reader.get(ARTICLE)["body"]
        change()
        reader.expire_version()
        assert reader.get(ARTICLE)["body"] != before
    html = reader.get(ARTICLE)["body"].decode()
    for text in ["Another clinic", f"https://another.example{ARTICLE}", "Bills and refunds"]:
        assert text in html
    assert "Bills and refunds" in reader.get("/contact/")["body"].decode()


def test_a_new_home_page_slug_from_another_process_takes_effect(committed_db, reader):
    old_paths = Site.get_site_root_paths()
    home = HomePage.objects.get()
    home.slug = "welcome"
    home.save()
    cache.set(SITE_ROOT_PATHS_CACHE_KEY, old_paths, 3600, version=SITE_ROOT_PATHS_CACHE_VERSION)
    reader.expire_version()
    assert 'rel="canonical" href="http' in reader.get("/")["body"].decode()


def test_signed_in_staff_get_fresh_pages(reader, client, editor):
    client.force_login(editor)
    ClinicSettings.objects.update(name="Another clinic")
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    assert b"Another clinic" in reader.get(ARTICLE, cookie=cookie)["body"]
    assert b"Another clinic" not in reader.get(ARTICLE)["body"]


def test_many_host_names_dont_grow_the_cache(reader, settings, monkeypatch):
    monkeypatch.setattr(per_version, "MAX_CACHED_VALUES", 15)
    settings.ALLOWED_HOSTS = [".clinic.example"]
    for number in range(20):
        assert reader.get("/contact/", host=f"n{number}.clinic.example")["status"] == "200 OK"
    assert len(reader.cache.site_version.cached[1]) == 15

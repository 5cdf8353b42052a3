"""Cache-Control of public pages, and responses that shared caches must not store."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from clinic.caching import clinic_fallback, middleware
from clinic.caching.middleware import PUBLIC, PUBLIC_BRIEFLY, until_next_change
from clinic.caching.page_cache import PageCache
from clinic.models import ClinicSettings

pytestmark = pytest.mark.django_db
ARTICLE = "/education/kyphoplasty/"
# The clinic opens at 8 AM and closes at 5 PM in New York.
OPENS = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
CLOSES = datetime(2026, 3, 9, 21, 0, tzinfo=UTC)


def is_cacheable(response):
    rule = response.get("Cache-Control", "")
    return "public" in rule or "s-maxage" in rule


def test_public_pages_are_cached_for_a_minute_and_set_no_cookie(client, facts_read_once):
    for path in [
        *["/", "/education/", ARTICLE, f"{ARTICLE}?print", "/contact/", "/search/?q=bone"],
        *["/sitemap.xml", "/robots.txt", "/education/feed.atom", "/site.webmanifest"],
    ]:
        response = client.get(path)
        assert response["Cache-Control"] == until_next_change(PUBLIC), path
        assert "Vary" not in response, path
        assert not response.cookies, path
    assert {"s-maxage=60", "stale-while-revalidate=600"} <= set(PUBLIC.split(", "))


def test_cached_pages_expire_when_the_clinic_opens_or_closes(monkeypatch):
    monkeypatch.setitem(clinic_fallback.known, "clinic", ClinicSettings.current())
    for change, minutes, rule in [
        (OPENS, 60, "s-maxage=60, stale-while-revalidate=600"),
        (OPENS, 5, "s-maxage=60, stale-while-revalidate=240"),
        (OPENS, 0.5, "s-maxage=30, stale-while-revalidate=0"),
        (OPENS, -1, "s-maxage=60, stale-while-revalidate=600"),
        (CLOSES, 5, "s-maxage=60, stale-while-revalidate=240"),
    ]:
        now = change - timedelta(minutes=minutes)
        monkeypatch.setattr(middleware.timezone, "now", lambda now=now: now)
        assert rule in until_next_change(PUBLIC), (change, minutes)


def test_redirects_and_404s_are_cached_briefly(client, article):
    Redirect.add_redirect("/old", article, is_permanent=True)
    for path in ["/education", "/no-such-page/", "/media/images/none.jpg", "/old/"]:
        response = client.get(path)
        assert response["Cache-Control"] == PUBLIC_BRIEFLY, path
        assert not response.cookies, path
    assert response.status_code == 301


def test_public_pages_are_the_same_for_staff(as_user, client, editor):
    staff = as_user(editor)
    for path in ["/", ARTICLE, "/contact/"]:
        assert staff.get(path).content == client.get(path).content, path


def test_admin_and_sign_in_pages_are_not_cached(client):
    for path in ["/admin/", "/styleguide/", "/admin/login/"]:
        assert not is_cacheable(client.get(path)), path
    for path in ["/sign-in/", "/sign-in/password/reset/", "/sign-in/signup/"]:
        assert "no-store" in client.get(path)["Cache-Control"], path


def test_private_pages_are_not_cached(client, article):
    for kind in [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD]:
        restriction = PageViewRestriction.objects.create(page=article, restriction_type=kind, password="x")
        assert not is_cacheable(client.get(ARTICLE)), kind
        restriction.delete()


def test_responses_to_the_contact_form_are_not_cached_and_set_no_cookie(client, answers):
    for change in [{}, {"message": ""}]:
        response = client.post("/contact/", {**answers, **change})
        page = client.get(response["Location"]) if response.status_code == 302 else response
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
        assert not is_cacheable(response)
        assert not client.cookies


def test_responses_to_rejected_requests_are_not_cached(client, answers):
    assert not is_cacheable(client.post("/contact/", answers, headers={"sec-fetch-site": "cross-site"}))
    assert not is_cacheable(client.post("/contact/", b"x" * 3_000_000, content_type="text/plain"))


def test_the_page_cache_doesnt_store_responses_with_a_vary_header(rf):
    def application(environ, start_response):
        response = HttpResponse("hello", headers={"Cache-Control": PUBLIC, "Vary": "Accept-Language"})
        start_response("200 OK", list(response.items()))
        return response

    cache = PageCache(application)
    list(cache(rf.get("/").environ, lambda status, headers: None))
    assert not cache.copies


def test_pages_can_be_restricted_by_sign_in_but_not_by_password(as_user, manager, article):
    client, privacy = as_user(manager), reverse("wagtailadmin_pages:set_privacy", args=[article.pk])
    client.post(privacy, {"restriction_type": "password", "password": "open sesame"})
    assert not article.get_view_restrictions().exists()
    client.post(privacy, {"restriction_type": "login"})
    assert article.get_view_restrictions().exists()

"""Reading and writing set no cookie and depend on none, so that pages can be cached anywhere."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
PAGES = [
    "/",
    "/education/",
    "/education/kyphoplasty/",
    "/contact/",
    "/search/?q=back",
    "/no-such-page/",
    "/sitemap.xml",
    "/robots.txt",
    "/education/feed.atom",
]


@pytest.mark.parametrize("path", PAGES)
def test_reading_sets_no_cookie(client, path):
    response = client.get(path)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("change", [{}, {"name": ""}])
def test_writing_sets_no_cookie(client, answers, change):
    response = client.post(reverse("inquiries:contact"), {**answers, **change}, follow=True)
    assert response.status_code == 200
    assert not client.cookies


def test_no_cache_keeps_what_was_typed(client, answers):
    response = client.post(reverse("inquiries:contact"), {**answers, "name": ""})
    assert response["Cache-Control"] == "no-store"


def test_a_confirmation_is_kept_by_no_cache(client, answers):
    response = client.post(reverse("inquiries:contact"), answers, follow=True)
    assert "no-store" in response["Cache-Control"]


def test_no_page_is_kept_behind_a_password_that_a_session_remembers(as_user, manager, article):
    privacy = reverse("wagtailadmin_pages:set_privacy", args=[article.pk])
    as_user(manager).post(privacy, {"restriction_type": "password", "password": "open sesame"})
    assert not article.get_view_restrictions().exists()
    as_user(manager).post(privacy, {"restriction_type": "login"})
    assert article.get_view_restrictions().exists()

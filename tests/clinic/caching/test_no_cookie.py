"""Reading and writing set no cookie and depend on none, so that pages can be cached anywhere."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
PAGES = [
    *["/", "/education/", "/education/kyphoplasty/", "/contact/", "/search/?q=back", "/no-such-page/"],
    *["/sitemap.xml", "/robots.txt", "/education/feed.atom"],
]


def test_reading_sets_no_cookie(client, facts_read_once):
    for path in PAGES:
        response = client.get(path)
        assert not response.cookies, path
        assert "Cookie" not in response.get("Vary", ""), path


@pytest.mark.parametrize("change", [{}, {"name": ""}])
def test_writing_sets_no_cookie_and_no_cache_keeps_what_was_typed(client, answers, change):
    response = client.post(reverse("inquiries:contact"), {**answers, **change}, follow=True)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert not client.cookies


def test_no_page_is_kept_behind_a_password_that_a_session_remembers(as_user, manager, article):
    privacy = reverse("wagtailadmin_pages:set_privacy", args=[article.pk])
    as_user(manager).post(privacy, {"restriction_type": "password", "password": "open sesame"})
    assert not article.get_view_restrictions().exists()
    as_user(manager).post(privacy, {"restriction_type": "login"})
    assert article.get_view_restrictions().exists()

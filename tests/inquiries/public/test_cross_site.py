"""The form needs no cookies, and rejects posts from other sites without losing the input."""

from django.test import RequestFactory
from django.urls import reverse

from clinic.security.cross_site import is_from_other_site
from inquiries.models import Inquiry

URL = reverse("inquiries:contact")
OWN_HEADERS = [
    {"sec-fetch-site": "same-origin", "origin": "http://testserver"},
    {"sec-fetch-site": "none"},
    {"origin": "http://testserver"},
    {},
]
OTHER_HEADERS = [
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
    {"origin": "https://other.example"},
    {"origin": "http://testserver.other.example"},
    {"origin": "null"},
    {"origin": "http://[broken"},
    {"sec-fetch-site": "cross-site"},
]


def test_posts_from_our_own_site_are_accepted(client, answers):
    for headers in OWN_HEADERS:
        assert not is_from_other_site(RequestFactory().post(URL, headers=headers)), headers
    assert client.post(URL, answers, headers=OWN_HEADERS[0]).status_code == 302


def test_posts_from_another_site_are_rejected_and_keep_the_input(client, answers):
    for headers in OTHER_HEADERS:
        assert is_from_other_site(RequestFactory().post(URL, headers=headers)), headers
    for headers in OTHER_HEADERS[-2:]:
        response = client.post(URL, answers, headers=headers)
        assert response.status_code == 403
        assert response.context["form"]["message"].value() == answers["message"]
        assert "another website" in response.content.decode()
    assert not Inquiry.objects.exists()


def test_the_sign_in_form_keeps_djangos_csrf_check(client, front_desk):
    client.handler.enforce_csrf_checks = True
    credentials = {"login": "amara", "password": "correct horse"}
    assert client.post(reverse("account_login"), credentials).status_code == 403

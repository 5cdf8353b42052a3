"""The form needs no cookie; a post that another site makes a browser send is refused, and loses nothing."""

from django.test import RequestFactory
from django.urls import reverse

from clinic.security.cross_site import is_from_other_site
from inquiries.models import Inquiry

URL = reverse("inquiries:contact")
OURS = [
    {"sec-fetch-site": "same-origin", "origin": "http://testserver"},
    {"sec-fetch-site": "none"},
    {"origin": "http://testserver"},
    {},
]
ANOTHERS = [
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
    {"origin": "https://other.example"},
    {"origin": "http://testserver.other.example"},
    {"origin": "null"},
    {"origin": "http://[broken"},
    {"sec-fetch-site": "cross-site"},
]


def test_our_own_form_is_accepted(client, answers):
    for headers in OURS:
        assert not is_from_other_site(RequestFactory().post(URL, headers=headers)), headers
    assert client.post(URL, answers, headers=OURS[0]).status_code == 302


def test_a_post_from_another_site_is_refused_and_kept_for_the_sender(client, answers):
    for headers in ANOTHERS:
        assert is_from_other_site(RequestFactory().post(URL, headers=headers)), headers
    for headers in ANOTHERS[-2:]:
        response = client.post(URL, answers, headers=headers)
        assert response.status_code == 403
        assert response.context["form"]["message"].value() == answers["message"]
        assert "another website" in response.content.decode()
    assert not Inquiry.objects.exists()


def test_the_sign_in_keeps_djangos_own_check(client, front_desk):
    client.handler.enforce_csrf_checks = True
    credentials = {"login": "amara", "password": "correct horse"}
    assert client.post(reverse("account_login"), credentials).status_code == 403

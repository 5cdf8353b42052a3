"""The form needs no cookie; a post that another site makes a browser send is refused, and loses nothing."""

import pytest
from django.urls import reverse

from inquiries.models import Inquiry

pytestmark = pytest.mark.django_db
URL = reverse("inquiries:contact")


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin", "origin": "http://testserver"},
        {"sec-fetch-site": "none"},
        {"origin": "http://testserver"},
        {},
    ],
)
def test_our_own_form_is_accepted(client, answers, headers):
    assert client.post(URL, answers, headers=headers).status_code == 302


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"origin": "https://other.example"},
        {"origin": "http://testserver.other.example"},
        {"origin": "null"},
        {"origin": "http://[broken"},
    ],
)
def test_a_post_from_another_site_is_refused_and_kept_for_the_sender(client, answers, headers):
    response = client.post(URL, answers, headers=headers)
    assert response.status_code == 403
    assert not Inquiry.objects.exists()
    assert response.context["form"]["message"].value() == answers["message"]
    assert "another website" in response.content.decode()


def test_the_sign_in_keeps_djangos_own_check(client, front_desk):
    client.handler.enforce_csrf_checks = True
    credentials = {"login": "amara", "password": "correct horse"}
    assert client.post(reverse("account_login"), credentials).status_code == 403

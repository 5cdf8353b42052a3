"""The sign-in page is the only way in, and doesn't reveal which accounts exist."""

import pytest
from django.contrib.auth.hashers import get_hashers, make_password
from django.contrib.auth.models import User
from django.urls import reverse

from clinic import settings as shipped
from tests.support.admin import CHEAPEST_ADDRESS, is_open
from tests.support.signing_in import emails_sent

pytestmark = pytest.mark.django_db


def test_the_admin_and_wagtails_sign_in_pages_redirect_to_sign_in(client):
    for path, target in {
        "/admin/login/": "/sign-in/",
        "/admin/login/?next=/admin/inquiries/": "/sign-in/?next=/admin/inquiries/",
        "/_util/login/": "/sign-in/",
        "/admin/password_reset/": "/sign-in/password/reset/",
        "/admin/password_reset/done/": "/sign-in/password/reset/",
        "/admin/password_reset/confirm/MQ/set-password/": "/sign-in/password/reset/",
        "/admin/": "/sign-in/?next=/admin/",
    }.items():
        assert client.get(path).url == target
        response = client.post(path, {"username": "amara", "password": "correct horse"})
        assert not response.cookies.get("sessionid"), path


def test_the_admins_account_page_cannot_change_password_email_or_name(as_user, front_desk):
    client = as_user(front_desk)
    page = client.get("/admin/account/").content.decode()
    assert reverse("mfa_index") in page
    data = {
        "name_email-first_name": "Ben",  # a colleague, whom the access log would then name
        "name_email-last_name": "Lindqvist",
        "name_email-email": "thief@elsewhere.example",
        "password-old_password": "correct horse",
        "password-new_password1": "battery staple 7",
        "password-new_password2": "battery staple 7",
        "theme-theme": "dark",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    client.post("/admin/account/", data)
    front_desk.refresh_from_db()
    assert front_desk.wagtail_userprofile.theme == "dark"  # other settings are saved
    assert front_desk.get_full_name() == "Amara Okafor"
    assert front_desk.check_password("correct horse")
    assert front_desk.email == "amara@clinic.example"


def test_sign_up_is_closed(client):
    data = {"username": "new", "password1": "battery staple 7", "password2": "battery staple 7"}
    assert "Ask a manager" in client.post(reverse("account_signup"), data).content.decode()
    assert not User.objects.filter(username="new").exists()


def test_a_wrong_password_and_an_unknown_username_get_the_same_error(client, front_desk):
    def errors(username):
        data = {"login": username, "password": "wrong horse"}
        return client.post("/sign-in/", data).context["form"].errors

    assert errors("amara") == errors("nobody")


def test_a_password_reset_emails_known_addresses_only_and_links_to_our_host(client, front_desk, settings):
    settings.BASE_URL = "https://www.clinic.example"
    redirects = [
        client.post("/sign-in/password/reset/", {"email": email}, headers={"host": "testserver:6666"}).url
        for email in ["amara@clinic.example", "stranger@elsewhere.example"]
    ]
    assert redirects[0] == redirects[1]
    (email,) = emails_sent()
    assert email.to == ["amara@clinic.example"]
    assert "https://www.clinic.example/sign-in/password/choose/" in email.body
    assert "6666" not in email.body


def test_changing_the_password_sends_an_email_and_ends_other_sessions(as_user, front_desk):
    current, other = as_user(front_desk), as_user(front_desk)
    for new in ["short cat", "nine lives of a cat"]:
        data = {"oldpassword": "correct horse", "password1": new, "password2": new}
        response = current.post(reverse("account_change_password"), data)
        assert (response.status_code == 302) is (new != "short cat")
    assert [email.subject for email in emails_sent()] == ["Your password was changed"]
    assert is_open(current.get(CHEAPEST_ADDRESS))
    assert other.get(CHEAPEST_ADDRESS).status_code == 302


def test_passwords_are_hashed_with_argon2(settings):
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS
    get_hashers.cache_clear()
    assert make_password("correct horse").startswith("argon2$argon2id$")
    get_hashers.cache_clear()


def test_a_user_without_a_role_sees_an_explanation_not_a_redirect_loop(as_user, front_desk):
    front_desk.groups.clear()
    client = as_user(front_desk)
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "Your account has no role yet" in response.content.decode()
    assert "permission" not in client.get("/admin/", follow=True).content.decode()

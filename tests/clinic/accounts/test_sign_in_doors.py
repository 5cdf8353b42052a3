"""One door: every other way in leads to it, nobody signs up, and what it says helps no stranger."""

import pytest
from django.contrib.auth.hashers import get_hashers, make_password
from django.contrib.auth.models import User
from django.urls import reverse

from clinic import settings as shipped
from tests.support.signing_in import emails_sent

pytestmark = pytest.mark.django_db


def test_a_protected_page_redirects_to_sign_in(client):
    for path, leads_to in {
        "/admin/login/": "/sign-in/",
        "/admin/login/?next=/admin/inquiries/": "/sign-in/?next=/admin/inquiries/",
        "/_util/login/": "/sign-in/",
        "/admin/password_reset/": "/sign-in/password/reset/",
        "/admin/password_reset/done/": "/sign-in/password/reset/",
        "/admin/password_reset/confirm/MQ/set-password/": "/sign-in/password/reset/",
        "/admin/": "/sign-in/?next=/admin/",
    }.items():
        assert client.get(path).url == leads_to
        signed_in = client.post(path, {"username": "amara", "password": "correct horse"})
        assert not signed_in.cookies.get("sessionid"), path


def test_the_admins_account_page_changes_no_password_and_no_address(as_user, front_desk):
    client = as_user(front_desk)
    page = client.get("/admin/account/").content.decode()
    assert reverse("mfa_index") in page
    taken_over = {
        "name_email-email": "thief@elsewhere.example",
        "password-old_password": "correct horse",
        "password-new_password1": "battery staple 7",
        "password-new_password2": "battery staple 7",
    }
    client.post("/admin/account/", taken_over)
    front_desk.refresh_from_db()
    assert front_desk.check_password("correct horse")
    assert front_desk.email == "amara@clinic.example"


def test_nobody_signs_up(client):
    new = {"username": "new", "password1": "battery staple 7", "password2": "battery staple 7"}
    assert "Ask a manager" in client.post(reverse("account_signup"), new).content.decode()
    assert not User.objects.filter(username="new").exists()


def test_a_wrong_password_and_a_wrong_name_read_the_same(client, front_desk):
    def answer(name):
        return client.post("/sign-in/", {"login": name, "password": "wrong horse"}).context["form"].errors

    assert answer("amara") == answer("nobody")


def test_a_link_on_our_own_host_is_sent_to_known_addresses_and_promised_to_all(client, front_desk, settings):
    settings.BASE_URL = "https://www.clinic.example"
    answers = [
        client.post("/sign-in/password/reset/", {"email": email}, headers={"host": "testserver:6666"}).url
        for email in ["amara@clinic.example", "stranger@elsewhere.example"]
    ]
    assert answers[0] == answers[1]
    (email,) = emails_sent()
    assert email.to == ["amara@clinic.example"]
    assert "https://www.clinic.example/sign-in/password/choose/" in email.body
    assert "6666" not in email.body


def test_changing_the_password_is_told_by_email_and_ends_other_sessions(as_user, front_desk):
    here, elsewhere = as_user(front_desk), as_user(front_desk)
    for new in ["short cat", "nine lives of a cat"]:
        answers = {"oldpassword": "correct horse", "password1": new, "password2": new}
        changed = here.post(reverse("account_change_password"), answers)
        assert (changed.status_code == 302) is (new != "short cat")
    assert [email.subject for email in emails_sent()] == ["Your password was changed"]
    assert here.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302


def test_passwords_are_kept_by_argon2(settings):
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS
    get_hashers.cache_clear()
    assert make_password("correct horse").startswith("argon2$argon2id$")
    get_hashers.cache_clear()


def test_an_account_without_a_role_is_told_so_without_a_redirect_loop(as_user, front_desk):
    front_desk.groups.clear()
    client = as_user(front_desk)
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "Your account has no role yet" in response.content.decode()
    assert "permission" not in client.get("/admin/", follow=True).content.decode()

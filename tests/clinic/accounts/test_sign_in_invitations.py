"""New users choose their password with a link in an invitation email."""

import re
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.management import call_command
from django.urls import reverse

from clinic.accounts import emails, roles
from tests.support.signing_in import emails_sent

pytestmark = pytest.mark.django_db
PASSWORD = "nine lives of a cat"
PASSWORD_FORM = {"password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def invited(as_user, manager):
    """A new user, invited by a manager whose form also contained a password."""
    address = reverse("wagtailusers_users:add")
    client, role_ids = as_user(manager), [Group.objects.get(name=roles.FRONT_DESK).pk]
    assert b"password1" not in client.get(address).content
    fields = {"username": "faye", "email": "faye@clinic.example", "first_name": "Faye", "last_name": "Novak"}
    passwords = dict.fromkeys(["password1", "password2"], "chosen by the manager")
    client.post(address, {**fields, **passwords, "groups": role_ids})
    return User.objects.get(username="faye")


def link_in(email):
    return re.search(r"https?://[^/]+(/sign-in/password/choose/\S+)", email.body).group(1)


def choose_password(client, link):
    page = client.get(link, follow=True)
    if page.redirect_chain:
        return client.post(page.request["PATH_INFO"], PASSWORD_FORM, follow=True)
    return page


def test_an_invitation_link_sets_a_password_once_and_a_second_factor_is_needed(client, invited):
    assert not invited.has_usable_password()
    (email,) = emails_sent()
    assert email.to == ["faye@clinic.example"]
    assert "chosen by the manager" not in email.body
    link = link_in(email)
    assert client.get(link).url.endswith("-set-password/")  # without the token
    assert "Your password is set" in choose_password(client, link).content.decode()
    assert "This link no longer works" in client.get(link, follow=True).content.decode()
    assert not client.is_signed_in()
    client.post("/sign-in/", {"login": "faye", "password": PASSWORD})
    assert client.get("/admin/", follow=True).request["PATH_INFO"] == reverse("mfa_index")


def test_an_invitation_link_works_for_a_day(client, invited):
    class YesterdaysTokenGenerator(PasswordResetTokenGenerator):
        def _now(self):
            return datetime.now() - timedelta(hours=25)

    link = link_in(emails_sent()[0])
    assert "Choose a password" in client.get(link, follow=True).content.decode()
    expired = re.sub(r"(choose/\w+-).*", rf"\g<1>{YesterdaysTokenGenerator().make_token(invited)}/", link)
    assert "This link no longer works" in client.get(expired, follow=True).content.decode()


def test_invited_users_can_request_a_new_link(client, invited):
    client.post(reverse("account_reset_password"), {"email": invited.email})
    choose_password(client, link_in(emails_sent()[1]))
    invited.refresh_from_db()
    assert invited.check_password(PASSWORD)


def test_resetting_an_account_removes_its_credentials_and_sessions(as_user, manager, front_desk):
    old_session = as_user(front_desk)
    fields = {"username": "amara", "email": front_desk.email, "first_name": "Amara", "last_name": "Okafor"}
    fields |= {"is_active": "on", "groups": list(front_desk.groups.values_list("pk", flat=True))}
    edit = reverse("wagtailusers_users:edit", args=[front_desk.pk])
    as_user(manager).post(edit, {**fields, "reset_account": "on"})
    front_desk.refresh_from_db()
    assert not front_desk.has_usable_password()
    assert not Authenticator.objects.filter(user=front_desk).exists()
    assert old_session.get("/admin/").status_code == 302
    assert [email.to for email in emails_sent()] == [[front_desk.email]]


def test_changing_an_email_address_notifies_the_old_one(as_user, manager, front_desk):
    fields = {"username": "amara", "first_name": "A", "last_name": "O", "is_active": "on"}
    edit = reverse("wagtailusers_users:edit", args=[front_desk.pk])
    as_user(manager).post(edit, {**fields, "email": "other@elsewhere.example"})
    assert [email.to for email in emails_sent()] == [["amara@clinic.example"]]


def test_the_invite_command_resets_an_account(superuser, capsys, client):
    call_command("invite", "root")
    superuser.refresh_from_db()
    assert not superuser.has_usable_password()
    choose_password(client, re.search(r"/sign-in/password/choose/\S+", capsys.readouterr().out).group())
    superuser.refresh_from_db()
    assert superuser.check_password(PASSWORD)


def test_a_password_link_doesnt_work_for_another_account(client, invited, front_desk):
    token = emails.password_link(invited).rpartition("/choose/")[2].partition("-")[2]
    other = emails.password_link(front_desk).rpartition("/choose/")[2].partition("-")[0]
    page = client.get(f"/sign-in/password/choose/{other}-{token}", follow=True)
    assert "This link no longer works" in page.content.decode()

"""An account begins with an email: the person chooses the password, nobody else ever knows it."""

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
CHOSEN = {"password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def invited(as_user, manager):
    """Faye, whom Elif has just invited."""
    address = reverse("wagtailusers_users:add")
    client, roles_ids = as_user(manager), [Group.objects.get(name=roles.FRONT_DESK).pk]
    assert b"password1" not in client.get(address).content
    fields = {"username": "faye", "email": "faye@clinic.example", "first_name": "Faye", "last_name": "Novak"}
    chosen = dict.fromkeys(["password1", "password2"], "chosen by the manager")
    client.post(address, {**fields, **chosen, "groups": roles_ids})
    return User.objects.get(username="faye")


def link_in(email):
    return re.search(r"https?://[^/]+(/sign-in/password/choose/\S+)", email.body).group(1)


def choose(client, link):
    page = client.get(link, follow=True)
    if page.redirect_chain:
        return client.post(page.request["PATH_INFO"], CHOSEN, follow=True)
    return page


def test_the_email_leads_once_to_a_password_and_then_to_the_second_step(client, invited):
    assert not invited.has_usable_password()
    (email,) = emails_sent()
    assert email.to == ["faye@clinic.example"]
    assert "chosen by the manager" not in email.body
    link = link_in(email)
    assert client.get(link).url.endswith("-set-password/")  # no secret is in the page's address
    assert "Your password is set" in choose(client, link).content.decode()
    assert "This link no longer works" in client.get(link, follow=True).content.decode()
    assert not client.is_signed_in()
    client.post("/sign-in/", {"login": "faye", "password": PASSWORD})
    assert client.get("/admin/", follow=True).request["PATH_INFO"] == reverse("mfa_index")


def test_the_link_works_for_a_day(client, invited):
    class Yesterday(PasswordResetTokenGenerator):
        def _now(self):
            return datetime.now() - timedelta(hours=25)

    link = link_in(emails_sent()[0])
    assert "Choose a password" in client.get(link, follow=True).content.decode()
    old = re.sub(r"(choose/\w+-).*", rf"\g<1>{Yesterday().make_token(invited)}/", link)
    assert "This link no longer works" in client.get(old, follow=True).content.decode()


def test_an_expired_invitation_can_be_sent_again(client, invited):
    client.post(reverse("account_reset_password"), {"email": invited.email})
    choose(client, link_in(emails_sent()[1]))
    invited.refresh_from_db()
    assert invited.check_password(PASSWORD)


def test_resetting_an_account_ends_all_that_opened_the_account(as_user, manager, front_desk):
    lost = as_user(front_desk)
    fields = {"username": "amara", "email": front_desk.email, "first_name": "Amara", "last_name": "Okafor"}
    fields |= {"is_active": "on", "groups": list(front_desk.groups.values_list("pk", flat=True))}
    edit = reverse("wagtailusers_users:edit", args=[front_desk.pk])
    as_user(manager).post(edit, {**fields, "reset_account": "on"})
    front_desk.refresh_from_db()
    assert not front_desk.has_usable_password()
    assert not Authenticator.objects.filter(user=front_desk).exists()
    assert lost.get("/admin/").status_code == 302
    assert [email.to for email in emails_sent()] == [[front_desk.email]]


def test_another_address_is_told_to_the_old_one(as_user, manager, front_desk):
    fields = {"username": "amara", "first_name": "A", "last_name": "O", "is_active": "on"}
    edit = reverse("wagtailusers_users:edit", args=[front_desk.pk])
    as_user(manager).post(edit, {**fields, "email": "other@elsewhere.example"})
    assert [email.to for email in emails_sent()] == [["amara@clinic.example"]]


def test_on_the_server_an_administrator_resets_an_account(superuser, capsys, client):
    call_command("invite", "root")
    superuser.refresh_from_db()
    assert not superuser.has_usable_password()
    choose(client, re.search(r"/sign-in/password/choose/\S+", capsys.readouterr().out).group())
    superuser.refresh_from_db()
    assert superuser.check_password(PASSWORD)


def test_a_link_is_of_no_use_for_another_account(client, invited, front_desk):
    token = emails.password_link(invited).rpartition("/choose/")[2].partition("-")[2]
    other = emails.password_link(front_desk).rpartition("/choose/")[2].partition("-")[0]
    page = client.get(f"/sign-in/password/choose/{other}-{token}", follow=True)
    assert "This link no longer works" in page.content.decode()

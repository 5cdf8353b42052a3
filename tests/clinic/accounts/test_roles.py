"""Who may do what. Every admin address as each role: wagtail_overrides/test_admin_addresses.py."""

import re

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from wagtail.models import Page

from clinic.accounts import roles
from inquiries.models import Inquiry
from tests.support.admin import admin_addresses, is_open, number_from_one

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry(client, answers):
    number_from_one(Inquiry)
    client.post(reverse("inquiries:contact"), {**answers, "name": "Canary Goldfinch", "message": "Wren song"})
    return Inquiry.objects.get()


def test_the_front_desk_edits_no_page_and_no_account(as_user, front_desk, article):
    client = as_user(front_desk)
    assert not is_open(client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])))
    assert not is_open(client.get(reverse("wagtailusers_users:index")))


def test_no_action_works_without_permission_to_see_inquiries(as_user, editor, inquiry, crawl):
    editor.user_permissions.add(Permission.objects.get(codename="change_inquiry"))
    client = as_user(editor)
    for address in [address for address in admin_addresses() if "/inquir" in address]:
        assert "Goldfinch" not in client.post(address).content.decode()
    assert "Goldfinch" not in client.get("/admin/").content.decode()  # with what they all had to say


def test_an_editor_drafts_and_a_reviewer_publishes(editor, reviewer, article):
    permissions = article.permissions_for_user(editor)
    assert permissions.can_edit()
    assert permissions.can_submit_for_moderation()
    assert not permissions.can_publish()
    assert article.permissions_for_user(reviewer).can_publish()


def test_a_manager_locks_a_page(as_user, reviewer, article):
    for verb, locked in [("lock", True), ("unlock", False)]:
        as_user(reviewer).post(reverse(f"wagtailadmin_pages:{verb}", args=[article.pk]))
        article.refresh_from_db()
        assert article.locked == locked


def test_the_review_asks_the_clinical_reviewers(article):
    tasks = article.get_workflow().tasks
    assert [task.name for task in tasks] == ["Clinical review"]
    assert [group.name for group in tasks[0].specific.groups.all()] == ["Clinical reviewers"]


def test_a_manager_has_all_of_it(as_user, manager, inquiry, article):
    client = as_user(manager)
    for address in [
        reverse("inquiry:inspect", args=[inquiry.pk]),
        reverse("wagtailusers_users:add"),
        reverse("wagtailsettings:edit", args=["clinic", "clinicsettings"]),
    ]:
        assert is_open(client.get(address, follow=True)), address
    assert article.permissions_for_user(manager).can_edit()


def account(user, **change):
    fields = {
        "username": user.username,
        "email": user.email,
        "first_name": "A",
        "last_name": "B",
        "is_active": "on",
    }
    return {**fields, **change}


def test_a_manager_makes_accounts_but_no_administrators(as_user, manager, front_desk):
    client = as_user(manager)
    password = {"password1": "battery staple 7", "password2": "battery staple 7"}
    new = User(username="new", email="new@clinic.example")
    client.post(reverse("wagtailusers_users:add"), account(new, is_superuser="on", **password))
    edit = reverse("wagtailusers_users:edit", args=[front_desk.pk])
    client.post(edit, account(front_desk, is_superuser="on"))
    for username in ["new", "amara"]:
        user = User.objects.get(username=username)
        assert (user.first_name, user.is_superuser) == ("A", False)


def test_a_manager_neither_takes_over_nor_locks_out_an_administrator(as_user, manager, superuser):
    client, edit = as_user(manager), reverse("wagtailusers_users:edit", args=[superuser.pk])
    password = {"password1": "taken over 1", "password2": "taken over 1"}
    assert not is_open(client.post(edit, account(superuser, **password)))
    group = Group.objects.get(name=roles.EDITORS)
    for action, asked in {
        "set_active_state": {"mark_as_active": "False"},
        "assign_role": {"role": group.pk},
        "delete": {},
    }.items():
        address = reverse("wagtail_bulk_action", args=["auth", "user", action])
        client.post(f"{address}?id={superuser.pk}&next=/admin/", asked)
    superuser.refresh_from_db()
    assert superuser.check_password("correct horse")
    assert superuser.is_active
    assert not superuser.groups.exists()


def test_wagtails_own_groups_are_not_left_over():
    groups = {row.group.name for row in Page.objects.get(depth=1).group_permissions.select_related("group")}
    assert groups == {"Editors", "Clinical reviewers", "Managers"}


def test_the_list_of_users_names_their_roles(as_user, manager, editor, superuser, front_desk):
    superuser.groups.add(editor.groups.get())
    html = as_user(manager).get(reverse("wagtailusers_users:index")).content.decode()
    for shown in ["Managers", "Front desk", "Editors", "Administrator, Editors"]:
        assert re.search(rf">\s*{shown}\s*<", html), shown
    assert "Access level" not in html

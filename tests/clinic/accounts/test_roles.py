"""Permissions of roles. wagtail_overrides/test_admin_addresses.py tests all admin URLs with each role."""

import re

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from wagtail.models import Page

from clinic.accounts import roles
from inquiries.models import Inquiry
from tests.inquiries.desk.helpers import receive
from tests.support.admin import admin_addresses, is_open, number_from_one

pytestmark = pytest.mark.django_db


def test_the_front_desk_cannot_edit_pages_or_accounts(as_user, front_desk, article):
    client = as_user(front_desk)
    assert not is_open(client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])))
    assert not is_open(client.get(reverse("wagtailusers_users:index")))


def test_inquiries_stay_hidden_without_the_view_permission(as_user, editor, crawl):
    number_from_one(Inquiry)
    receive(name="Canary Goldfinch")
    editor.user_permissions.add(Permission.objects.get(codename="change_inquiry"))
    client = as_user(editor)
    for address in [address for address in admin_addresses() if "/inquir" in address]:
        assert "Goldfinch" not in client.post(address).content.decode()
    assert "Goldfinch" not in client.get("/admin/").content.decode()  # in messages after these requests


def test_editors_can_edit_but_only_reviewers_can_publish(editor, reviewer, article):
    permissions = article.permissions_for_user(editor)
    assert permissions.can_edit()
    assert permissions.can_submit_for_moderation()
    assert not permissions.can_publish()
    assert article.permissions_for_user(reviewer).can_publish()


def test_a_reviewer_can_lock_and_unlock_a_page(as_user, reviewer, article):
    for verb, locked in [("lock", True), ("unlock", False)]:
        as_user(reviewer).post(reverse(f"wagtailadmin_pages:{verb}", args=[article.pk]))
        article.refresh_from_db()
        assert article.locked == locked


def account_form(user, **changes):
    fields = {"username": user.username, "email": user.email, "first_name": "A", "last_name": "B"}
    return {**fields, "is_active": "on", **changes}


def test_a_manager_can_create_accounts_but_not_administrators(as_user, manager, front_desk):
    client = as_user(manager)
    password = {"password1": "battery staple 7", "password2": "battery staple 7"}
    new = User(username="new", email="new@clinic.example")
    client.post(reverse("wagtailusers_users:add"), account_form(new, is_superuser="on", **password))
    edit = reverse("wagtailusers_users:edit", args=[front_desk.pk])
    client.post(edit, account_form(front_desk, is_superuser="on"))
    for username in ["new", "amara"]:
        user = User.objects.get(username=username)
        assert (user.first_name, user.is_superuser) == ("A", False)


def test_a_manager_cannot_take_over_or_lock_out_an_administrator(as_user, manager, superuser):
    client, edit = as_user(manager), reverse("wagtailusers_users:edit", args=[superuser.pk])
    password = {"password1": "taken over 1", "password2": "taken over 1"}
    assert not is_open(client.post(edit, account_form(superuser, **password)))
    group = Group.objects.get(name=roles.EDITORS)
    for action, data in {
        "set_active_state": {"mark_as_active": "False"},
        "assign_role": {"role": group.pk},
        "delete": {},
    }.items():
        address = reverse("wagtail_bulk_action", args=["auth", "user", action])
        client.post(f"{address}?id={superuser.pk}&next=/admin/", data)
    superuser.refresh_from_db()
    assert superuser.check_password("correct horse")
    assert superuser.is_active
    assert not superuser.groups.exists()


def test_only_our_groups_have_page_permissions():
    groups = {row.group.name for row in Page.objects.get(depth=1).group_permissions.select_related("group")}
    assert groups == {"Editors", "Clinical reviewers", "Managers"}


def test_the_user_list_shows_roles(as_user, manager, editor, superuser, front_desk):
    superuser.groups.add(editor.groups.get())
    html = as_user(manager).get(reverse("wagtailusers_users:index")).content.decode()
    for role in ["Managers", "Front desk", "Editors", "Administrator, Editors"]:
        assert re.search(rf">\s*{role}\s*<", html), role
    assert "Access level" not in html

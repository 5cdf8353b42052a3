"""The allauth pages that this site uses: no sign-up, no email changes, no sign-in by email.

Each view runs in a transaction, so that a change and the email about it are stored together.
"""

from functools import wraps

from allauth.account import views as account
from allauth.mfa import urls as factors
from django.contrib.messages import get_messages
from django.db import transaction
from django.shortcuts import render
from django.urls import include, path, re_path
from wagtail.utils.urlpatterns import decorate_urlpatterns


def explain_missing_role(login):
    """Show users without a role an explanation; otherwise admin and sign-in would redirect in a loop."""

    @wraps(login)
    def explain_or_login(request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
            list(get_messages(request))  # discard Wagtail's messages about the redirects
            return render(request, "account/no_role.html", {"messages": []}, status=403)
        return login(request, *args, **kwargs)

    return explain_or_login


urlpatterns = decorate_urlpatterns(
    [
        path("", explain_missing_role(account.login), name="account_login"),
        path("out/", account.logout, name="account_logout"),
        path("inactive/", account.account_inactive, name="account_inactive"),
        path("signup/", account.signup, name="account_signup"),  # shows that sign-up is closed
        path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
        path("password/change/", account.password_change, name="account_change_password"),
        path("password/set/", account.password_set, name="account_set_password"),
        path("password/reset/", account.password_reset, name="account_reset_password"),
        path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
        re_path(
            r"^password/choose/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
            account.password_reset_from_key,
            name="account_reset_password_from_key",
        ),
        path(
            "password/chosen/",
            account.password_reset_from_key_done,
            name="account_reset_password_from_key_done",
        ),
        path("factors/", include(factors)),
    ],
    transaction.atomic,
)

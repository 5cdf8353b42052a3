"""Tell people without a role that they have none; admin and sign-in would redirect them in a loop."""

from functools import wraps

from django.contrib.messages import get_messages
from django.shortcuts import render


def explain_missing_role(login):
    """Wrap the login view."""

    @wraps(login)
    def say_or_login(request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
            list(get_messages(request))  # drop Wagtail's messages, one for each redirect
            return render(request, "account/no_role.html", {"messages": []}, status=403)
        return login(request, *args, **kwargs)

    return say_or_login

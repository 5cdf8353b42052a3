"""For somebody who is signed in and has no role: admin and sign-in would send them to each other for ever."""

from functools import wraps

from django.contrib.messages import get_messages
from django.shortcuts import render


def said_at(login):
    """The login view, which says so to them instead."""

    @wraps(login)
    def say_or_login(request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
            list(get_messages(request))  # Wagtail's, one for each time that it sent them here
            return render(request, "account/no_role.html", {"messages": []}, status=403)
        return login(request, *args, **kwargs)

    return say_or_login

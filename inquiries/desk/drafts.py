"""Keeps what a colleague sent while the session had ended: it is there again after signing in."""

from django.contrib.auth.signals import user_logged_out
from django.db import IntegrityError, transaction
from django.dispatch import receiver
from django.urls import Resolver404, resolve

from inquiries.desk.forms import NOTE_LENGTH
from inquiries.models import Draft
from inquiries.permissions import CHANGE


@receiver(user_logged_out)
def keep_what_was_sent(sender, request, user, **kwargs) -> None:
    """The sign-out after a pause refuses a POST whose note would be lost otherwise."""
    text = request.POST.get("text", "").replace("\x00", "") if request.method == "POST" else ""
    if not (user and text.strip() and user.has_perm(CHANGE)):
        return
    try:
        match = resolve(request.path)
        if match.app_names == ["inquiry"] or match.namespaces == ["inquiry"]:
            with transaction.atomic():
                Draft.objects.keep(match.kwargs["pk"], user, text[:NOTE_LENGTH])
    except (Resolver404, KeyError, IntegrityError):
        pass  # not about an inquiry, or about one that is erased

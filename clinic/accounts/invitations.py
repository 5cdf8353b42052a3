"""Invitations: an email with a link that works once, to choose a password. Nobody ever shares one."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User

from clinic.accounts import notifications


def reset_account(user: User) -> None:
    """Remove password and second factors: open sessions end, and only a new invitation opens the account."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()


def invite(user: User) -> None:
    notifications.notify(user, "account/email/invitation")


def notify_old_address(user: User, old_address: str) -> None:
    """Tell the old address of the change, in case the owner didn't ask for it."""
    notifications.notify(user, "account/email/address_changed", to=old_address)

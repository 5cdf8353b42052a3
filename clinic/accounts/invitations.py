"""Accounts begin with a letter: a link that works once, to choose a password. Nobody ever shares one."""

from allauth.mfa.models import Authenticator

from clinic.accounts import notifications


def begin_anew(user):
    """Nothing opens the account any more, open sessions included, until its link has been used."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()


def invite(user):
    notifications.tell(user, "account/email/invitation")


def tell_of_new_address(user, old_address):
    """To the old address, in case it was not the owner who wished for another."""
    notifications.tell(user, "account/email/address_changed", to=old_address)

"""Accounts begin with a letter: a link that works once, to choose a password. Nobody ever shares one."""

import logging

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from clinic.models import ClinicSettings
from clinic.sign_in.adapters import reset_link

log = logging.getLogger(__name__)


def begin_anew(user):
    """Nothing opens the account any more, open sessions included, until its link has been used."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()


def link(user):
    """Works until it was used, a day has passed or the account's address has changed."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return reset_link(f"{user_pk_to_url_str(user)}-{token}")


def invite(user):
    """Whether the mail server took the letter."""
    return _send(user, user.email, "invitation", _("Your account at %s"), {"link": link(user)})


def tell_of_new_address(user, old_address):
    """To the old address, in case it was not the owner who wished for another."""
    _send(user, old_address, "address_changed", _("Your e-mail address at %s was changed"), {})


def _send(user, address, template, subject, context):
    clinic = ClinicSettings.current()
    text = render_to_string(
        f"account/email/{template}.txt",
        {"user": user, "clinic": clinic, "hours": settings.PASSWORD_RESET_TIMEOUT // 3600, **context},
    )
    try:
        send_mail(subject % clinic.name, text, settings.DEFAULT_FROM_EMAIL, [address])
    except OSError as error:
        log.error("A letter to staff was not sent (%s): %s", template, type(error).__name__)
        return False
    return True

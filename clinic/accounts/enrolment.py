"""Keep the session in step with second factors that are added or removed in it."""

from allauth.account.internal.flows.login import clear_authentication_records, record_authentication
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.mfa.utils import is_mfa_enabled
from django.dispatch import receiver

from clinic.accounts.middleware import FACTORS


@receiver(authenticator_added)
def record_new_factor(request, user, authenticator, **kwargs):
    """Setting up a factor counts as using it. The session gains rights, so it gets a new key."""
    if authenticator.type in FACTORS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=str(authenticator.type))
        request.session.cycle_key()


@receiver(authenticator_removed)
def forget_factors(request, user, **kwargs):
    """After the last factor is removed, the session opens nothing until another is set up."""
    if not is_mfa_enabled(user, FACTORS):
        clear_authentication_records(request)

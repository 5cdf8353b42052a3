"""What setting up or removing a second factor means for the session it happens in."""

from allauth.account.internal.flows.login import clear_authentication_records, record_authentication
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.mfa.utils import is_mfa_enabled
from django.dispatch import receiver

from clinic.accounts.middleware import FACTORS


@receiver(authenticator_added)
def count_as_shown(request, user, authenticator, **kwargs):
    """Whoever has just set up a factor has shown it; what the session may do changes, and so its key."""
    if authenticator.type in FACTORS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=str(authenticator.type))
        request.session.cycle_key()


@receiver(authenticator_removed)
def begin_again_without_any(request, user, **kwargs):
    """Without a factor the session opens nothing either, until another is set up."""
    if not is_mfa_enabled(user, FACTORS):
        clear_authentication_records(request)

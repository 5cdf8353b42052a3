"""Our rules for django-allauth: who may do what at the sign-in, and in which words it speaks."""

import time

import qrcode
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic.accounts import encrypted_factors, notifications
from clinic.accounts.emails import reset_link
from clinic.accounts.middleware import LAST_SEEN_AT, SIGNED_IN_AT
from clinic.models import ClinicSettings
from clinic.security.client_ip import client_address

MOST_OF_A_BROWSERS_NAME = 200  # characters


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("That username and password do not go together. Try again."),
        "too_many_login_attempts": _("There were too many attempts. Wait 15 minutes, then try again."),
        "rate_limited": _("There were too many attempts. Wait 15 minutes, then try again."),
        "incorrect_password": _("That is not your password. Try again."),
        "enter_current_password": _("That is not your current password. Try again."),
    }

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        return client_address(request) or "unknown"

    def _get_login_attempts_cache_key(self, request, **credentials):
        # Not by the host, as allauth does: its port is the sender's to choose, and each would count anew.
        return credentials.get("username", "").lower()

    def login(self, request, user):
        super().login(request, user)
        request.session[SIGNED_IN_AT] = request.session[LAST_SEEN_AT] = time.time()

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not from somebody who has just signed in."""
        records = get_authentication_records(self.request, self.request.user)
        proofs = [record["at"] for record in records if record["method"] in {"password", "mfa"}]
        return not proofs or time.time() - proofs[-1] > app_settings.REAUTHENTICATION_TIMEOUT

    def get_reset_password_from_key_url(self, key):
        return reset_link(key)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Of a changed password or factor: queued with the change, whatever the mail server does now."""
        browser = self.get_http_user_agent(self.request)[:MOST_OF_A_BROWSERS_NAME].replace("\x00", "")
        at = timezone.now().isoformat()
        notifications.tell(user, template_prefix, at=at, ip=self.get_client_ip(self.request), browser=browser)

    def send_password_reset_mail(self, user, email, context):
        notifications.tell(user, "account/email/password_reset_key")


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code is not right, or it is too old. Wait for the next one and try again."),
    }

    def encrypt(self, text):
        return encrypted_factors.encrypt(text)

    def decrypt(self, encrypted_text):
        return encrypted_factors.decrypt(encrypted_text)

    def get_totp_label(self, user):
        return user.get_username()

    def get_totp_issuer(self) -> str:
        return ClinicSettings.current().name

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": ClinicSettings.current().name}

    def generate_authenticator_name(self, user, type):
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def build_totp_svg(self, url):
        """The QR code as a drawing in the page: no picture to fetch, no style of its own."""
        code = qrcode.QRCode(border=4)
        code.add_data(url)
        rows = code.get_matrix()
        dark = [(x, y) for y, row in enumerate(rows) for x, filled in enumerate(row) if filled]
        return format_html(
            '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
            '<path class="qr__ground" d="M0 0h{0}v{0}H0z"/><path class="qr__code" d="{2}"/></svg>',
            len(rows),
            gettext("QR code with the secret for your authenticator app"),
            "".join(f"M{x} {y}h1v1h-1z" for x, y in dark),
        )

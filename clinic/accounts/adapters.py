"""django-allauth adapters: sign-in rules and messages."""

import time

import qrcode
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _
from qrcode.image.svg import SvgPathImage

from clinic.accounts import emails, second_factors
from clinic.accounts.middleware import LAST_SEEN_AT, SIGNED_IN_AT
from clinic.accounts.unsent_forms import keep_open_forms_valid
from clinic.models import ClinicSettings
from clinic.security.client_ip import client_address

MAX_USER_AGENT_LENGTH = 200


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("That username and password don't match. Try again."),
        "too_many_login_attempts": _("Too many attempts. Wait 15 minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait 15 minutes, then try again."),
        "incorrect_password": _("That isn't your password. Try again."),
        "enter_current_password": _("That isn't your current password. Try again."),
    }

    def get_login_redirect_url(self, request):
        """Return the role's start page: the queue, a clinician's questions, or the managers' figures."""
        user = request.user
        if user.has_perm("inquiries.change_inquiry") and not user.has_perm("auth.change_user"):
            return reverse("inquiry:index")
        if user.has_perm("inquiries.answer_question") and not user.has_perm("inquiries.view_inquiry"):
            return reverse("questions")
        if user.has_perm("inquiries.view_dailyfigure") and not user.is_superuser:
            return reverse("inquiry_figures")
        return super().get_login_redirect_url(request)

    def is_safe_url(self, url):
        """Ignore the admin's home page as a redirect target, so that each role gets its own start page."""
        return url != reverse("wagtailadmin_home") and super().is_safe_url(url)

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        return client_address(request) or "unknown"

    def _get_login_attempts_cache_key(self, request, **credentials):
        # allauth adds the Host header, but a client could reset its count by varying the port there.
        # PostgreSQL compares usernames in upper case, in which more spellings are equal (dotless i, long s).
        return credentials.get("username", "").upper()

    def login(self, request, user):
        super().login(request, user)
        request.session[SIGNED_IN_AT] = request.session[LAST_SEEN_AT] = time.time()
        keep_open_forms_valid(request, user)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Return False shortly after a sign-in or a reauthentication."""
        records = get_authentication_records(self.request, self.request.user)
        times = [record["at"] for record in records if record["method"] in {"password", "mfa"}]
        return not times or time.time() - times[-1] > app_settings.REAUTHENTICATION_TIMEOUT

    def get_reset_password_from_key_url(self, key):
        return emails.reset_url(key)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Queue the notification about a changed password or factor in the transaction of the change."""
        browser = self.get_http_user_agent(self.request)[:MAX_USER_AGENT_LENGTH].replace("\x00", "")
        at = timezone.now().isoformat()
        emails.notify(user, template_prefix, at=at, ip=self.get_client_ip(self.request), browser=browser)

    def send_password_reset_mail(self, user, email, context):
        emails.notify(user, "account/email/password_reset_key")


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code is wrong or too old. Wait for the next one and try again."),
    }

    encrypt = staticmethod(second_factors.encrypt)
    decrypt = staticmethod(second_factors.decrypt)

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
        """Return the QR code as inline SVG, without allauth's XML declaration."""
        return qrcode.make(url, image_factory=SvgPathImage).to_string(encoding="unicode")

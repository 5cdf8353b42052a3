"""allauth's forms with our labels, help texts and error messages, without placeholders."""

from allauth.account import forms as account
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base import forms as factors
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

PASSWORD_HINT = _(
    "At least 12 characters. A few words in a row are easy to remember and hard to guess."
    " Don't use it anywhere else."
)
# Label, help text, and error message if the field is empty.
FIELD_TEXTS = {
    "login": (_("Username"), "", _("Enter your username.")),
    "password": (_("Password"), "", _("Enter your password.")),
    "oldpassword": (_("Your current password"), "", _("Enter your current password.")),
    "password1": (_("New password"), PASSWORD_HINT, _("Enter a new password.")),
    "password2": (_("New password again"), "", _("Enter the new password a second time.")),
    "email": (_("Your email address at the clinic"), "", _("Enter your email address.")),
    "code": (_("Code"), _("Six digits, without spaces."), _("Enter the code.")),
    "name": (
        _("A name for this passkey"),
        _("So you can tell it from others, for example “Front desk computer”."),
        _("Enter a name."),
    ),
    "passwordless": (
        _("Let me sign in with this passkey alone, without my password"),
        _("Your device then asks for your fingerprint, face or PIN."),
        "",
    ),
}


class FieldTextsMixin:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in FIELD_TEXTS:
                field.label, field.help_text, field.error_messages["required"] = FIELD_TEXTS[name]


def with_field_texts(form: type[forms.Form]) -> type:
    return type(form.__name__, (FieldTextsMixin, form), {})


LoginForm = with_field_texts(account.LoginForm)
ReauthenticateForm = with_field_texts(account.ReauthenticateForm)
ChangePasswordForm = with_field_texts(account.ChangePasswordForm)
SetPasswordForm = with_field_texts(account.SetPasswordForm)
ResetPasswordForm = with_field_texts(account.ResetPasswordForm)
ResetPasswordKeyForm = with_field_texts(account.ResetPasswordKeyForm)


class SingleUseCodeMixin:
    """Accepts each code of an authenticator app only once.

    allauth remembers used codes for one period, but with a tolerance of one, a code is valid for three.
    """

    def clean_code(self):
        code = super().clean_code()
        periods = 2 * settings.MFA_TOTP_TOLERANCE + 1
        key = f"allauth:used-code:{self.user.pk}:{normalize_user_code(code)}"
        if self.authenticator.type == Authenticator.Type.TOTP and not cache.add(key, True, 30 * periods):
            raise forms.ValidationError(_("That code was already used. Wait for the next one."))
        return code


class AuthenticateForm(SingleUseCodeMixin, FieldTextsMixin, factors.AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("From your authenticator app, or one of your recovery codes.")


class ReauthenticateCodeForm(SingleUseCodeMixin, FieldTextsMixin, factors.ReauthenticateForm):
    pass


class ActivateTOTPForm(FieldTextsMixin, totp.ActivateTOTPForm):
    """Encrypts the secret in the session while the authenticator app is being set up."""

    def __init__(self, *args, **kwargs):
        session = context.request.session
        if encrypted := session.get(SECRET_SESSION_KEY):
            session[SECRET_SESSION_KEY] = decrypt(encrypted)
        super().__init__(*args, **kwargs)
        session[SECRET_SESSION_KEY] = encrypt(self.secret)


class AddWebAuthnForm(FieldTextsMixin, webauthn.AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


EditWebAuthnForm = with_field_texts(webauthn.EditWebAuthnForm)

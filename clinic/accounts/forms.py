"""allauth's forms in our words and look: no text inside the boxes, hints as sentences."""

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
    " Use it nowhere else."
)
# label, hint and what to say where the field is empty
WORDS = {
    "login": (_("Username"), "", _("Enter your username.")),
    "password": (_("Password"), "", _("Enter your password.")),
    "oldpassword": (_("Your current password"), "", _("Enter your current password.")),
    "password1": (_("New password"), PASSWORD_HINT, _("Enter a new password.")),
    "password2": (_("The same password again"), "", _("Enter the new password a second time.")),
    "email": (_("Your e-mail address at the clinic"), "", _("Enter your e-mail address.")),
    "code": (_("Code"), _("Six digits, without spaces."), _("Enter the code.")),
    "name": (
        _("A name for this passkey"),
        _("So that you know it among others, for example “Front desk computer”."),
        _("Enter a name."),
    ),
    "passwordless": (
        _("Let me sign in with this passkey alone, without my password"),
        _("Your device then asks for your fingerprint, face or PIN."),
        "",
    ),
}


class OurWords:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in WORDS:
                field.label, field.help_text, field.error_messages["required"] = WORDS[name]


class LoginForm(OurWords, account.LoginForm):
    pass


class ReauthenticateForm(OurWords, account.ReauthenticateForm):
    pass


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    pass


class SetPasswordForm(OurWords, account.SetPasswordForm):
    pass


class ResetPasswordForm(OurWords, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(OurWords, account.ResetPasswordKeyForm):
    pass


class CodeOnce:
    """A code of the authenticator app works once.

    allauth remembers it for one period; with a tolerance of one before and one after it lives for three.
    """

    def clean_code(self):
        code = super().clean_code()
        periods = 2 * settings.MFA_TOTP_TOLERANCE + 1
        used = f"allauth:used-code:{self.user.pk}:{normalize_user_code(code)}"
        if self.authenticator.type == Authenticator.Type.TOTP and not cache.add(used, True, 30 * periods):
            raise forms.ValidationError(_("This code has been used. Wait for the next one."))
        return code


class AuthenticateForm(CodeOnce, OurWords, factors.AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("From your authenticator app; or one of your recovery codes.")


class ReauthenticateCodeForm(CodeOnce, OurWords, factors.ReauthenticateForm):
    pass


class ActivateTOTPForm(OurWords, totp.ActivateTOTPForm):
    """While it is being set up, the secret waits in the session: sealed there, as it will be afterwards."""

    def __init__(self, *args, **kwargs):
        session = context.request.session
        if waiting := session.get(SECRET_SESSION_KEY):
            session[SECRET_SESSION_KEY] = decrypt(waiting)
        super().__init__(*args, **kwargs)
        session[SECRET_SESSION_KEY] = encrypt(self.secret)


class AddWebAuthnForm(OurWords, webauthn.AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class EditWebAuthnForm(OurWords, webauthn.EditWebAuthnForm):
    pass

"""Setting up a second factor: access, notification emails, and encryption of the secrets."""

from io import StringIO

import pytest
from allauth.core.context import request_context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.management import call_command
from django.urls import reverse

from clinic.accounts.second_factors import decrypt
from clinic.models import ClinicSettings
from clinic.security.encryption import UnreadableText
from tests.support.admin import CHEAPEST_ADDRESS, is_open
from tests.support.signing_in import SECRET, code, emails_sent, enroll, give_password


@pytest.fixture
def enrolling(client, front_desk):
    """A client after the password step, and the secret it was shown."""
    give_password(client, front_desk)
    return client, client.get(reverse("mfa_activate_totp")).context["form"].secret


def test_setting_up_an_app_grants_access_and_emails_report_it_and_new_recovery_codes(
    committed_db, enrolling, front_desk
):
    client, secret = enrolling
    old_key = client.session.session_key
    response = client.post(reverse("mfa_activate_totp"), {"code": code(secret)}, follow=True)
    assert len(response.context["unused_codes"]) == 10
    assert is_open(client.get(CHEAPEST_ADDRESS))
    assert client.session.session_key != old_key
    client.post(reverse("mfa_generate_recovery_codes"), {})
    assert [(email.to, email.subject) for email in emails_sent()] == [
        ([front_desk.email], "An authenticator app was set up"),
        ([front_desk.email], "You have new recovery codes"),
    ]


def test_authenticator_apps_and_passkeys_show_the_clinics_name(db, rf):
    name = ClinicSettings.current().name
    with request_context(rf.get("/")):
        assert get_adapter().get_totp_issuer() == name
        assert get_adapter().get_public_key_credential_rp_entity()["name"] == name


def test_secrets_are_encrypted_in_session_and_database(enrolling, front_desk, colleague):
    client, secret = enrolling
    assert secret not in str(dict(client.session))
    client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    totp = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    assert secret not in str(totp.data)
    assert not [unused for unused in codes.wrap().get_unused_codes() if unused in str(codes.data)]
    assert len(codes.data["seed"]) > 100  # an unencrypted seed has 80
    enroll(colleague)
    assert SECRET not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_secrets_can_be_decrypted_after_a_key_rotation(client, front_desk, settings):
    enroll(front_desk)
    old = settings.FIELD_KEYS
    settings.FIELD_KEYS = {"new": b"n" * 32, **old}
    call_command("rotate_field_keys", stdout=StringIO())
    settings.FIELD_KEYS = {"new": b"n" * 32}
    give_password(client, front_desk)
    assert client.post(reverse("mfa_authenticate"), {"code": code()}).url == "/admin/inquiries/"


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES])
def test_a_secret_moved_to_another_account_cannot_be_decrypted(front_desk, colleague, kind):
    for user in [front_desk, colleague]:
        enroll(user)
        RecoveryCodes.activate(user)
    rows = Authenticator.objects.filter(type=kind)
    rows.filter(user=colleague).update(data=rows.get(user=front_desk).data)
    assert secret_of(rows.get(user=front_desk))
    with pytest.raises(UnreadableText):
        secret_of(rows.get(user=colleague))


def secret_of(row):
    return decrypt(row.data.get("secret") or row.data["seed"])

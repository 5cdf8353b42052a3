"""Setting up a second factor: what it opens, what is told by email, and what the database holds of it."""

from importlib import import_module
from io import StringIO

import pytest
from allauth.core.context import request_context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse

from clinic.accounts.second_factors import decrypt
from clinic.models import ClinicSettings
from clinic.security.encryption import UnreadableText
from tests.support.admin import is_open
from tests.support.signing_in import SECRET, code, emails_sent, enrol, give_password

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def enrolling(client, front_desk):
    """Amara, who has given her password: the client, and the secret that she is shown."""
    give_password(client, front_desk)
    return client, client.get(reverse("mfa_activate_totp")).context["form"].secret


def test_setting_up_an_app_opens_the_admin(enrolling, front_desk):
    client, secret = enrolling
    before = client.session.session_key
    response = client.post(reverse("mfa_activate_totp"), {"code": code(secret)}, follow=True)
    assert len(response.context["unused_codes"]) == 10
    assert is_open(client.get("/admin/"))
    assert client.session.session_key != before
    assert [(email.to, email.subject) for email in emails_sent()] == [
        ([front_desk.email], "An authenticator app was set up")
    ]


def test_apps_and_passkeys_are_kept_under_the_clinics_name(rf):
    name = ClinicSettings.current().name
    with request_context(rf.get("/")):
        assert get_adapter().get_totp_issuer() == name
        assert get_adapter().get_public_key_credential_rp_entity()["name"] == name


def test_new_recovery_codes_are_told_by_email(as_user, front_desk):
    as_user(front_desk).post(reverse("mfa_generate_recovery_codes"), {})
    assert [email.subject for email in emails_sent()] == ["You have new recovery codes"]


def test_secrets_are_not_in_the_database_as_they_are(enrolling, front_desk, colleague):
    client, secret = enrolling
    assert secret not in str(dict(client.session))  # while it waits for the first code
    client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    totp = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    assert secret not in str(totp.data)
    assert not [each for each in codes.wrap().get_unused_codes() if each in str(codes.data)]
    assert len(codes.data["seed"]) > 100  # a bare seed has 80
    enrol(colleague)
    assert SECRET not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_a_key_that_was_renewed_opens_them_still(client, front_desk, settings):
    enrol(front_desk)
    old = settings.FIELD_KEYS
    settings.FIELD_KEYS = {"new": b"n" * 32, **old}
    call_command("rotate_field_keys", stdout=StringIO())
    settings.FIELD_KEYS = {"new": b"n" * 32}
    give_password(client, front_desk)
    assert client.post(reverse("mfa_authenticate"), {"code": code()}).url == "/admin/inquiries/"


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES])
def test_a_secret_moved_to_another_account_is_an_error(front_desk, colleague, kind):
    for user in [front_desk, colleague]:
        enrol(user)
        RecoveryCodes.activate(user)
    rows = Authenticator.objects.filter(type=kind)
    rows.filter(user=colleague).update(data=rows.get(user=front_desk).data)
    assert secret_of(rows.get(user=front_desk))
    with pytest.raises(UnreadableText):
        secret_of(rows.get(user=colleague))


def secret_of(row):
    return decrypt(row.data.get("secret") or row.data["seed"])


def test_secrets_from_before_are_bound_to_their_accounts(front_desk):
    binding = import_module("clinic.migrations.0005_bind_second_factors")
    enrol(front_desk)
    binding.unbind(apps, None)
    with pytest.raises(UnreadableText):
        secret_of(Authenticator.objects.get())
    binding.bind(apps, None)
    assert secret_of(Authenticator.objects.get()) == SECRET

"""Signing in with recovery codes."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import reverse

from tests.support.admin import CHEAPEST_ADDRESS, is_open
from tests.support.signing_in import enroll, give_code, give_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def codes(front_desk):
    enroll(front_desk)
    return RecoveryCodes.activate(front_desk).get_unused_codes()


def test_a_recovery_code_works_once(client, front_desk, codes):
    give_password(client, front_desk)
    assert give_code(client, codes[3]).url == "/admin/inquiries/"
    assert is_open(client.get(CHEAPEST_ADDRESS))
    client.logout()
    give_password(client, front_desk)
    assert give_code(client, codes[3]).status_code == 200
    assert not client.is_signed_in()
    assert give_code(client, codes[4]).url == "/admin/inquiries/"


def test_new_recovery_codes_replace_the_old_ones(as_user, client, front_desk, codes):
    as_user(front_desk).post(reverse("mfa_generate_recovery_codes"), {})
    give_password(client, front_desk)
    give_code(client, codes[0])
    assert not client.is_signed_in()


def test_recovery_codes_are_shown_only_to_their_owner(as_user, client, front_desk, colleague, codes):
    assert codes[0] in as_user(front_desk).get(reverse("mfa_view_recovery_codes")).content.decode()
    assert as_user(colleague).get(reverse("mfa_view_recovery_codes")).status_code == 404
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 302

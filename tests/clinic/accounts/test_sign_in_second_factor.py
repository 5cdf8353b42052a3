"""All users need a second factor at each sign-in; a password alone gives access to nothing."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents.models import Document

from tests.support.admin import CHEAPEST_ADDRESS, admin_addresses, is_open
from tests.support.signing_in import code, emails_sent, enroll, give_code, give_password

pytestmark = pytest.mark.django_db
LOGIN = "/sign-in/"
# Translations and icons.
PUBLIC = {"/admin/jsi18n/", "/admin/sprite/"}


def test_admin_pages_cannot_be_opened_with_a_password_alone(client, superuser, facts_read_once):
    give_password(client, superuser)
    assert client.is_signed_in()
    opened = {address for address in admin_addresses() if is_open(client.get(address))}
    assert opened <= PUBLIC
    assert not is_open(client.get("/styleguide/"))


def test_all_roles_need_a_second_factor(client, manager, front_desk, editor, reviewer, clinician):
    addresses = ["/admin/", "/admin/inquiries/", "/admin/questions/", "/admin/pages/", "/admin/images/"]
    for user in [manager, front_desk, editor, reviewer, clinician]:
        client.sign_in_by_password(user)
        assert client.is_signed_in()
        assert not any(is_open(client.get(address)) for address in addresses), user


def test_the_admin_opens_after_password_and_code(client, front_desk):
    enroll(front_desk)
    assert give_password(client, front_desk).url == reverse("mfa_authenticate")
    assert not client.is_signed_in()
    assert not is_open(client.get(CHEAPEST_ADDRESS))
    assert give_code(client, code()).url == "/admin/inquiries/"
    assert is_open(client.get(CHEAPEST_ADDRESS))


def test_a_code_works_once(client, front_desk):
    enroll(front_desk)
    now = code()
    give_password(client, front_desk)
    give_code(client, now)
    client.logout()
    give_password(client, front_desk)
    give_code(client, now)
    assert not client.is_signed_in()
    # allauth forgets used codes after 30 seconds, but with the tolerance, they're valid for longer.
    cache.delete(f"allauth.mfa.totp.used?user={front_desk.pk}&code={now}")
    assert "was already used" in give_code(client, now).content.decode()
    assert not client.is_signed_in()


def test_a_user_without_a_factor_has_to_set_one_up_with_a_valid_code(client, front_desk):
    give_password(client, front_desk)
    response = client.get("/admin/", follow=True)
    assert response.request["PATH_INFO"] == reverse("mfa_index")
    assert "Protect your account" in response.text
    client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert not Authenticator.objects.exists()


def test_a_session_from_before_the_factor_was_set_up_cannot_change_it(client, front_desk):
    client.sign_in_by_password(front_desk)
    enroll(front_desk)
    assert client.get(reverse("mfa_add_webauthn")).url.startswith(LOGIN)
    assert not client.is_signed_in()


def test_after_removing_the_last_factor_another_one_is_required(as_user, front_desk):
    client = as_user(front_desk)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert not is_open(client.get("/admin/"))
    assert client.get(LOGIN).url == reverse("mfa_index")
    assert [email.subject for email in emails_sent()] == ["Your authenticator app was removed"]


def test_changing_factors_requires_reauthentication(as_user, front_desk):
    client = as_user(front_desk)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 600
    session.save()
    for address in ["mfa_deactivate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"]:
        assert "reauthenticate" in client.get(reverse(address)).url


def test_private_documents_require_a_second_factor(client, editor):
    document = Document.objects.create(title="For staff", file=ContentFile(b"%PDF-1.4", "staff.pdf"))
    document.collection.view_restrictions.create(restriction_type="login")
    client.sign_in_by_password(editor)
    assert not is_open(client.get(document.url))
    client.force_login(editor)
    assert is_open(client.get(document.url))


def test_only_the_demo_needs_no_second_factor_and_shows_a_notice(client, as_user, settings, front_desk):
    assert "This is a demo" not in as_user(front_desk).get("/admin/").content.decode()
    front_desk.authenticator_set.all().delete()
    settings.DEMO = True
    assert give_password(client, front_desk).url == "/admin/inquiries/"
    assert "This is a demo" in client.get("/admin/").content.decode()

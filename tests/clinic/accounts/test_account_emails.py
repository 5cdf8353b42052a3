"""Emails about accounts are queued in the transaction of the change, without secrets."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.accounts import emails
from clinic.email.delivery import NotSent
from tests.support.signing_in import code, emails_sent

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "nine lives of a cat"


def queued():
    return [job.args for job in ProcrastinateJob.objects.filter(task_name=emails.send_account_email.name)]


@pytest.fixture
def dead_mail_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


@pytest.mark.usefixtures("dead_mail_server")
def test_a_change_and_its_email_survive_a_mail_server_outage(as_user, front_desk):
    as_user(front_desk).post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    (args,) = queued()
    assert (args["letter"], args["to"]) == ("mfa/email/totp_deactivated", front_desk.email)
    with pytest.raises(NotSent, match="ConnectionRefusedError"):
        emails.send_account_email(**args)


def test_a_change_is_rolled_back_if_its_email_cannot_be_queued(as_user, front_desk, monkeypatch):
    monkeypatch.setattr(emails, "notify", None)  # raises, like an error in the queue
    client = as_user(front_desk)
    client.raise_request_exception = False
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 500
    assert Authenticator.objects.filter(user=front_desk, type="totp").exists()


def test_the_queue_contains_no_links_passwords_or_codes(client, as_user, front_desk):
    client.post(reverse("account_reset_password"), {"email": front_desk.email.upper()})
    emails.invite(front_desk)
    data = {"oldpassword": "correct horse", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    as_user(front_desk).post(reverse("account_change_password"), data)
    text = str(queued())
    links = [email.body.partition("/choose/")[2].split("/")[0] for email in emails_sent()]
    assert [bool(link) for link in links] == [True, True, False]
    assert not [secret for secret in [*filter(None, links), NEW_PASSWORD, code()] if secret in text]


def test_an_email_names_ip_and_browser_and_goes_to_the_address_before_later_changes(as_user, front_desk):
    client = as_user(front_desk)
    client.post(reverse("mfa_deactivate_totp"), headers={"user-agent": "Some\x00Browser " + "x" * 500})
    front_desk.email = "thief@elsewhere.example"
    front_desk.save()
    (email,) = emails_sent()
    assert email.to == ["amara@clinic.example"]
    assert "IP address: 127.0.0.1" in email.body
    assert "Browser: SomeBrowser xxx" in email.body


def test_a_link_that_opens_the_account_goes_to_its_corrected_address(front_desk):
    emails.invite(front_desk)
    front_desk.email = "amara.okafor@clinic.example"
    front_desk.save()
    assert [email.to for email in emails_sent()] == [["amara.okafor@clinic.example"]]


def test_a_deleted_account_gets_no_email(front_desk):
    emails.invite(front_desk)
    front_desk.delete()
    assert emails_sent() == []

"""Emails about accounts wait in the queue, stored with the change and without any secret."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.accounts import emails
from clinic.email.delivery import NotSent
from tests.support.signing_in import code, emails_sent

pytestmark = pytest.mark.django_db
NEW = "nine lives of a cat"


def queued():
    return [job.args for job in ProcrastinateJob.objects.filter(task_name=emails.send_account_email.name)]


@pytest.fixture
def dead_mail_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


@pytest.mark.usefixtures("dead_mail_server")
def test_a_dead_mail_server_neither_breaks_a_change_nor_loses_its_email(as_user, front_desk):
    as_user(front_desk).post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    (args,) = queued()
    assert (args["letter"], args["to"]) == ("mfa/email/totp_deactivated", front_desk.email)
    with pytest.raises(NotSent, match="ConnectionRefusedError"):
        emails.send_account_email(**args)


def test_an_email_that_cannot_be_queued_stops_the_change(as_user, front_desk, monkeypatch):
    monkeypatch.setattr(emails, "notify", None)  # as when the queue's table is gone
    client = as_user(front_desk)
    client.raise_request_exception = False
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 500
    assert Authenticator.objects.filter(user=front_desk, type="totp").exists()


def test_the_queue_holds_no_way_into_an_account(client, as_user, front_desk):
    client.post(reverse("account_reset_password"), {"email": front_desk.email.upper()})
    emails.invite(front_desk)
    answers = {"oldpassword": "correct horse", "password1": NEW, "password2": NEW}
    as_user(front_desk).post(reverse("account_change_password"), answers)
    text = str(queued())
    links = [email.body.partition("/choose/")[2].split("/")[0] for email in emails_sent()]
    assert [bool(link) for link in links] == [True, True, False]
    assert not [secret for secret in [*filter(None, links), NEW, code()] if secret in text]


def test_an_account_email_says_from_where_and_goes_to_the_address_at_that_time(as_user, front_desk):
    client = as_user(front_desk)
    client.post(reverse("mfa_deactivate_totp"), headers={"user-agent": "Some\x00Browser " + "x" * 500})
    front_desk.email = "thief@elsewhere.example"
    front_desk.save()
    (email,) = emails_sent()
    assert email.to == ["amara@clinic.example"]
    assert "IP address: 127.0.0.1" in email.body
    assert "Browser: SomeBrowser xxx" in email.body


def test_an_account_that_is_gone_gets_none(front_desk):
    emails.invite(front_desk)
    front_desk.delete()
    assert emails_sent() == []

"""Email providers report bounces to a webhook, authenticated by a secret and a signature."""

import hashlib
import hmac
import json
from base64 import b64encode
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail import get_connection
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.email.delivery import NotSent
from clinic.models import ClinicSettings
from inquiries import jobs
from inquiries.choices import EventKind, Status
from inquiries.email import emails, queue
from inquiries.models import Reply
from tests.inquiries.desk.helpers import in_hours, page_html, seen

URL = "/email-events/"
SECRET, SIGNING_KEY = "s" * 50, "signing-key"


@pytest.fixture(params=["mailgun", "postmark"])
def provider(request, settings):
    return use_provider(settings, request.param)


@pytest.fixture
def mailgun(settings):
    return use_provider(settings, "mailgun")


def use_provider(settings, name):
    settings.EMAIL_PROVIDER, settings.EMAIL_WEBHOOK_SECRET = name, SECRET
    keys = {"WEBHOOK_SECRET": f"clinic:{SECRET}", "MAILGUN_WEBHOOK_SIGNING_KEY": SIGNING_KEY}
    settings.ANYMAIL = {**settings.ANYMAIL, **keys}
    return name


def signed(event, key=SIGNING_KEY):
    signature = hmac.new(key.encode(), b"1790000000token", hashlib.sha256).hexdigest()
    signature = {"timestamp": "1790000000", "token": "token", "signature": signature}
    return {"signature": signature, "event-data": event}


def bounce(provider, reply=None, receipt=None, appointment=None, **changes):
    objects = {"reply": reply, "receipt": receipt, "appointment": appointment}
    metadata = {name: str(found.uuid) for name, found in objects.items() if found}
    if provider == "mailgun":
        return signed({"event": "failed", "severity": "permanent", "user-variables": metadata} | changes)
    return {"RecordType": "Bounce", "Type": "HardBounce", "Metadata": metadata} | changes


def post(client, body, secret=SECRET):
    headers = {"Authorization": "Basic " + b64encode(f"clinic:{secret}".encode()).decode()} if secret else {}
    data = body if isinstance(body, str) else json.dumps(body)
    return client.post(URL, data, content_type="application/json", headers=headers).status_code


def test_a_bounced_reply_reopens_the_inquiry_once(client, provider, inquiry, reply):
    for _again in range(3):
        assert post(client, bounce(provider, reply)) == 204
    inquiry.refresh_from_db()
    assert inquiry.status == Status.IN_PROGRESS
    assert Reply.objects.get().delivery == Reply.Delivery.FAILED
    assert inquiry.events.filter(kind=EventKind.UNDELIVERED).count() == 1


def test_a_bounced_receipt_reopens_the_inquiry_once(client, desk, front_desk, mailgun, inquiry):
    inquiry.change_status("waiting", follow_up_at=in_hours(30), by=front_desk, seen=seen(inquiry))
    for _again in range(3):
        assert post(client, bounce(mailgun, receipt=inquiry)) == 204
    inquiry.refresh_from_db()
    assert inquiry.status == Status.NEW
    assert inquiry.events.filter(kind=EventKind.UNDELIVERED).count() == 1
    assert "Email not delivered" in desk.get("/admin/inquiries/").content.decode()
    sentence = "confirmation email couldn&#x27;t be delivered: call instead.</strong>"
    assert sentence in page_html(desk, inquiry)
    inquiry.log_call("spoke", by=front_desk, seen=seen(inquiry))
    assert sentence not in page_html(desk, inquiry)


def test_a_bounced_receipt_of_a_closed_inquiry_is_only_recorded(client, front_desk, mailgun, inquiry):
    inquiry.change_status("closed", outcome="answered", by=front_desk, seen=seen(inquiry))
    post(client, bounce(mailgun, receipt=inquiry))
    inquiry.refresh_from_db()
    assert (inquiry.status, inquiry.events.last().kind) == (Status.CLOSED, EventKind.UNDELIVERED)


def test_a_bounced_appointment_notifies_the_front_desk_once(client, front_desk, mailgun, inquiry):
    booked = {"appointment_at": in_hours(30), "place": "Main office", "tell_patient": True}
    queue.close(inquiry, "appointment", by=front_desk, seen=seen(inquiry), **booked)
    assert emails.appointment(inquiry).metadata == {"appointment": str(inquiry.uuid)}
    for _again in range(2):
        assert post(client, bounce(mailgun, appointment=inquiry)) == 204
    inquiry.refresh_from_db()
    assert (inquiry.status, inquiry.reminder_due) == (Status.CLOSED, True)
    assert inquiry.events.last().describe() == "The appointment email couldn't be delivered: call instead"
    [job] = ProcrastinateJob.objects.filter(args__letter="call_instead")
    jobs.send_email(**job.args)
    [email] = mail.outbox
    assert email.to == [ClinicSettings.current().front_desk_email]
    assert "Call the patient" in email.subject
    assert f"The appointment email of {inquiry.reference} couldn't be delivered." in email.body
    assert "due by" not in email.body


def test_a_receipt_that_the_mail_server_rejects_asks_staff_to_call(inquiry, monkeypatch):
    def refuse(*args):
        raise SMTPRecipientsRefused({inquiry.email: (550, b"no such person")})

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    jobs.send_email(letter="receipt", inquiry_id=inquiry.pk)
    assert inquiry.events.last().describe().endswith("call instead")
    with pytest.raises(NotSent):
        jobs.send_email(letter="front_desk_notice", inquiry_id=inquiry.pk)


def test_a_reply_that_the_patient_has_opened_never_fails(client, mailgun, inquiry, reply):
    inquiry.patient_opened(reply)
    assert post(client, bounce(mailgun, reply)) == 204
    assert Reply.objects.get().delivery == Reply.Delivery.OPENED


def test_events_without_the_secret_or_mailguns_signature_are_rejected(client, provider, inquiry, reply):
    for secret in ["", "wrong", SECRET[:-1]]:
        assert post(client, bounce(provider, reply), secret) == 403
    if provider == "mailgun":
        forged = signed(bounce(provider, reply)["event-data"], key="another")
        assert post(client, forged) == 403
        assert post(client, {"event-data": forged["event-data"]}) == 403
    assert not inquiry.events.filter(kind=EventKind.UNDELIVERED).exists()


def test_the_webhook_is_not_found_unless_it_is_configured(client, settings, mailgun, reply):
    configured = settings.ANYMAIL
    settings.ANYMAIL = configured | {"MAILGUN_WEBHOOK_SIGNING_KEY": ""}
    assert post(client, bounce(mailgun, reply)) == 404
    settings.ANYMAIL = configured
    for missing in ["EMAIL_PROVIDER", "EMAIL_WEBHOOK_SECRET"]:
        use_provider(settings, mailgun)
        setattr(settings, missing, "")
        assert post(client, bounce(mailgun, reply)) == 404, missing


def test_unrelated_temporary_and_malformed_events_change_nothing(client, mailgun, reply):
    for body in [bounce(mailgun), bounce(mailgun, reply, severity="temporary")]:
        assert post(client, body) == 204
    assert post(client, bounce(mailgun, reply, event="delivered", severity="")) == 204
    no_uuid = {"event": "failed", "user-variables": {"reply": "no uuid"}}
    for event in [[], None, 1, {}, {"event": "failed", "user-variables": 7}, {"event": {}}, no_uuid]:
        assert post(client, signed(event)) == 400
    assert Reply.objects.get().delivery == Reply.Delivery.QUEUED


MALFORMED_BODIES = ["", "[]", "null", "{}", '{"RecordType": []}', "[" * 100_000, "\x00", '{"event-data": 1}']


def test_malformed_requests_are_rejected_without_a_server_error(client, provider):
    for body in MALFORMED_BODIES:
        assert post(client, body) in {204, 400, 403, 411}, body[:9]
    assert post(client, "x" * (256 * 1024 + 1)) == 413
    assert client.get(URL).status_code == 405


def test_emails_carry_the_replys_uuid_and_no_tracking(settings, reply):
    message = emails.reply_notice(reply)
    backend = get_connection(
        "anymail.backends.mailgun.EmailBackend", api_key="key", sender_domain="mg.example"
    )
    data = backend.build_message_payload(message, backend.send_defaults).data
    assert json.dumps(dict(data)).count(str(reply.uuid)) == 1
    assert (data["o:tracking-opens"], data["o:tracking-clicks"]) == ("no", "no")

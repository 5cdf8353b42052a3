"""Text messages through a provider: notices of replies, codes that open them, and on-call escalation."""

import hmac
import json
from base64 import b64encode
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.email.delivery import NotSent
from clinic.models import ClinicSettings
from clinic.text import phones
from inquiries import jobs
from inquiries.choices import EventKind, Status
from inquiries.email import emails, escalation
from inquiries.models import Inquiry, Reply
from tests.inquiries.desk.helpers import ANSWERS, FIRST_ATTEMPT, act, opened, receive, seen

TEXT = "Canary: stop the aspirin on Friday."
FORM = "/contact/"
PHONE = "+12025550143"


def reply_with_code(by, **answers):
    """Reply to a new inquiry with these answers; return the reply and the reading code."""
    inquiry = receive(**answers)
    code = inquiry.issue_reading_code(by=by, seen=seen(inquiry))
    return inquiry.reply(TEXT, by=by, seen=seen(inquiry)), code


@pytest.fixture
def texted(provider, front_desk):
    """A reply whose link is texted, as the patient agreed."""
    return reply_with_code(front_desk, texts_ok=True)[0]


@pytest.fixture
def emailed(provider, front_desk):
    return reply_with_code(front_desk)[0]


def link_of(reply):
    return reverse("inquiries:reply", args=[reply.token])


def send(reply):
    jobs.send_reply.func(FIRST_ATTEMPT, reply_id=reply.pk)


def opens(client, reply, code):
    return TEXT in client.post(link_of(reply), {"code": code}).content.decode()


def text_code(client, reply, **headers):
    """Request a code as the patient does, run the queued jobs, and return the page."""
    page = client.post(link_of(reply), {"text_code": "1"}, headers=headers).content.decode()
    queued = ProcrastinateJob.objects.filter(task_name="inquiries.send_code")
    assert all(job.args == {"reply_id": reply.pk} for job in queued)
    for _job in queued:
        jobs.send_code(reply_id=reply.pk)
    queued.update(task_name="done")
    return page


def code_in(text):
    return text["Body"].partition("your code is ")[2].partition(".")[0]


def test_the_form_asks_for_text_consent_only_if_a_provider_is_set_up(client, answers, provider, settings):
    assert 'name="texts_ok"' in client.get(FORM).content.decode()
    client.post(FORM, answers | {"texts_ok": "on"})
    assert Inquiry.objects.get().texts_ok
    settings.SMS = None
    assert 'name="texts_ok"' not in client.get(FORM).content.decode()
    client.post(FORM, answers | {"texts_ok": "on", "message": "Another one"})
    assert not Inquiry.objects.latest("pk").texts_ok


def test_text_consent_needs_a_number_and_a_note_next_to_it_overrides_it(client, answers, provider):
    for phone, status, agreed in [
        ("", 200, []),
        ("(202) 555-0143", 302, [True]),
        ("202-555-0143, don't text me", 302, [False, True]),
    ]:
        response = client.post(FORM, answers | {"phone": phone, "texts_ok": "on", "message": f"At {phone}"})
        assert response.status_code == status
        assert list(Inquiry.objects.order_by("-pk").values_list("texts_ok", flat=True)) == agreed


def test_the_notice_has_only_clinic_reference_and_link(provider, texted):
    send(texted)
    [text] = provider.texts
    name, reference = ClinicSettings.current().name, texted.inquiry.reference
    body = f"{name}: we've answered your message {reference}. {texted.link}"
    report = f"{project.BASE_URL}/text-events/{texted.uuid}/"
    assert text == {"To": PHONE, "From": "+12025550100", "Body": body, "StatusCallback": report}
    assert Reply.objects.get().delivery == "sent"
    assert mail.outbox == []


def test_a_patient_with_only_a_phone_number_can_get_a_reply(provider, desk):
    inquiry = receive(email="", texts_ok=True)
    form = {"answer": TEXT, "link_days": 7}
    assert "(202) 555-0143 gets a text with a link" in act(desk, "reply", inquiry, **form).content.decode()
    act(desk, "reply", inquiry, **form, confirmed=1)
    assert Reply.objects.get().by_text
    assert inquiry.events.last().describe() == "Amara Okafor replied; the patient gets the link by text"
    [job] = ProcrastinateJob.objects.filter(task_name="inquiries.send_reply")
    assert job.args == {"reply_id": Reply.objects.get().pk}


def test_a_number_that_cant_receive_texts_becomes_a_task_to_call(provider, texted, caplog):
    provider.refuse(400, 21610)
    send(texted)
    inquiry = Inquiry.objects.get()
    assert inquiry.status == Status.IN_PROGRESS
    assert "call instead" in str(inquiry.events.last().describe())
    assert "0143" not in caplog.text


def test_temporary_errors_are_retried_and_never_reveal_the_number(provider, texted):
    for status in [401, 429, 500, 503]:
        provider.refuse(status, 20003)
        with pytest.raises(NotSent, match=f"^HTTP {status}, error 20003$") as refused:
            send(texted)
        assert not refused.value.is_final
    provider.stop()
    with pytest.raises(NotSent, match="URLError"):
        send(texted)


def post_report(client, reply, status="undelivered", key=b"t0ken"):
    path = f"/text-events/{reply.uuid}/"
    fields = {"MessageStatus": status, "To": PHONE, "MessageSid": "SM1"}
    signed = project.BASE_URL + path + "".join(name + fields[name] for name in sorted(fields))
    signature = b64encode(hmac.digest(key, signed.encode(), "sha1")).decode()
    return client.post(path, fields, headers={"X-Twilio-Signature": signature}).status_code


def test_a_signed_delivery_report_asks_staff_to_call_once(client, texted, settings):
    assert post_report(client, texted, key=b"guess") == 403
    assert post_report(client, texted, status="delivered") == 204
    assert Reply.objects.get().delivery == "queued"
    assert [post_report(client, texted) for _again in range(3)] == [204, 204, 204]
    assert texted.inquiry.events.filter(kind=EventKind.UNDELIVERED).count() == 1
    settings.SMS = None
    assert post_report(client, texted) == 404


def test_a_texted_code_opens_an_emailed_link_once(client, provider, emailed):
    page = text_code(client, emailed)
    assert ("It works for 10 minutes" in page, "ends in 43" in page) == (True, True)
    [text] = provider.texts
    assert text["To"] == PHONE
    assert [opens(client, emailed, code_in(text)) for _time in range(2)] == [True, False]


def test_staff_must_give_out_a_code_only_if_the_link_goes_to_the_same_phone(client, provider, front_desk):
    called = Inquiry.objects.enter(by=front_desk, source="phone", **ANSWERS)
    reply = called.reply(TEXT, by=front_desk, seen=seen(called))
    assert "No code? Open the link: we can text you one." in emails.reply_notice(reply).body
    text_code(client, reply)
    assert opens(client, reply, code_in(provider.texts[0]))
    answers = ANSWERS | {"name": "Bo", "texts_ok": True}
    texted = Inquiry.objects.enter(by=front_desk, source="phone", **answers)
    with pytest.raises(ValidationError, match="no reading code yet"):
        texted.reply(TEXT, by=front_desk, seen=seen(texted))


def test_a_texted_code_expires_after_ten_minutes_or_with_the_next_one(client, provider, emailed):
    text_code(client, emailed)
    text_code(client, emailed)
    old, new = map(code_in, provider.texts)
    assert not opens(client, emailed, old)
    Reply.objects.update(texted_code_until=timezone.now() - timedelta(seconds=1))
    assert not opens(client, emailed, new)
    assert Reply.objects.get().failed_attempts == 2


def test_five_wrong_codes_lock_texted_codes_until_a_new_reading_code(client, provider, emailed, front_desk):
    text_code(client, emailed)
    for _ in range(4):
        emailed.inquiry.check_reading_code("AAAAAA", emailed)
    client.post(link_of(emailed), {"code": "AAAAAA"})
    assert client.post(link_of(emailed), {"code": code_in(provider.texts[0])}).status_code == 410
    Reply.objects.update(texted_codes=3)
    inquiry = Inquiry.objects.get()
    inquiry.issue_reading_code(by=front_desk, seen=seen(inquiry))
    text_code(client, Reply.objects.get())
    assert len(provider.texts) == 2


def test_a_link_allows_three_texted_codes_and_none_for_scanners_or_texted_links(
    client, provider, emailed, front_desk
):
    client.get(f"{link_of(emailed)}?text_code=1")
    text_code(client, emailed, **{"sec-fetch-site": "cross-site"})
    assert provider.texts == []
    pages = [text_code(client, emailed) for _ in range(4)]
    assert len(provider.texts) == 3
    assert ["Text me a code" in page for page in pages] == [True, True, False, False]
    by_text, _code = reply_with_code(front_desk, texts_ok=True, message="Another")
    assert "Text me a code" not in text_code(client, by_text)
    assert len(provider.texts) == 3


def test_a_new_reading_code_or_phone_number_invalidates_texted_codes(client, provider, emailed, front_desk):
    inquiry = Inquiry.objects.get()
    contact = {"name": inquiry.name, "email": inquiry.email, "phone": phones.parse("(202) 555-0199")}
    for change, values in [(inquiry.issue_reading_code, {}), (inquiry.correct_contact, contact)]:
        text_code(client, emailed)
        change(**values, by=front_desk, seen=seen(inquiry))
        assert not opens(client, emailed, code_in(provider.texts[-1]))


def test_a_refused_code_isnt_retried_and_is_logged_without_patient_data(
    client, provider, emailed, caplog, settings
):
    provider.refuse(400, 21211)
    text_code(client, emailed)
    assert f"the code for reply {emailed.pk} was not sent: HTTP 400, error 21211" in caplog.text
    assert Inquiry.objects.get().status == Status.WAITING
    settings.SMS = None  # without a provider, no code is offered
    assert "Text me a code" not in client.post(link_of(emailed), {"text_code": "1"}).content.decode()
    assert not ProcrastinateJob.objects.filter(task_name="inquiries.send_code").exists()


def test_on_call_staff_get_email_text_and_webhook_until_the_inquiry_is_opened(provider, settings, inquiry):
    settings.ON_CALL_WEBHOOK = f"{provider.url}/hook/secret"
    clinic = ClinicSettings.current()
    clinic.on_call_email, clinic.on_call_phone = "on-call@clinic.example", "(202) 555-0199"
    clinic.save()
    recipients = escalation.recipients(escalation.STEPS[-1])
    assert recipients == ["on-call@clinic.example", "text", "webhook"]
    for recipient in recipients:
        jobs.send_escalation(inquiry_id=inquiry.pk, to=recipient)
    link = f"{project.BASE_URL}/admin/inquiries/{inquiry.pk}/"
    sentence = f"{clinic.name}: inquiry {inquiry.reference}, not opened yet. {link}"
    [text], [email] = provider.texts, mail.outbox
    assert (text["To"], text["Body"], email.to) == ("+12025550199", sentence, ["on-call@clinic.example"])
    facts = json.loads(provider.requests[-1][3])
    assert facts == {"text": sentence, "reference": inquiry.reference, "urgent": False, "link": link}
    number_of_requests = len(provider.requests)
    opened(inquiry)
    for recipient in recipients:
        jobs.send_escalation(inquiry_id=inquiry.pk, to=recipient)
    assert (len(provider.requests), len(mail.outbox)) == (number_of_requests, 1)


@pytest.mark.parametrize("arrived", [True, False])
def test_an_unconfirmed_text_is_resent_only_if_the_provider_doesnt_list_it(provider, texted, arrived):
    provider.refuse(503, 20003)
    for _attempt in range(2):  # the second can't query the provider, so it sends nothing
        with pytest.raises(NotSent):
            send(texted)
    listed = provider.texts[0]["Body"] if arrived else "Another text"
    provider.status, provider.answer = 201, {"messages": [{"body": listed}]}
    send(texted)
    assert len(provider.texts) == (1 if arrived else 2)
    assert Reply.objects.get().delivery == "sent"


@pytest.mark.parametrize("is_corrected", [True, False])
def test_consent_for_a_wrong_or_old_number_doesnt_allow_texts(provider, texted, front_desk, is_corrected):
    inquiry = Inquiry.objects.get()
    by_staff = {"by": front_desk, "seen": seen(inquiry)}
    if is_corrected:
        phone = phones.parse("(202) 555-0199")
        inquiry.correct_contact(name=inquiry.name, email=inquiry.email, phone=phone, **by_staff)
    else:
        inquiry.log_call("wrong_number", **by_staff)
    send(texted)
    assert provider.texts == []
    assert Reply.objects.get().delivery == "failed"

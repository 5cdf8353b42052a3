"""Attacks on another patient's reply: forwarded mail, scanners, replays, shared devices, lock-outs."""

import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from inquiries.choices import EventKind
from inquiries.email import emails
from inquiries.lookup import reading_codes
from inquiries.models import Inquiry, Reply
from inquiries.public.conversation import inquiry_from_ticket, ticket_for
from tests.inquiries.desk.helpers import in_hours, overwrite, receive, seen
from tests.inquiries.public.conftest import STATUS, TEXT, ticket


def html_of(response):
    return response.content.decode()


def rendered_at(response):
    return re.search(r'name="drawn" value="(\d+)"', html_of(response))[1]


def test_a_forwarded_notice_reveals_only_the_reference(client, inquiry, reply, link):
    notice = emails.reply_notice(reply)
    for text in [notice.subject + notice.body, html_of(client.get(link))]:
        assert inquiry.reference in text
        assert not {inquiry.name, inquiry.email, inquiry.message, TEXT} & set(re.split(r"[\n<>]", text))
        assert "Lovelace" not in text


def test_the_code_of_another_inquiry_opens_nothing(client, link, front_desk):
    another = receive(message="Something else")
    code = another.issue_reading_code(by=front_desk, seen=seen(another))
    for wrong in [code, reading_codes.first(another.uuid)]:
        assert TEXT not in html_of(client.post(link, {"code": wrong}))


def test_a_mail_scanner_opens_nothing_even_with_the_code_in_the_url(client, link, code):
    for method in ["get", "head", "options", "put", "delete"]:
        response = getattr(client, method)(f"{link}?code={code}&drawn=0")
        assert TEXT not in html_of(response), method
    assert Reply.objects.get().opened_at is None
    assert Inquiry.objects.get().code_attempts == Reply.objects.get().failed_attempts == 0


def test_conversation_pages_arent_cached_and_set_no_cookies(client, link, code, inquiry):
    opened = client.post(link, {"code": code})
    status = client.post(STATUS, {"reference": inquiry.reference, "code": code})
    written = client.post(STATUS, {"ticket": ticket(status), "message": "Thank you"})
    for response in [client.get(link), opened, status, written]:
        assert "no-store" in response["Cache-Control"]
        # With "no-referrer", browsers without Sec-Fetch-Site post "Origin: null", which is refused.
        assert response["Referrer-Policy"] == "same-origin"
        assert not response.cookies


def test_resubmitting_an_addition_or_a_withdrawal_stores_it_once(client, inquiry):
    proof = {"ticket": ticket_for(inquiry)}
    for _again in range(2):
        assert "Which" in html_of(client.post(STATUS, proof | {"message": "Which Friday?"}))
    wrote = inquiry.events.filter(kind=EventKind.WROTE)
    assert wrote.count() == 1
    wrote.update(at=in_hours(-1))
    inquiry.patient_wrote("Which Friday?")
    assert wrote.count() == 1  # unread
    overwrite(inquiry, opened_at=in_hours(0), unread_since=None)
    inquiry.patient_wrote("Which Friday?")
    assert (wrote.count(), Inquiry.objects.not_opened().count()) == (2, 1)
    for _again in range(2):
        client.post(STATUS, proof | {"withdraw": "1"})
    assert inquiry.events.filter(kind=EventKind.WITHDRAWN).count() == 1


def test_going_back_or_resubmitting_after_signing_out_shows_nothing(client, link, code, inquiry):
    before = rendered_at(client.get(link))
    page = client.post(link, {"code": code, "drawn": before})
    assert TEXT in html_of(page)
    signed_out = client.post(STATUS, {"ticket": ticket(page), "sign_out": "1"})
    assert "Your message is closed on this device" in html_of(signed_out)
    assert signed_out["Clear-Site-Data"] == '"cache"'
    again = client.post(link, {"code": code, "drawn": before})
    assert TEXT not in html_of(again)
    assert "Enter your code again" in html_of(again)
    status = {"reference": inquiry.reference, "code": code, "drawn": before}
    assert TEXT not in html_of(client.post(STATUS, status))
    for action in [{"message": "By somebody else"}, {"withdraw": "1"}]:
        assert client.post(STATUS, {"ticket": ticket(page), **action}).status_code == 403
    assert not inquiry.events.filter(kind__in=["wrote", "withdrawn"]).exists()
    assert TEXT in html_of(client.post(link, {"code": code, "drawn": rendered_at(again)}))


def test_only_unsent_text_is_returned_after_signing_out(client, link, code):
    page, secret = client.post(link, {"code": code}), "I have one more illness."
    client.post(STATUS, {"ticket": ticket(page), "message": secret})
    client.post(STATUS, {"ticket": ticket(page), "sign_out": "1"})
    for text, is_returned in [(secret, False), ("Typed in another tab", True)]:
        response = client.post(STATUS, {"ticket": ticket(page), "message": text})
        assert (response.status_code, text in html_of(response)) == (403, is_returned)


def test_the_confirmation_hides_the_code_after_closing_the_message(client, answers):
    form = {**answers, "message": "I want to end my life tonight"}
    confirmation = client.post(reverse("inquiries:contact"), form)["Location"]
    inquiry = Inquiry.objects.get()
    shown = reading_codes.formatted(reading_codes.first(inquiry.uuid))
    page = client.get(confirmation)
    assert shown in html_of(page)
    assert "data-advice=" in html_of(page)
    client.post(STATUS, {"ticket": ticket(page), "sign_out": "1"})
    back = html_of(client.get(confirmation))
    assert shown not in back
    assert "data-advice=" not in back
    again = client.post(reverse("inquiries:contact"), form)["Location"]
    assert inquiry.reference in again
    assert shown not in html_of(client.get(again))


def test_pages_expire_after_half_an_hour(client, link, code, monkeypatch):
    form, page = client.get(link), client.post(link, {"code": code})
    later = timezone.now() + timedelta(minutes=31)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert TEXT not in html_of(client.post(link, {"code": code, "drawn": rendered_at(form)}))
    response = client.post(STATUS, {"ticket": ticket(page), "message": "My long answer"})
    assert response.status_code == 403
    assert "My long answer" in html_of(response)
    closed = client.post(STATUS, {"ticket": ticket(page), "sign_out": "1"})
    assert "Your message is closed on this device" in html_of(closed)


def test_outdated_forged_or_altered_tickets_open_nothing(client, link, code, inquiry, front_desk):
    good = ticket_for(inquiry)
    other = receive(message="Something else")
    changed = good.replace(f"{inquiry.pk}.", f"{other.pk}.", 1)
    assert inquiry_from_ticket(good) == inquiry
    assert [inquiry_from_ticket(made_up) for made_up in ["", ":", "\x00", good[:-1], changed, "1.2.3:x"]] == [
        None
    ] * 6
    for number in ["x", "-1", "9" * 30, "\x00"]:  # invalid times don't keep the patient out
        assert TEXT in html_of(client.post(link, {"code": code, "drawn": number}))
    inquiry.issue_reading_code(by=front_desk, seen=seen(inquiry))
    for outdated in [good, changed]:
        assert client.post(STATUS, {"ticket": outdated, "message": "Mallory"}).status_code == 403


def test_wrong_codes_lock_only_the_status_page_until_a_new_code_is_issued(
    client, link, code, inquiry, front_desk
):
    """Anyone who knows a reference can lock the status page, but not the link in the email."""
    for _guess in range(6):
        inquiry.check_reading_code("AAAAAA")
    client.post(STATUS, {"reference": inquiry.reference, "code": "AAAAAA"})
    assert TEXT not in html_of(client.post(STATUS, {"reference": inquiry.reference, "code": code}))
    assert inquiry.events.filter(detail="locked").count() == 1
    assert TEXT in html_of(client.post(link, {"code": code}))
    inquiry.refresh_from_db()
    new = inquiry.issue_reading_code(by=front_desk, seen=seen(inquiry))
    assert TEXT in html_of(client.post(STATUS, {"reference": inquiry.reference, "code": new}))

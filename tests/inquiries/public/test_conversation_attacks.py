"""Ways into somebody else's answer: forwarded mail, scanners, replays, shared devices, lock-outs."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inquiries.choices import EventKind
from inquiries.email import emails
from inquiries.lookup import reading_codes
from inquiries.models import Inquiry, Reply
from inquiries.public.conversation import inquiry_from_ticket, ticket_for
from tests.inquiries.desk.helpers import in_hours, overwrite, receive, seen
from tests.inquiries.public.conftest import STATUS, TEXT, ticket


def words(response):
    return response.content.decode()


def drawn(response):
    """When the form that a page shows was drawn, as its hidden field says."""
    return re.search(r'name="drawn" value="(\d+)"', words(response))[1]


def test_a_forwarded_email_shows_the_reference_and_nothing_of_the_patient(client, inquiry, reply, link):
    notice = emails.reply_notice(reply)
    for text in [notice.subject + notice.body, words(client.get(link))]:
        assert inquiry.reference in text
        assert not {inquiry.name, inquiry.email, inquiry.message, TEXT} & set(re.split(r"[\n<>]", text))
        assert "Lovelace" not in text


def test_the_code_of_another_message_opens_nothing(client, link, front_desk):
    another = receive(message="Something else")
    code = another.issue_reading_code(by=front_desk, seen=seen(another))
    for wrong in [code, reading_codes.first(another.uuid)]:
        assert TEXT not in words(client.post(link, {"code": wrong}))


def test_a_mail_scanner_opens_nothing_even_with_the_code_in_the_address(client, link, code):
    for method in ["get", "head", "options", "put", "delete"]:
        response = getattr(client, method)(f"{link}?code={code}&drawn=0")
        assert TEXT not in words(response), method
    assert Reply.objects.get().opened_at is None
    assert Inquiry.objects.get().code_attempts == Reply.objects.get().failed_attempts == 0


def test_the_page_and_each_way_to_it_are_kept_by_no_cache_and_leave_no_cookie(client, link, code, inquiry):
    opened = client.post(link, {"code": code})
    status = client.post(STATUS, {"reference": inquiry.reference, "code": code})
    written = client.post(STATUS, {"ticket": ticket(status), "message": "Thank you"})
    for response in [client.get(link), opened, status, written]:
        assert "no-store" in response["Cache-Control"]
        # With "no-referrer", browsers without Sec-Fetch-Site post "Origin: null", which is refused.
        assert response["Referrer-Policy"] == "same-origin"
        assert not response.cookies


def test_reloading_after_writing_stores_and_tells_it_once(client, inquiry):
    proof = {"ticket": ticket_for(inquiry)}
    for _again in range(2):
        assert "Which" in words(client.post(STATUS, proof | {"message": "Which Friday?"}))
    wrote = inquiry.events.filter(kind=EventKind.WROTE)
    assert wrote.count() == 1
    wrote.update(at=in_hours(-1))
    inquiry.patient_wrote("Which Friday?")
    assert wrote.count() == 1  # nobody has read it yet
    overwrite(inquiry, opened_at=in_hours(0), unread_since=None)
    inquiry.patient_wrote("Which Friday?")
    assert (wrote.count(), Inquiry.objects.not_opened().count()) == (2, 1)
    for _again in range(2):
        client.post(STATUS, proof | {"withdraw": "1"})
    assert inquiry.events.filter(kind=EventKind.WITHDRAWN).count() == 1


def test_after_signing_out_going_back_and_sending_again_show_nothing(client, link, code, inquiry):
    before = drawn(client.get(link))
    page = client.post(link, {"code": code, "drawn": before})
    assert TEXT in words(page)
    left = client.post(STATUS, {"ticket": ticket(page), "sign_out": "1"})
    assert "Your message is closed on this device" in words(left)
    assert left["Clear-Site-Data"] == '"cache"'
    again = client.post(link, {"code": code, "drawn": before})
    assert TEXT not in words(again)
    assert "Enter your code again" in words(again)
    status = {"reference": inquiry.reference, "code": code, "drawn": before}
    assert TEXT not in words(client.post(STATUS, status))
    for what in [{"message": "By somebody else"}, {"withdraw": "1"}, {"sign_out": "1"}]:
        assert client.post(STATUS, {"ticket": ticket(page), **what}).status_code == 403
    assert not inquiry.events.filter(kind__in=["wrote", "withdrawn"]).exists()
    assert TEXT in words(client.post(link, {"code": code, "drawn": drawn(again)}))


def test_after_signing_out_nothing_that_was_sent_comes_back_and_nothing_else_is_lost(client, link, code):
    page, secret = client.post(link, {"code": code}), "I have one more illness."
    client.post(STATUS, {"ticket": ticket(page), "message": secret})
    client.post(STATUS, {"ticket": ticket(page), "sign_out": "1"})
    for text, comes_back in [(secret, False), ("Typed in another tab", True)]:  # a page sent again, by Back
        response = client.post(STATUS, {"ticket": ticket(page), "message": text})
        assert (response.status_code, text in words(response)) == (403, comes_back)


def test_after_signing_out_no_confirmation_shows_the_code(client, answers):
    form = {**answers, "message": "I want to end my life tonight"}
    confirmation = client.post(reverse("inquiries:contact"), form)["Location"]
    inquiry = Inquiry.objects.get()
    code = reading_codes.first(inquiry.uuid)
    shown = reading_codes.formatted(code)
    before = words(client.get(confirmation))
    assert shown in before
    assert "data-advice=" in before
    page = client.post(STATUS, {"reference": inquiry.reference, "code": code})
    client.post(STATUS, {"ticket": ticket(page), "sign_out": "1"})
    back = words(client.get(confirmation))
    assert shown not in back
    assert "data-advice=" not in back
    again = client.post(reverse("inquiries:contact"), form)["Location"]
    assert inquiry.reference in again
    assert shown not in words(client.get(again))


def test_a_page_left_open_for_half_an_hour_is_over(client, link, code, monkeypatch):
    form, page = client.get(link), client.post(link, {"code": code})
    later = timezone.now() + timedelta(minutes=31)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert TEXT not in words(client.post(link, {"code": code, "drawn": drawn(form)}))
    response = client.post(STATUS, {"ticket": ticket(page), "message": "My long answer"})
    assert response.status_code == 403
    assert "My long answer" in words(response)


def test_a_ticket_that_is_outdated_made_up_or_changed_opens_nothing(client, link, code, inquiry, front_desk):
    good = ticket_for(inquiry)
    other = receive(message="Something else")
    changed = good.replace(f"{inquiry.pk}.", f"{other.pk}.", 1)
    assert inquiry_from_ticket(good) == inquiry
    assert [inquiry_from_ticket(made_up) for made_up in ["", ":", "\x00", good[:-1], changed, "1.2.3:x"]] == [
        None
    ] * 6
    for number in ["x", "-1", "9" * 30, "\x00"]:  # it's no reason to keep the patient out
        assert TEXT in words(client.post(link, {"code": code, "drawn": number}))
    inquiry.issue_reading_code(by=front_desk, seen=seen(inquiry))
    for over in [good, changed]:
        assert client.post(STATUS, {"ticket": over, "message": "Mallory"}).status_code == 403


def test_guesses_at_the_reference_lock_that_page_alone_and_a_new_code_recovers_it(
    client, link, code, inquiry, front_desk
):
    """Whoever knows a reference can lock the page, and keeps nobody from the link in the email."""
    for _guess in range(6):
        inquiry.check_reading_code("AAAAAA")
    client.post(STATUS, {"reference": inquiry.reference, "code": "AAAAAA"})
    assert TEXT not in words(client.post(STATUS, {"reference": inquiry.reference, "code": code}))
    assert inquiry.events.filter(detail="locked").count() == 1
    assert TEXT in words(client.post(link, {"code": code}))
    inquiry.refresh_from_db()
    new = inquiry.issue_reading_code(by=front_desk, seen=seen(inquiry))
    assert TEXT in words(client.post(STATUS, {"reference": inquiry.reference, "code": new}))


@pytest.mark.parametrize("role", ["clinician", "editor", "reviewer"])
def test_no_other_role_reads_or_sends_an_answer_or_gives_out_a_code(as_user, request, inquiry, link, role):
    browser = as_user(request.getfixturevalue(role))
    stored = Inquiry.objects.get().reading_code_hash
    answer = {"answer": "x", "link_days": 7, "confirmed": 1}
    for name in ["reply", "code", "consent"]:
        browser.post(reverse(f"inquiry:{name}", args=[inquiry.pk]), {"seen": seen(inquiry), **answer})
    assert Inquiry.objects.get().reading_code_hash == stored
    assert Reply.objects.count() == 1
    assert TEXT not in words(browser.get(reverse("inquiry:inspect", args=[inquiry.pk]), follow=True))

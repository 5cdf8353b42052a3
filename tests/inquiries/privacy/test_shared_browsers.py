"""A colleague's browser session reveals nothing about patients to the next person."""

from django.contrib.messages import SUCCESS
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from clinic.accounts.middleware import LAST_SEEN_AT
from clinic.security.session_messages import EncryptedMessages
from clinic.security.sessions import SessionStore
from inquiries.models import AccessEntry
from tests.inquiries.desk.helpers import QUEUE, act, page_html


def test_an_unseen_message_is_deleted_with_its_session(desk, inquiry):
    """The connection may break before the next page is shown."""
    assert act(desk, "code", inquiry).status_code == 302
    assert set(desk.cookies) == {"sessionid"}
    assert "reading code" not in str(dict(desk.session))  # nor in a dump
    desk.post(reverse("account_logout"))
    assert "reading code" not in desk.get(reverse("account_login")).content.decode()


def test_a_concurrent_request_doesnt_delete_messages(desk, inquiry):
    """A request that records activity reads the session before the action, and writes it afterwards."""
    sessions = [SessionStore(desk.session.session_key) for _ in range(2)]
    before = [dict(session.items()) for session in sessions]
    assert LAST_SEEN_AT in before[0]
    act(desk, "spam", inquiry)
    sessions[0][LAST_SEEN_AT] += 1
    sessions[1]["new"] = "kept"
    for session in sessions:
        session.save()
    html = [page_html(desk, inquiry) for _ in range(2)]
    assert ["Marked as spam. <button" in page for page in html] == [True, False]
    session = desk.session
    assert (session["new"], session[LAST_SEEN_AT]) == ("kept", before[0][LAST_SEEN_AT] + 1)


def test_two_concurrent_actions_keep_both_messages(desk, inquiry):
    request = RequestFactory().get("/")
    request.session = SessionStore(desk.session.session_key)
    messages = EncryptedMessages(request)
    assert request.session.keys()  # loads the session before the other action saves it
    act(desk, "spam", inquiry)
    messages.add(SUCCESS, "Another.")
    messages.update(HttpResponse())
    request.session.save()
    html = page_html(desk, inquiry)
    assert "Marked as spam. <button" in html
    assert "Another." in html


def test_a_head_request_doesnt_count_as_opening(desk, inquiry):
    address = reverse("inquiry:inspect", args=[inquiry.pk])
    assert [desk.head(each).status_code for each in [address, f"{address}print/", QUEUE]] == [405] * 3
    inquiry.refresh_from_db()
    assert not inquiry.opened_at
    assert not AccessEntry.objects.exists()


def test_a_prefetched_page_doesnt_count_as_opened(desk, inquiry):
    address = reverse("inquiry:inspect", args=[inquiry.pk])
    assert desk.get(address, headers={"sec-purpose": "prefetch;prerender"}).status_code == 503
    inquiry.refresh_from_db()
    assert not inquiry.opened_at

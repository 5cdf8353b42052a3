"""What a colleague leaves behind in a browser tells the next person nothing of a patient."""

from django.contrib.messages import SUCCESS
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from clinic.accounts.middleware import LAST_SEEN_AT
from clinic.security.session_messages import EncryptedMessages
from clinic.security.sessions import SessionStore
from inquiries.models import AccessEntry
from tests.inquiries.desk.helpers import QUEUE, act, page_html


def test_a_message_that_nobody_saw_goes_with_the_session_that_it_was_for(desk, inquiry):
    """As when the connection broke before the next page came."""
    assert act(desk, "code", inquiry).status_code == 302
    assert set(desk.cookies) == {"sessionid"}
    assert "reading code" not in str(dict(desk.session))  # nor in a dump
    desk.post(reverse("account_logout"))
    assert "reading code" not in desk.get(reverse("account_login")).content.decode()


def test_another_request_at_once_takes_no_message_away(desk, inquiry):
    """Such as one that notes activity: it has read the session before, and writes it after."""
    meanwhile = [SessionStore(desk.session.session_key) for _ in range(2)]
    known = [dict(session.items()) for session in meanwhile]
    assert LAST_SEEN_AT in known[0]
    act(desk, "spam", inquiry)
    meanwhile[0][LAST_SEEN_AT] += 1
    meanwhile[1]["new"] = "kept"
    for session in meanwhile:
        session.save()
    html = [page_html(desk, inquiry) for _ in range(2)]
    assert ["Marked as spam. <button" in page for page in html] == [True, False]
    session = desk.session
    assert (session["new"], session[LAST_SEEN_AT]) == ("kept", known[0][LAST_SEEN_AT] + 1)


def test_two_actions_at_once_keep_both_messages(desk, inquiry):
    page = RequestFactory().get("/")
    page.session = SessionStore(desk.session.session_key)
    own = EncryptedMessages(page)
    assert page.session.keys()  # read before the other's is stored
    act(desk, "spam", inquiry)
    own.add(SUCCESS, "Another.")
    own.update(HttpResponse())
    page.session.save()
    html = page_html(desk, inquiry)
    assert "Marked as spam. <button" in html
    assert "Another." in html


def test_asking_for_the_head_of_a_page_counts_as_no_look(desk, inquiry):
    address = reverse("inquiry:inspect", args=[inquiry.pk])
    assert [desk.head(each).status_code for each in [address, f"{address}print/", QUEUE]] == [405] * 3
    inquiry.refresh_from_db()
    assert not inquiry.opened_at
    assert not AccessEntry.objects.exists()


def test_a_page_that_a_browser_fetches_ahead_counts_as_no_look(desk, inquiry):
    address = reverse("inquiry:inspect", args=[inquiry.pk])
    assert desk.get(address, headers={"sec-purpose": "prefetch;prerender"}).status_code == 503
    inquiry.refresh_from_db()
    assert not inquiry.opened_at

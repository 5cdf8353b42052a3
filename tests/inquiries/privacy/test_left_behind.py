"""What a colleague leaves behind in a browser tells the next person nothing of a patient."""

import pytest
from django.urls import reverse

from tests.inquiries.desk.desk_cast import act

pytestmark = pytest.mark.django_db


def test_a_message_that_nobody_saw_goes_with_the_session_that_it_was_for(desk, inquiry):
    """As when the connection broke before the next page came."""
    assert act(desk, "code", inquiry).status_code == 302
    assert set(desk.cookies) == {"sessionid"}
    assert "reading code" not in str(dict(desk.session))  # nor in a dump
    desk.post(reverse("account_logout"))
    assert "reading code" not in desk.get(reverse("account_login")).content.decode()


def test_a_message_is_shown_on_the_next_page_once(desk, inquiry):
    act(desk, "spam", inquiry)
    html = [desk.get(reverse("inquiry:inspect", args=[inquiry.pk])).content.decode() for _ in range(2)]
    assert ["Marked as spam. <button" in page for page in html] == [True, False]


def test_a_page_that_a_browser_fetches_ahead_counts_as_no_look(desk, inquiry):
    address = reverse("inquiry:inspect", args=[inquiry.pk])
    assert desk.get(address, headers={"sec-purpose": "prefetch;prerender"}).status_code == 503
    inquiry.refresh_from_db()
    assert not inquiry.opened_at

"""Users with access to inquiries are signed out after half an hour of inactivity, and after twelve hours."""

import pytest

from clinic.accounts.middleware import LAST_SEEN_AT, SIGNED_IN_AT
from tests.support.admin import CHEAPEST_ADDRESS, is_open

pytestmark = pytest.mark.django_db
MINUTE, HOUR = 60, 3600


def backdate(client, key, seconds):
    """Move a timestamp in the session to the past."""
    session = client.session
    session[key] -= seconds
    session.save()


def is_signed_in(client, path=CHEAPEST_ADDRESS):
    return is_open(client.get(path))


def test_half_an_hour_of_inactivity_ends_the_session_with_a_message(as_user, front_desk, manager, superuser):
    for user in [front_desk, manager, superuser]:
        client = as_user(user)
        for _ in range(2):  # activity restarts the half hour
            backdate(client, LAST_SEEN_AT, 29 * MINUTE)
            assert is_signed_in(client), user
        backdate(client, LAST_SEEN_AT, 31 * MINUTE)
        assert "We signed you out" in client.get("/admin/", follow=True).text
        assert not client.is_signed_in()


def test_polling_doesnt_count_as_activity(as_user, front_desk):
    for path in ["/admin/inquiries/news/", "/admin/editing-sessions/ping/wagtailcore/page/1/"]:
        client = as_user(front_desk)
        backdate(client, LAST_SEEN_AT, 20 * MINUTE)
        client.get(path)
        backdate(client, LAST_SEEN_AT, 11 * MINUTE)
        assert not is_signed_in(client), path


def test_a_session_ends_after_twelve_hours_despite_activity(as_user, front_desk):
    client = as_user(front_desk)
    backdate(client, SIGNED_IN_AT, 12 * HOUR + 1)
    assert not is_signed_in(client)
    assert not client.is_signed_in()


def test_session_limits_apply_to_account_pages_and_in_the_demo(as_user, front_desk, settings):
    for settings.DEMO in [False, True]:
        client = as_user(front_desk)
        backdate(client, LAST_SEEN_AT, 31 * MINUTE)
        assert not is_signed_in(client, "/sign-in/factors/")


def test_editors_stay_signed_in_while_inactive(as_user, editor):
    client = as_user(editor)
    backdate(client, LAST_SEEN_AT, 2 * HOUR)
    assert is_signed_in(client)


def test_autosave_while_signed_out_responds_with_instructions(client, article):
    headers = {"Accept": "application/json"}
    response = client.post(f"/admin/pages/{article.pk}/edit/", {"lead": "Words."}, headers=headers)
    assert (response.status_code, response.json()["error_code"]) == (401, "locked")
    assert "Copy what you typed" in response.json()["error_message"]

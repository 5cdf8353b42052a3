"""Who may see inquiries is signed out after half an hour without doing anything, and after twelve hours."""

import pytest

from clinic.accounts.middleware import LAST_SEEN_AT, SIGNED_IN_AT

pytestmark = pytest.mark.django_db
MINUTE, HOUR = 60, 3600


def move_clock(client, key, seconds):
    """As if it had happened that much earlier."""
    session = client.session
    session[key] -= seconds
    session.save()


def is_in(client, path="/admin/tag-autocomplete/"):  # the least that's asked of the admin
    return client.get(path).status_code == 200


def test_half_an_hour_of_nothing_ends_it_and_the_sign_in_says_why(as_user, front_desk, manager, superuser):
    for user in [front_desk, manager, superuser]:
        client = as_user(user)
        for _round in range(2):  # doing something restarts it
            move_clock(client, LAST_SEEN_AT, 29 * MINUTE)
            assert is_in(client), user
        move_clock(client, LAST_SEEN_AT, 31 * MINUTE)
        assert "We signed you out" in client.get("/admin/", follow=True).text
        assert not client.is_signed_in()


def test_a_screen_that_asks_by_itself_keeps_nobody_signed_in(as_user, front_desk):
    for path in ["/admin/inquiries/news/", "/admin/editing-sessions/ping/wagtailcore/page/1/"]:
        client = as_user(front_desk)
        move_clock(client, LAST_SEEN_AT, 20 * MINUTE)
        client.get(path)
        move_clock(client, LAST_SEEN_AT, 11 * MINUTE)
        assert not is_in(client), path


def test_twelve_hours_end_it_whatever_one_does(as_user, front_desk):
    client = as_user(front_desk)
    move_clock(client, SIGNED_IN_AT, 12 * HOUR + 1)
    assert not is_in(client)
    assert not client.is_signed_in()


def test_the_session_limit_holds_on_the_account_pages_and_in_the_demo(as_user, front_desk, settings):
    for settings.DEMO in [False, True]:
        client = as_user(front_desk)
        move_clock(client, LAST_SEEN_AT, 31 * MINUTE)
        assert not is_in(client, "/sign-in/factors/")


def test_editors_may_think_longer(as_user, editor):
    client = as_user(editor)
    move_clock(client, LAST_SEEN_AT, 2 * HOUR)
    assert is_in(client)


def test_nobody_stays_beyond_twelve_hours(settings):
    assert settings.SESSION_COOKIE_AGE == 12 * HOUR


def test_autosave_says_that_somebody_is_signed_out_and_how_to_keep_the_words(client, article):
    headers = {"Accept": "application/json"}
    answer = client.post(f"/admin/pages/{article.pk}/edit/", {"lead": "Words."}, headers=headers)
    assert (answer.status_code, answer.json()["error_code"]) == (401, "locked")
    assert "Copy what you typed" in answer.json()["error_message"]

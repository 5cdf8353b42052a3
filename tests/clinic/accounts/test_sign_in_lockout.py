"""Rate limits on sign-in, per account and per IP address, counted in the database for all processes."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.urls import reverse

from clinic.accounts.rate_limit_cache import Cache
from tests.support.signing_in import code, emails_sent, enroll, give_code, give_password

pytestmark = pytest.mark.django_db
TOO_MANY = "Too many attempts"


def guess(client, username, **headers):
    wrong = {"login": username, "password": "wrong horse"}
    return client.post(reverse("account_login"), wrong, headers=headers).content.decode()


def from_address(settings, number):
    settings.TRUSTED_PROXIES = 1
    return {"x-forwarded-for": f"203.0.113.{number}"}


def test_an_account_is_locked_after_five_failures_from_any_address(client, settings, front_desk, colleague):
    for number in range(5):
        assert TOO_MANY not in guess(client, "amara", **from_address(settings, number))
    response = give_password(client, front_desk, **from_address(settings, 99))
    assert TOO_MANY in response.content.decode()
    assert not client.is_signed_in()
    assert give_password(client, colleague, **from_address(settings, 99)).status_code == 302


def test_the_lockout_ignores_case_spaces_and_port(client, editor):
    dotless = "ch\N{LATIN SMALL LETTER DOTLESS I}ara"  # PostgreSQL's upper() returns CHIARA
    for port, spelling in enumerate(["CHIARA", " chiara ", "Chiara", dotless, "chiara"]):
        guess(client, spelling, host=f"testserver:{8000 + port}")
    assert TOO_MANY in guess(client, "chiara", host="testserver:9000")


def test_an_address_is_locked_after_twenty_failures_despite_forged_hops(client, settings, front_desk):
    def forged(number):
        return {"x-forwarded-for": f"198.51.100.{number}, 203.0.113.1"}

    settings.TRUSTED_PROXIES = 1
    for number in range(20):
        assert TOO_MANY not in guess(client, f"nobody-{number}", **forged(number))
    assert TOO_MANY in give_password(client, front_desk, **forged(99)).content.decode()
    assert give_password(client, front_desk, **from_address(settings, 2)).status_code == 302


def test_second_factor_codes_are_locked_after_five_failures(client, front_desk):
    enroll(front_desk)
    give_password(client, front_desk)
    for _attempt in range(5):
        give_code(client, "000000")
    assert TOO_MANY in give_code(client, code()).content.decode()
    assert not client.is_signed_in()


def test_lockout_counts_are_stored_in_the_database(client, front_desk):
    guess(client, "amara")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM clinic_cache WHERE cache_key LIKE '%login_failed%'")
        assert cursor.fetchone()[0] == 2


def test_other_cached_values_need_no_query(django_assert_num_queries):
    cache = caches["default"]
    assert isinstance(cache, Cache)
    with django_assert_num_queries(0):
        cache.set("key", 1)
        assert cache.get("key") == 1


def test_at_most_three_password_links_are_sent(client, front_desk):
    data = {"email": front_desk.email}
    responses = [client.post(reverse("account_reset_password"), data) for _ in range(4)]
    assert [response.status_code for response in responses] == [302, 302, 302, 429]
    assert len(emails_sent()) == 3

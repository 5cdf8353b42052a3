"""Counts of searches without results, which never identify the reader."""

from datetime import timedelta

import pytest
from django.utils import timezone

from education.models import FailedSearch


def record(*queries, days_ago=0):
    for query in queries:
        FailedSearch.objects.record(query)
    today = timezone.localdate()
    FailedSearch.objects.filter(day=today).update(day=today - timedelta(days=days_ago))


def reported():
    return [(row["words"], row["times"]) for row in FailedSearch.objects.report()]


def test_term_is_stored_only_if_searched_on_a_second_day(client, db):
    record("Xylophone", "xylophone ", days_ago=1)
    assert not FailedSearch.objects.exclude(term="").exists()
    assert reported() == []
    client.get("/search/?q=XYLOPHONE")
    assert reported() == [("xylophone", 3)]


@pytest.mark.usefixtures("db")
def test_personal_queries_arent_counted():
    for query in [
        *["maria@patient.example", "202 555 0143", "born 1948", "http://example.com", "x" * 61, "()", "a_b"],
        *["my mother fell and has pain", "\u202exylophone"],
    ]:
        FailedSearch.objects.record(query)
        assert not FailedSearch.objects.exists(), query


def test_terms_in_any_script_are_counted(db):
    record("muñeca", "关节炎")
    assert FailedSearch.objects.count() == 2


def test_successful_searches_and_head_requests_arent_counted(client, article):
    for address in ["/search/?q=kyphoplasty", "/search/", "/search/?q=%00"]:
        client.get(address)
    client.head("/search/?q=xylophone")
    assert not FailedSearch.objects.exists()


def test_terms_beyond_the_daily_limit_arent_counted(client, db, monkeypatch):
    monkeypatch.setattr("education.models.search.MAX_TERMS_PER_DAY", 2)
    record("one", "two", "three", "two")
    assert list(FailedSearch.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_single_searches_expire_after_a_month_and_all_after_a_year(db):
    record("old", days_ago=400)
    record("often", "once", days_ago=40)
    record("often")
    FailedSearch.objects.delete_expired()
    assert FailedSearch.objects.count() == 2
    assert reported() == [("often", 2)]

"""Editors learn which searches found nothing, and never who searched."""

from datetime import timedelta

import pytest
from django.utils import timezone

from education.models import FailedSearch


def failed(*queries, days_ago=0):
    for query in queries:
        FailedSearch.objects.record(query)
    today = timezone.localdate()
    FailedSearch.objects.filter(day=today).update(day=today - timedelta(days=days_ago))


def reported():
    return [(row["words"], row["times"]) for row in FailedSearch.objects.report()]


def test_a_term_is_written_down_only_when_it_comes_on_another_day(client, db):
    failed("Xylophone", "xylophone ", days_ago=1)
    assert not FailedSearch.objects.exclude(term="").exists()
    assert reported() == []
    client.get("/search/?q=XYLOPHONE")
    assert reported() == [("xylophone", 3)]


@pytest.mark.usefixtures("db")
def test_what_may_be_somebodys_own_is_not_counted():
    for query in [
        *["maria@patient.example", "202 555 0143", "born 1948", "http://example.com", "x" * 61, "()", "a_b"],
        *["my mother fell and has pain", "\u202exylophone"],
    ]:
        FailedSearch.objects.record(query)
        assert not FailedSearch.objects.exists(), query


def test_terms_in_any_script_are_counted(db):
    failed("muñeca", "关节炎")
    assert FailedSearch.objects.count() == 2


def test_neither_what_is_found_nor_a_question_of_a_monitor_is_counted(client, article):
    for address in ["/search/?q=kyphoplasty", "/search/", "/search/?q=%00"]:
        client.get(address)
    client.head("/search/?q=xylophone")
    assert not FailedSearch.objects.exists()


def test_a_flood_of_terms_is_not_counted(client, db, monkeypatch):
    monkeypatch.setattr("education.models.search.MAX_TERMS_PER_DAY", 2)
    failed("one", "two", "three", "two")
    assert list(FailedSearch.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_a_term_that_came_once_is_forgotten_after_a_month_and_all_after_a_year(db):
    failed("old", days_ago=400)
    failed("often", "once", days_ago=40)
    failed("often")
    FailedSearch.objects.delete_expired()
    assert FailedSearch.objects.count() == 2
    assert reported() == [("often", 2)]

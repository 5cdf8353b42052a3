"""Editors learn what was searched for in vain, and never who searched."""

from datetime import timedelta

import pytest
from django.utils import timezone

from education.models import VainSearch


def vain(*queries, days_ago=0):
    for query in queries:
        VainSearch.objects.count_one(query)
    today = timezone.localdate()
    VainSearch.objects.filter(day=today).update(day=today - timedelta(days=days_ago))


def reported():
    return [(row["words"], row["times"]) for row in VainSearch.objects.report()]


def test_a_term_is_written_down_only_when_it_comes_on_another_day(client, db):
    vain("Xylophone", "xylophone ", days_ago=1)
    assert not VainSearch.objects.exclude(term="").exists()
    assert reported() == []
    client.get("/search/?q=XYLOPHONE")
    assert reported() == [("xylophone", 3)]


@pytest.mark.parametrize(
    "query",
    [
        "maria@patient.example",
        "202 555 0143",
        "born 1948",
        "http://example.com",
        "my mother fell and has pain",
        "x" * 61,
        "()",
        "a_b",
        "\u202exylophone",
    ],
)
def test_what_may_be_somebodys_own_is_not_counted(client, db, query):
    client.get("/search/", {"q": query})
    assert not VainSearch.objects.exists()


def test_terms_in_any_script_are_counted(client, db):
    client.get("/search/", {"q": "dolor de muñeca"})
    client.get("/search/", {"q": "关节炎"})
    assert VainSearch.objects.count() == 2


@pytest.mark.parametrize("address", ["/search/?q=kyphoplasty", "/search/", "/search/?q=%00"])
def test_what_is_found_is_not_counted(client, article, address):
    client.get(address)
    assert not VainSearch.objects.exists()


def test_a_question_of_a_monitor_is_not_counted(client, db):
    client.head("/search/?q=xylophone")
    assert not VainSearch.objects.exists()


def test_a_flood_of_terms_is_not_counted(client, db, monkeypatch):
    monkeypatch.setattr("education.models.search.MOST_A_DAY", 2)
    vain("one", "two", "three", "two")
    assert list(VainSearch.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_a_term_that_came_once_is_forgotten_after_a_month_and_all_after_a_year(db):
    vain("old", days_ago=400)
    vain("often", "once", days_ago=40)
    vain("often")
    VainSearch.objects.forget()
    assert VainSearch.objects.count() == 2
    assert reported() == [("often", 2)]

"""Query plans: each tab, count, filter and search uses an index, and so does receiving a message."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from clinic.models import ClinicSettings
from inquiries.desk.queue import tabs
from inquiries.desk.queue.filters import InquiryFilterSet
from inquiries.lookup import reading_codes
from inquiries.models import Inquiry
from inquiries.models.inquiry.sent_before import sent_before
from tests.conftest import make_user
from tests.support.admin import number_from_one

ARCHIVE_SIZE = 1_500  # enough for the planner's statistics to be realistic


@pytest.fixture(scope="module")
def archive(module_db):
    user = make_user("amara", "Amara", "Okafor", "Front desk")
    number_from_one(Inquiry)  # the samples depend on ids
    call_command("load_sample_inquiries", ARCHIVE_SIZE, verbosity=0)
    return user


def plan_without(method, sql, params=()):
    """Return the query plan with a method disabled that PostgreSQL prefers for small tables."""
    with connection.connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL enable_{method} = off")
        cursor.execute(f"EXPLAIN {sql}", params)
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute(f"SET LOCAL enable_{method} = on")
    return plan


def needs_full_scan(sql, params=()):
    """Return True if PostgreSQL reads all inquiries even with sequential scans disabled."""
    plan = plan_without("seqscan", sql, params)
    return "Seq Scan on inquiries_inquiry" in plan or reads_whole_index(plan)


def reads_whole_index(plan):
    """Return True if a trigram index is read without a condition, which is no better than a full scan."""
    return "Bitmap Index Scan on inquiry_search" in plan and "Index Cond" not in plan


def uses_index(queryset):
    sql, params = queryset.query.sql_with_params()
    return not needs_full_scan(sql, params)


def test_each_tab_and_its_count_use_an_index(archive, db):
    for view in tabs.TABS:
        listed = tabs.inquiries_in(view, archive)
        counted = listed.order_by().values("pk")[: tabs.MAX_COUNTED + 1]
        assert uses_index(listed[:50]), view
        assert uses_index(counted), view


FILTERS = [
    *({"status": "closed"}, {"assignee": "null"}, {"topic": "billing"}, {"asker": "clinician"}),
    *({"source": "walk_in"}, {"urgent": "True"}, {"outcome": "no_answer"}, {"calls": "3"}),
    {"received_at_from": "2020-05-01", "received_at_to": "2020-05-02"},
]


def test_each_filter_uses_an_index(archive, db):
    everything = tabs.inquiries_in("all", archive)
    for query in FILTERS:
        filters = InquiryFilterSet(query, queryset=everything)
        assert filters.is_valid(), query
        assert uses_index(filters.filter_queryset(everything)[:50]), query


SEARCHES = [
    *["magda", "Fictional Noor", "noor.fict", "5550143", "0143", "K7Q4-M9XP", "K7Q4-M", "4679", "zo", "李"],
    *["Mohamed Ficshonal", "nobodyatall", "a@b", "noor.fictional@example.com", "(202) 555-0143", "Ficshonal"],
    *["Fitcional Nor", "%%%", "_ _", "@@", "a b c d e f g h"],
]


def test_each_search_uses_an_index(archive, db):
    with connection.execute_wrapper(forbid_full_scans):
        for text in SEARCHES:
            list(Inquiry.objects.all().search(text)[:50])


def forbid_full_scans(execute, sql, params, many, context):
    if sql.startswith(("SELECT", "(SELECT")) and "inquiries_inquiry" in sql:
        assert not needs_full_scan(sql, params), sql
    return execute(sql, params, many, context)


PAGES = [
    *[reverse("inquiry:view", args=[view]) for view in tabs.TABS],
    reverse("inquiry:view", args=["closed"]) + "?topic=billing&calls=3&p=2",
    reverse("inquiry:view", args=["all"]) + "?assignee=null&status=closed",
    reverse("inquiry:view", args=["open"]) + "?ordering=received_at",
    *[
        reverse("inquiry:view", args=[view]) + "?before=2026-01-01T00:00:00%2B00:00_5"
        for view in sorted(tabs.ARCHIVE)
    ],
    reverse("inquiry:news") + "?newest=5",
    reverse("inquiry:news") + "?newest=5,2,3;9,7,8",
    reverse("wagtailadmin_home"),
]


def test_each_page_needs_few_queries_and_uses_indexes(
    archive, db, as_user, within_a_second, django_assert_max_num_queries
):
    desk = as_user(archive)
    desk.get(PAGES[0])
    for url in PAGES:
        with (
            connection.execute_wrapper(forbid_full_scans),
            django_assert_max_num_queries(12 if "news" in url else 26, info=url),
        ):
            assert desk.get(url).status_code == 200


def test_the_inquiry_page_needs_few_queries_and_uses_indexes(
    archive, db, as_user, within_a_second, django_assert_max_num_queries
):
    desk, url = as_user(archive), reverse("inquiry:inspect", args=[Inquiry.objects.first().pk])
    desk.get(url)
    with connection.execute_wrapper(forbid_full_scans), django_assert_max_num_queries(27):
        assert desk.get(url).status_code == 200


def test_archive_tabs_are_read_in_index_order(archive, db, as_user, crawl):
    desk, queries = as_user(archive), []

    def forbid_sorts(execute, sql, params, many, context):
        if 'FROM "inquiries_inquiry"' in sql and "ORDER BY" in sql:
            queries.append(sql)
            assert "Sort" not in plan_without("sort", sql, params), sql
        return execute(sql, params, many, context)

    for view in tabs.ARCHIVE:
        for ordering in ("received_at", "-received_at", "due_at", "-due_at"):
            queries.clear()
            with connection.execute_wrapper(forbid_sorts):
                desk.get(reverse("inquiry:view_results", args=[view]), {"ordering": ordering})
            assert queries, (view, ordering)


def test_the_lookup_of_resubmissions_uses_an_index(archive, db):
    queries = []

    def record(execute, sql, params, many, context):
        queries.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(record):
        sent_before("f" * 64, "d" * 64)
    [(sql, params)] = queries
    assert not needs_full_scan(sql, params)


def test_sample_inquiries_are_plausible_and_fictional(archive, db):
    assert Inquiry.objects.count() == ARCHIVE_SIZE
    assert not Inquiry.objects.exclude(phone="").exclude(phone__contains="55501").exists()
    assert not Inquiry.objects.exclude(email="").exclude(email__endswith="@example.com").exists()
    assert Inquiry.objects.open().count() > 100
    hours = ClinicSettings.current().hours
    due = Inquiry.objects.to_do().values_list("due_at", flat=True)
    assert all(hours.is_open(due_at - timedelta(seconds=1)) for due_at in due)
    inquiry = Inquiry.objects.first()
    assert inquiry.message.startswith("(Made up.)")
    assert inquiry.events.count() == 1
    assert inquiry.check_reading_code(reading_codes.first(inquiry.uuid))
    assert User.objects.filter(pk=inquiry.assignee_id or archive.pk).exists()

"""Every view, count, filter and search of the queue is served by an index; so is what each message asks."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from clinic.models import ClinicSettings
from inquiries.desk.queue import tabs
from inquiries.desk.queue.filters import InquiryFilterSet
from inquiries.lookup import reading_codes
from inquiries.management import sample_data
from inquiries.models import Inquiry
from inquiries.models.inquiry.sent_before import sent_before
from tests.conftest import make_user
from tests.support.admin import number_from_one

# What an archive holds after some months; enough for the planner to have statistics.
MANY = 1_500


@pytest.fixture(scope="module")
def archive(module_db):
    user = make_user("amara", "Amara", "Okafor", "Front desk")
    number_from_one(Inquiry)  # the samples depend on it
    call_command("load_sample_inquiries", MANY, verbosity=0)
    return user


def plan_without(way, sql, params=()):
    """How PostgreSQL answers if told not to go a way that it chooses for tables as small as a test's."""
    with connection.connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {sql}", params)
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute(f"SET LOCAL enable_{way} = on")
    return plan


def walks(sql, params=()):
    """Whether PostgreSQL can only answer by reading all inquiries: told not to, it still does."""
    plan = plan_without("seqscan", sql, params)
    return "Seq Scan on inquiries_inquiry" in plan or reads_whole_index(plan)


def reads_whole_index(plan):
    """A trigram index that has nothing to look for is read from end to end: no better than the table."""
    return "Bitmap Index Scan on inquiry_search" in plan and "Index Cond" not in plan


def is_served_by_an_index(queryset):
    sql, params = queryset.query.sql_with_params()
    return not walks(sql, params)


def test_each_view_and_its_count(archive, db):
    for view in tabs.TABS:
        listed = tabs.inquiries_in(view, archive)
        counted = listed.order_by().values("pk")[: tabs.MAX_COUNTED + 1]
        assert is_served_by_an_index(listed[:50]), view
        assert is_served_by_an_index(counted), view


FILTERS = [
    *({"status": "closed"}, {"assignee": "null"}, {"topic": "billing"}, {"asker": "clinician"}),
    *({"source": "walk_in"}, {"urgent": "True"}, {"outcome": "no_answer"}, {"calls": "3"}),
    {"received_at_from": "2020-05-01", "received_at_to": "2020-05-02"},
]


def test_each_filter(archive, db):
    everything = tabs.inquiries_in("all", archive)
    for query in FILTERS:
        filters = InquiryFilterSet(query, queryset=everything)
        assert filters.is_valid(), query
        assert is_served_by_an_index(filters.filter_queryset(everything)[:50]), query


SEARCHES = [
    *["magda", "Fictional Noor", "noor.fict", "5550143", "0143", "K7Q4-M9XP", "K7Q4-M", "4679", "zo", "李"],
    *["Mohamed Ficshonal", "nobodyatall", "a@b", "noor.fictional@example.com", "(202) 555-0143", "Ficshonal"],
    *["Fitcional Nor", "%%%", "_ _", "@@", "a b c d e f g h"],
]


def test_each_search(archive, db):
    """Each query that a search makes, as PostgreSQL plans it."""
    with connection.execute_wrapper(refuse_walks):
        for text in SEARCHES:
            list(Inquiry.objects.all().search(text)[:50])


def refuse_walks(execute, sql, params, many, context):
    if sql.startswith(("SELECT", "(SELECT")) and "inquiries_inquiry" in sql:
        assert not walks(sql, params), sql
    return execute(sql, params, many, context)


SCREENS = [
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


def test_each_screen_in_few_queries(archive, db, as_user, within_a_second, django_assert_max_num_queries):
    """All of its queries: the list, the counts, what can be filtered by, the menu's numbers."""
    desk = as_user(archive)
    desk.get(SCREENS[0])
    for address in SCREENS:
        with connection.execute_wrapper(refuse_walks), django_assert_max_num_queries(26, info=address):
            assert desk.get(address).status_code == 200


def test_the_page_of_one_inquiry(archive, db, as_user, within_a_second, django_assert_max_num_queries):
    """With the hints at what may be the same person, which the log keeps apart from what was opened."""
    desk, address = as_user(archive), reverse("inquiry:inspect", args=[Inquiry.objects.first().pk])
    desk.get(address)
    with connection.execute_wrapper(refuse_walks), django_assert_max_num_queries(27):
        assert desk.get(address).status_code == 200


def test_the_archive_is_never_sorted(archive, db, as_user, crawl):
    """Whatever the address asks for, rows come in the order of an index."""
    desk, looked_at = as_user(archive), []

    def refuse_sorts(execute, sql, params, many, context):
        if 'FROM "inquiries_inquiry"' in sql and "ORDER BY" in sql:
            looked_at.append(sql)
            assert "Sort" not in plan_without("sort", sql, params), sql
        return execute(sql, params, many, context)

    for view in tabs.ARCHIVE:
        for ordering in ("received_at", "-received_at", "due_at", "-due_at"):
            looked_at.clear()
            with connection.execute_wrapper(refuse_sorts):
                desk.get(reverse("inquiry:view_results", args=[view]), {"ordering": ordering})
            assert looked_at, (view, ordering)


def test_whether_it_was_sent_before(archive, db):
    asked = []

    def note(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        sent_before("f" * 64, "d" * 64)
    [(sql, params)] = asked
    assert not walks(sql, params)


def test_a_typing_mistake_still_finds_the_person(archive, db):
    name = Inquiry.objects.filter(name__endswith=" Fictional").first().name
    mistyped = name.replace("Fictional", "Fictionel")
    assert name in Inquiry.objects.search(mistyped).values_list("name", flat=True)


def test_sample_inquiries_are_plausible_and_nobodys(archive, db):
    assert Inquiry.objects.count() == MANY
    assert not Inquiry.objects.exclude(phone="").exclude(phone__contains="55501").exists()
    assert not Inquiry.objects.exclude(email="").exclude(email__endswith="@example.com").exists()
    assert Inquiry.objects.open().count() > 100
    hours = ClinicSettings.current().hours
    due = Inquiry.objects.to_do().values_list("due_at", flat=True)
    assert all(hours.is_open(due_at - timedelta(seconds=1)) for due_at in due)
    inquiry = Inquiry.objects.first()
    assert inquiry.message.startswith("(Made up.)")
    assert inquiry.events.count() == 1
    assert User.objects.filter(pk=inquiry.assignee_id or archive.pk).exists()


def test_sample_patients_can_be_sent_a_reply(archive, db):
    for inquiry in Inquiry.objects.order_by("pk")[:3]:
        assert inquiry.check_reading_code(reading_codes.first(inquiry.uuid))


def test_no_number_no_samples(db):
    with pytest.raises(CommandError):
        call_command("load_sample_inquiries", 0)


def test_samples_take_no_reference_that_is_taken():
    def references(**options):
        known = {"now": timezone.now(), "colleagues": [], "answer_by": lambda moment: moment}
        return {inquiry.reference for inquiry in sample_data.inquiries(range(1, 51), **known, **options)}

    first = references()
    assert not first & references(taken=first)

"""Each access to an inquiry and each change is logged, and the log can't be altered unnoticed."""

from collections import Counter

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from inquiries.models import AccessEntry, AccessHead, AccessKind, Inquiry
from tests.inquiries.desk.helpers import BULK_URLS, QUEUE, receive, search
from tests.support import databases
from tests.support.admin import admin_addresses, number_from_one, users_read_once, view_of

CANARY = "Goldfinch"


@pytest.fixture
def inquiry(db_or_committed):
    return receive(name=f"Canary {CANARY}")


@pytest.fixture
def first_inquiry(db, request):
    number_from_one(Inquiry)
    return request.getfixturevalue("inquiry")


def newest():
    with connection.cursor() as cursor:
        # Write the entries that are due at the end of the transaction.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return AccessEntry.objects.first()


def test_each_view_and_search_is_logged_once(as_user, manager, inquiry):
    client = as_user(manager)
    client.get(QUEUE)
    client.get(reverse("inquiry:inspect", args=[inquiry.pk]))
    client.get(QUEUE, {"export": "csv"})
    search(client, "goldf")
    entries = AccessEntry.objects.order_by("position")
    assert [entry.kind for entry in entries] == ["listed", "viewed", "exported", "searched"]
    assert {(entry.person, entry.person_name) for entry in entries} == {(manager.pk, "Elif Demir")}
    assert [entry.inquiries for entry in entries] == [[inquiry.pk]] * 4


def test_searches_without_results_are_logged_but_opening_the_form_isnt(as_user, manager, inquiry):
    client, form = as_user(manager), reverse("inquiry:person")
    client.get(form)
    client.post(form, {"contact": "no contact"})
    assert not AccessEntry.objects.exists()
    search(client, "nobody of this name")
    client.post(form, {"contact": "nobody@patient.example"})
    entries = AccessEntry.objects.all()
    assert [(entry.kind, entry.person, entry.inquiries) for entry in entries] == [
        (AccessKind.SEARCHED, manager.pk, [])
    ] * 2


def shows_inquiry(address, response, entries_before):
    """Return whether the response shows the inquiry, after checking that the newest entry names it."""
    assert response.status_code < 500, address
    is_shown = CANARY.encode() in response.getvalue()
    if is_shown:
        assert AccessEntry.objects.count() > entries_before, address
        assert AccessEntry.objects.first().inquiries == [1], address
    return is_shown


@pytest.fixture
def payloads(first_inquiry):
    """Return the forms to post to an address: empty, outdated and valid.

    Views that aren't about inquiries get an empty form once. From a view's third address on, only the last.
    """
    filled_in = {"contact": first_inquiry.email, "q": CANARY, "text": "Called", "result": "spoke"}
    views = Counter()

    def payloads_for(address):
        view = address if address in BULK_URLS else view_of(address)
        views[view] += 1
        if "/inquir" not in address:
            return [{}][views[view] - 1 :]
        seen = (
            [f"{first_inquiry.pk}-0", f"{first_inquiry.pk}-{2**59}"] if address in BULK_URLS else [0, 2**62]
        )
        forms = [{}, *({"seen": event, **filled_in} for event in seen)]
        return forms if views[view] <= 2 else forms[-1:]

    return payloads_for


def test_every_post_whose_response_shows_an_inquiry_is_logged(as_user, manager, payloads, crawl):
    """Posts are rejected, accepted and repeated; an erasure is never confirmed.

    For GET, see clinic/wagtail_overrides/test_admin_addresses.py.
    """
    manager.groups.set(Group.objects.all())
    client, showing, followed = as_user(manager), set(), set()

    def post(url, data):
        response = client.post(url, data)
        if response.status_code != 302 or response.url in followed:
            return response
        followed.add(response.url)
        return client.get(response.url, follow=True)

    with users_read_once():
        for address in sorted([*admin_addresses(), *BULK_URLS], key=lambda address: "/inquir" not in address):
            for data in payloads(address):
                before = AccessEntry.objects.count()
                if shows_inquiry(address, post(f"{address}?id=1", data), before):
                    showing.add(address)
    some = {"/admin/inquiries/", "/admin/inquiries/1/assign/", "/admin/inquiries/person/export/"}
    assert {*some, *BULK_URLS} <= showing
    assert client.get("/admin/inquiries/").status_code == 200  # still signed in
    assert Inquiry.objects.exists()


def test_an_inquiry_isnt_shown_if_logging_fails(as_user, manager, inquiry):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE inquiries_accessentry RENAME TO gone")
    with pytest.raises(DatabaseError):
        as_user(manager).get(reverse("inquiry:inspect", args=[inquiry.pk]))


CHANGES = [
    "UPDATE inquiries_accessentry SET person_name = 'Nobody'",
    "DELETE FROM inquiries_accessentry",
    "TRUNCATE inquiries_accessentry",
    "DELETE FROM inquiries_accesshead",
    "TRUNCATE inquiries_accesshead",
    "UPDATE inquiries_accesshead SET position = 0",
]


def test_the_database_rejects_changes_to_the_log(manager, inquiry):
    AccessEntry.objects.record(AccessKind.LISTED, manager, [inquiry.pk])
    newest()  # writes the entry
    with connection.cursor() as cursor:
        for sql in CHANGES:
            with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
                cursor.execute(sql)


@pytest.fixture
def three_entries(committed_db, manager, inquiry):
    for _ in range(3):
        AccessEntry.objects.record(AccessKind.LISTED, manager, [inquiry.pk])
    return list(AccessEntry.objects.order_by("position"))


def tamper(sql):
    """Change the log as the owner of the database could."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET session_replication_role = DEFAULT")


def test_an_intact_log_passes_verification(three_entries, capsys):
    call_command("verify_audit", head=[three_entries[1].hash])
    assert three_entries[-1].hash in capsys.readouterr().out
    assert str(AccessHead.objects.get()) == f"3 {three_entries[-1].hash}"


TAMPERED = {
    "UPDATE inquiries_accessentry SET person_name = 'Nobody' WHERE position = 2": "Entry 2 has been changed.",
    "UPDATE inquiries_accessentry SET inquiries = '{}' WHERE position = 1": "Entry 1 has been changed.",
    "UPDATE inquiries_accessentry SET at = now() WHERE position = 3": "Entry 3 has been changed.",
    "DELETE FROM inquiries_accessentry WHERE position = 2": "Entry 2 is missing.",
    "DELETE FROM inquiries_accessentry WHERE position = 3": "Entries after 2 have been cut off.",
    "DELETE FROM inquiries_accesshead": "Entries after 3 have been cut off.",
}


def test_tampering_by_the_databases_owner_is_detected(three_entries):
    for sql, problem in TAMPERED.items():
        with transaction.atomic():
            tamper(sql)
            with pytest.raises(CommandError, match=problem):
                call_command("verify_audit")
            transaction.set_rollback(True)


def test_entries_written_during_verification_dont_fail_it(three_entries):
    """On a live site, others may write an entry after each query of the verification."""

    def write_one_more(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        with databases.connect(connection.settings_dict["NAME"]) as another:
            another.execute(
                "INSERT INTO inquiries_accessentry (kind, person, person_name, inquiries, detail)"
                " VALUES ('viewed', 1, 'Amara', '{1}', '')"
            )
        return result

    with connection.execute_wrapper(write_one_more):
        assert AccessEntry.objects.first_error() == ""
    assert AccessEntry.objects.count() > 3


def test_a_truncated_log_with_an_altered_head_fails_against_a_noted_hash(three_entries):
    tamper("DELETE FROM inquiries_accessentry WHERE position = 3")
    tamper(f"UPDATE inquiries_accesshead SET position = 2, hash = '{three_entries[1].hash}'")  # noqa: S608
    call_command("verify_audit")
    with pytest.raises(CommandError, match="is gone"):
        call_command("verify_audit", head=[three_entries[2].hash])


def test_managers_can_filter_the_log_by_inquiry_and_person(as_user, manager, front_desk, inquiry):
    as_user(front_desk).get("/admin/inquiries/")
    report = reverse("inquiry_access")
    html = as_user(manager).get(f"{report}?inquiry={inquiry.reference}&person=okafor").content.decode()
    assert "Amara Okafor" in html
    assert "1 access entry" in html
    assert inquiry.reference in html
    assert "Amara Okafor" not in as_user(manager).get(f"{report}?person=nobody").content.decode()


def test_only_managers_read_the_access_log(as_user, front_desk, editor, reviewer):
    for user in [front_desk, editor, reviewer]:
        response = as_user(user).get(reverse("inquiry_access"))
        assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))

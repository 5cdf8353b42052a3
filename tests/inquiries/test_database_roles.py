"""The site works with its own database role (deploy/postgresql/roles.sql), which can't rewrite the log."""

import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction
from django.urls import reverse

from inquiries.models import AccessEntry, Inquiry
from inquiries.privacy import erasure
from inquiries.privacy.data_subject import Contact
from tests.inquiries.desk.helpers import opened, seen
from tests.support import databases
from tests.support.publishing import publish

DEPLOY = Path(__file__).resolve().parents[2] / "deploy" / "postgresql"
SITE_ROLE = f"clinic_site_{os.getpid()}"


@pytest.fixture
def as_site_role(committed_db, front_desk, manager, editor, article):
    """Connect as the site's own role, after the users were created."""
    owner = connection.settings_dict["USER"]
    with databases.connect(connection.settings_dict["NAME"]) as admin:
        admin.execute(f"CREATE ROLE {SITE_ROLE} LOGIN PASSWORD '{connection.settings_dict['PASSWORD']}'")
        admin.execute((DEPLOY / "roles.sql").read_text().replace("clinic_site", SITE_ROLE))
        connections.close_all()
        connection.settings_dict["USER"] = SITE_ROLE
        yield
        connections.close_all()
        connection.settings_dict["USER"] = owner
        admin.execute(f"DROP OWNED BY {SITE_ROLE}")
        admin.execute(f"DROP ROLE {SITE_ROLE}")


def test_the_site_works_with_its_own_role(
    as_site_role, client, as_user, answers, front_desk, manager, editor, article, run_worker, mailoutbox
):
    client.post(reverse("inquiries:contact"), answers)
    inquiry = Inquiry.objects.get()
    run_worker()
    assert len(mailoutbox) == 2
    assert as_user(front_desk).get(reverse("inquiry:inspect", args=[inquiry.pk])).status_code == 200
    inquiry.change_status("closed", outcome="answered", by=front_desk, seen=seen(inquiry))
    publish(article)
    assert as_user(editor).get(reverse("wagtailadmin_home")).status_code == 200
    person = as_user(manager).post(reverse("inquiry:person"), {"contact": answers["email"]})
    assert inquiry.reference in person.content.decode()
    call_command("verify_audit")
    call_command("erase_expired")
    contact = answers["email"]
    typed = {"contact": contact, "again": contact}
    erase = {**typed, "seen": Contact.read(contact).state(), "chosen": [inquiry.pk]}
    as_user(manager).post(reverse("inquiry:person_erase"), erase)
    assert not Inquiry.objects.exists()


FORBIDDEN = [
    "UPDATE inquiries_accessentry SET person_name = 'Nobody'",
    "DELETE FROM inquiries_accessentry",
    "TRUNCATE inquiries_accessentry",
    "DELETE FROM inquiries_accesshead",
    "ALTER TABLE inquiries_accessentry DISABLE TRIGGER ALL",
    "ALTER TABLE inquiries_inquiry DISABLE TRIGGER inquiries_keep_on_hold",
    "DROP TABLE inquiries_inquiry",
    "CREATE TABLE more (id int)",
    "SET session_replication_role = replica",
    "CREATE TEMPORARY TABLE inquiries_accesshead (id int, position bigint, hash text)",
    "UPDATE inquiries_accesshead SET position = position + 1, hash = 'made up'",
]


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_role_cant_tamper_with_log_or_rules_and_other_changes_are_logged(as_site_role, client, answers):
    client.post(reverse("inquiries:contact"), answers)
    inquiry = opened(Inquiry.objects.get())
    for statement in FORBIDDEN:
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
            sql(statement)
    for statement in [
        "DELETE FROM inquiries_inquiryevent",
        "UPDATE inquiries_inquiryevent SET kind = 'note'",
        "UPDATE inquiries_inquiry SET urgent = true, urgent_because = '?', status = 'spam'",
    ]:
        with pytest.raises(IntegrityError, match=r"only grows|nobody has called"):
            sql(statement)
    assert AccessEntry.objects.first_error() == ""
    for statement, kind in [
        ("UPDATE inquiries_inquiry SET status = 'spam'", "changed"),
        ("UPDATE inquiries_inquiry SET message = decode('00', 'hex')", "changed"),
        ("UPDATE inquiries_inquiry SET uuid = gen_random_uuid()", "changed"),
        ("UPDATE inquiries_inquiryevent SET at = now() - interval '1 day'", "changed"),
        ("DELETE FROM inquiries_inquiryevent; DELETE FROM inquiries_inquiry", "erased"),
    ]:
        before = AccessEntry.objects.count()
        sql(statement)
        assert AccessEntry.objects.count() == before + 1, statement
        entry = AccessEntry.objects.latest("position")
        assert (entry.kind, entry.person, entry.person_name) == (kind, 0, SITE_ROLE), statement
        assert entry.inquiries == [inquiry.pk], statement


def test_each_change_by_the_site_is_logged_once(as_site_role, client, answers, front_desk, article):
    def details():
        return [entry.detail or entry.kind for entry in AccessEntry.objects.order_by("position")]

    client.post(reverse("inquiries:contact"), {**answers, "page": article.pk})
    inquiry = opened(Inquiry.objects.get())
    before = len(details())
    with transaction.atomic():
        inquiry.take(by=front_desk, seen=seen(inquiry))
        inquiry.add_note("Called back", by=front_desk, seen=seen(inquiry))
    # Deleting the page or the account isn't a change of the inquiry.
    sql("UPDATE inquiries_inquiry SET page_id = NULL")
    sql("UPDATE inquiries_inquiryevent SET by_id = NULL")
    assert details()[before:] == ["taken", "note"]
    # Entries of other transactions, such as the note's, don't cover a change that bypasses the site.
    sql("UPDATE inquiries_inquiry SET status = 'spam'")
    assert details()[before:] == ["taken", "note", "by the database role"]
    with transaction.atomic():
        erasure.erase([inquiry.pk], by=None, why="request")
    assert [entry.kind for entry in AccessEntry.objects.order_by("position")][before + 3 :] == ["erased"]


def test_database_functions_fix_their_search_path():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc JOIN pg_language l ON l.oid = prolang"
            " WHERE pronamespace = 'public'::regnamespace AND proname ~ '^(inquiries|clinic)_'"
            " AND NOT coalesce(proconfig, '{}') @> '{\"search_path=public, pg_temp\"}'"
        )
        assert cursor.fetchall() == []

"""With a role of its own (deploy/postgresql/roles.sql) the site does its work and cannot rewrite the log."""

import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, connections
from django.urls import reverse

from inquiries.models import AccessEntry, Inquiry
from inquiries.privacy.data_subject import Contact
from tests import databases
from tests.inquiries.desk.desk_cast import seen
from tests.publishing import publish

ROLES = Path(__file__).resolve().parents[2] / "deploy" / "postgresql" / "roles.sql"
SITE = f"clinic_site_{os.getpid()}"


@pytest.fixture
def as_the_site(committed_db, front_desk, manager, editor, article):
    """The cast is there; from here on everybody connects as the site's own role."""
    owner = connection.settings_dict["USER"]
    with databases.connect(connection.settings_dict["NAME"]) as admin:
        admin.execute(f"CREATE ROLE {SITE} LOGIN")
        admin.execute(ROLES.read_text().replace("clinic_site", SITE))
        connections.close_all()
        connection.settings_dict["USER"] = SITE
        yield
        connections.close_all()
        connection.settings_dict["USER"] = owner
        admin.execute(f"DROP OWNED BY {SITE}")
        admin.execute(f"DROP ROLE {SITE}")


def test_the_site_does_all_its_work(
    as_the_site, client, as_user, answers, front_desk, manager, editor, article, run_worker, mailoutbox
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
    erase = {"contact": contact, "again": contact, "seen": Contact.read(contact).state()}
    as_user(manager).post(reverse("inquiry:person_erase"), erase)
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE inquiries_accessentry SET person_name = 'Nobody'",
        "DELETE FROM inquiries_accessentry",
        "TRUNCATE inquiries_accessentry",
        "DELETE FROM inquiries_accesshead",
        "ALTER TABLE inquiries_accessentry DISABLE TRIGGER ALL",
        "ALTER TABLE inquiries_inquiry DISABLE TRIGGER inquiries_keep_on_hold",
        "DROP TABLE inquiries_inquiry",
        "CREATE TABLE more (id int)",
        "SET session_replication_role = replica",
    ],
)
def test_it_can_rewrite_neither_the_log_nor_the_rules(as_the_site, sql):
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert AccessEntry.objects.broken() == ""

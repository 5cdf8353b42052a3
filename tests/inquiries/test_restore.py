"""A dump of the database and the keys restore messages, access log and rules."""

import os

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.urls import reverse

from clinic.models import ClinicSettings
from clinic.operations.backups import postgresql
from inquiries.models import AccessEntry, Inquiry
from tests.support import databases

RESTORED = f"restored_{os.getpid()}"


@pytest.fixture
def restored(committed_db, client, as_user, answers, front_desk, tmp_path):
    """Switch to a restored backup of a database with an inquiry and an access log entry."""
    client.post(reverse("inquiries:contact"), answers)
    as_user(front_desk).get(reverse("inquiry:inspect", args=[Inquiry.objects.get().pk]))
    original = connection.settings_dict["NAME"]
    with (tmp_path / "dump").open("wb") as dump:
        postgresql.run("pg_dump", "--format=custom", stdout=dump)
    with databases.server() as server:
        server.execute(f"CREATE DATABASE {RESTORED}")
    databases.use(RESTORED)
    postgresql.load(tmp_path / "dump")
    yield
    databases.use(original)
    databases.drop(RESTORED)


def test_a_restored_backup_is_complete_and_the_site_keeps_enforcing_its_rules(
    restored, client, as_user, answers, front_desk, run_worker, mailoutbox, capsys
):
    assert Inquiry.objects.get().message == answers["message"]
    head = AccessEntry.objects.first()
    call_command("verify_audit", head=[head.hash])
    assert head.hash in capsys.readouterr().out
    # Queued emails are sent, and new inquiries and log entries follow the old ones.
    assert client.get("/").status_code == 200
    client.post(reverse("inquiries:contact"), {**answers, "message": "And now my leg hurts too."})
    run_worker()
    assert len(mailoutbox) == 4
    page = as_user(front_desk).get(reverse("inquiry:inspect", args=[Inquiry.objects.latest("pk").pk]))
    assert page.status_code == 200
    assert AccessEntry.objects.first_error() == ""
    with connection.cursor() as cursor:
        for sql in ["DELETE FROM inquiries_accessentry", "UPDATE inquiries_inquiry SET status = 'lost'"]:
            with pytest.raises(DatabaseError, match=r"only grows|inquiry_status_is_known"):
                cursor.execute(sql)
        cursor.execute("SELECT version FROM clinic_siteversion")
        before = cursor.fetchone()
        ClinicSettings.objects.update(name="Another clinic")
        cursor.execute("SELECT version FROM clinic_siteversion")
        assert cursor.fetchone() > before

"""Backups are encrypted, complete and proven by restoring them, and refused if they don't fit."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO

import psycopg
import pyrage
import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.urls import reverse

from clinic.models.operations import Backup
from clinic.operations import checks
from clinic.operations.backups import BackupError, archive, creation, postgresql, restoring, storage
from clinic.security import key_canary
from inquiries.models import AccessEntry, AccessKind, Inquiry
from inquiries.privacy import erasure
from tests.inquiries.desk.helpers import in_hours, opened
from tests.support import databases
from tests.support.processes import until

SECRET = "The cat sat on my spine."


@pytest.fixture
def folders(settings, tmp_path, committed_db):
    settings.BACKUP_DIR, settings.BACKUP_COPY_TO = tmp_path / "backups", str(tmp_path / "elsewhere")
    settings.BACKUP_KEY = str(pyrage.x25519.Identity.generate())
    settings.MEDIA_ROOT = tmp_path / "media"
    default_storage.save("images/spine.png", ContentFile(b"an image"))
    return tmp_path


@pytest.fixture
def inquiry(folders, client, answers):
    key_canary.check()  # as when the server starts
    client.post(reverse("inquiries:contact"), {**answers, "message": SECRET})
    inquiry = Inquiry.objects.get()
    AccessEntry.objects.record(AccessKind.VIEWED, None, [inquiry.pk])
    return inquiry


@pytest.fixture
def backup(inquiry):
    call_command("backup", "--no-proof", stdout=StringIO())
    return Backup.objects.get()


def restore(folders, backup):
    output = StringIO()
    call_command("restore", folders / "backups" / backup.archive, stdout=output)
    return output.getvalue()


def test_a_backup_is_proven_copied_encrypted_and_private(folders, inquiry, answers, settings):
    call_command("backup", stdout=StringIO())
    backup = Backup.objects.get()
    assert backup.proven_at
    assert backup.counts["inquiries_inquiry"] == 1
    file = folders / "backups" / backup.archive
    assert (folders / "elsewhere" / backup.archive).read_bytes() == file.read_bytes()
    assert file.read_bytes().startswith(b"age-encryption.org/v1")
    assert answers["name"].encode() not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in file.parent.iterdir()) == [file.name]  # no temporary files
    # The manifest has the names of keys only.
    assert archive.unpack(file, folders)["keys"] == list(settings.FIELD_KEYS)
    text = (folders / "manifest.json").read_text()
    assert "AGE-SECRET-KEY" not in text
    assert "clinic.0001_initial" in text


@pytest.fixture
def erased_inquiry(inquiry, client, answers):
    client.post(reverse("inquiries:contact"), {**answers, "name": "Noor Example", "message": "Forget me."})
    Session.objects.create(session_key="signed out since", expire_date=in_hours(9))
    return Inquiry.objects.exclude(pk=inquiry.pk).get()


def test_a_restore_repeats_later_erasures(folders, inquiry, erased_inquiry, backup, settings):
    head = AccessEntry.objects.get().hash
    erasure.erase([opened(erased_inquiry).pk], by=None, why="asked for")
    with postgresql.scratch_database("after_disaster"):
        settings.MEDIA_ROOT = folders / "new-media"
        keys, settings.FIELD_KEYS = settings.FIELD_KEYS, dict.fromkeys(settings.FIELD_KEYS, bytes(range(32)))
        with pytest.raises(CommandError, match="not the one that was used with this database"):
            restore(folders, backup)
        settings.FIELD_KEYS = keys
    with postgresql.scratch_database("after_disaster"):
        output = restore(folders, backup)
        assert "1 files" in output
        assert "Erased again: 1." in output
        assert "close accounts again that were closed since" in output
        assert not Session.objects.exists()
        assert Inquiry.objects.get().message == SECRET
        call_command("verify_audit", head=[head], stdout=StringIO())
        assert default_storage.open("images/spine.png").read() == b"an image"


def test_restore_refuses_a_database_with_data_and_check_changes_nothing(folders, backup, settings):
    file = folders / "backups" / backup.archive
    call_command("restore", file, "--check")
    (folders / "elsewhere/erasures").touch()
    with pytest.raises(CommandError, match=r"would come back, because the journal .* can't be read: .*Not a"):
        call_command("restore", file, "--check")
    settings.BACKUP_COPY_TO = str(folders / "media/images/spine.png")
    with pytest.raises(CommandError, match="journal of erasures in BACKUP_COPY_TO can't be read"):
        call_command("restore", file, "--check")
    settings.BACKUP_COPY_TO = ""
    with pytest.raises(CommandError, match="database is not empty"):
        restore(folders, backup)
    settings.FIELD_KEYS = {"another": bytes(range(32))}
    with pytest.raises(CommandError, match="FIELD_KEYS lacks"):
        call_command("restore", file, "--check")
    assert Inquiry.objects.count() == 1


def test_servers_before_17_restore_dumps_of_newer_client_programs(folders, backup, monkeypatch):
    dump = folders / "out" / archive.DUMP
    manifest = archive.unpack(folders / "backups" / backup.archive, dump.parent)
    monkeypatch.setattr(postgresql, "major_version", lambda: 16)
    with postgresql.scratch_database("after_disaster"):
        restoring.load(dump, manifest)
        assert Inquiry.objects.get().message == SECRET
    assert b"SET transaction_timeout" not in dump.with_suffix(".sql").read_bytes()


@pytest.fixture
def small_archive(settings, tmp_path):
    settings.BACKUP_KEY = str(pyrage.x25519.Identity.generate())
    file = tmp_path / "small.tar.age"
    with archive.create(file) as writer:
        writer.add("media/a", BytesIO(b"x" * 300_000), 300_000)
        writer.finish({"keys": []})
    return file


def test_an_archive_for_another_key_is_refused(small_archive, settings, tmp_path):
    assert archive.unpack(small_archive, tmp_path / "out")["keys"] == []
    settings.BACKUP_KEY = str(pyrage.x25519.Identity.generate())
    with pytest.raises(BackupError, match="cannot be decrypted with BACKUP_KEY"):
        archive.unpack(small_archive, tmp_path / "out")


def test_a_truncated_or_altered_archive_is_refused(small_archive, tmp_path):
    complete = small_archive.read_bytes()
    altered = bytearray(complete)
    altered[len(complete) // 2] ^= 1
    for data in [complete[:-1], complete[:1000], b"", altered]:
        small_archive.write_bytes(data)
        with pytest.raises(BackupError, match=r"cannot be decrypted|incomplete"):
            archive.unpack(small_archive, tmp_path / "out")


def test_an_archive_with_a_path_outside_its_folder_is_refused(settings, tmp_path):
    settings.BACKUP_KEY = str(pyrage.x25519.Identity.generate())
    with archive.create(tmp_path / "evil.tar.age") as writer:
        writer.add("../evil", BytesIO(b"x"), 1)
    with pytest.raises(BackupError, match=r"doesn't belong there: \.\./evil"):
        archive.unpack(tmp_path / "evil.tar.age", tmp_path / "out")


def test_a_backup_that_doesnt_fit_this_installation_is_refused(db):
    manifest = {"keys": [], "migrations": [], "postgresql": 15, "version": "1"}
    restoring.refuse_mismatch(manifest)
    for change, sentence in [
        ({"migrations": ["clinic.9999_future"]}, "newer version"),
        ({"postgresql": 99}, "this server is older"),
        ({"keys": ["lost"]}, "FIELD_KEYS lacks lost"),
    ]:
        with pytest.raises(BackupError, match=sentence):
            restoring.refuse_mismatch({**manifest, **change})


def test_a_failed_copy_is_reported_and_the_backup_proven(folders):
    (folders / "elsewhere").touch()  # a file, not a folder
    with pytest.raises(CommandError, match=r"could not be copied to BACKUP_COPY_TO: .*elsewhere"):
        call_command("backup", stdout=StringIO())
    backup = Backup.objects.get()
    assert backup.proven_at
    assert "could not be copied" in str(checks.run(["fresh_backup"])["fresh_backup"])


def test_a_failed_proof_or_a_missing_row_is_reported_and_recorded(folders, inquiry, monkeypatch):
    def proof():
        raise BackupError("Something is wrong with it.")

    monkeypatch.setattr(creation, "proofs", [proof])
    with pytest.raises(CommandError, match=r"is not proven: Something is wrong with it\."):
        call_command("backup", stdout=StringIO())
    backup, database = Backup.objects.get(), connection.settings_dict["NAME"]
    assert backup.problem == f"{backup.archive} is not proven: Something is wrong with it."
    assert not backup.proven_at
    monkeypatch.setattr(postgresql, "count_rows", lambda: {**backup.counts, "inquiries_inquiry": 0})
    with pytest.raises(BackupError, match="inquiries_inquiry has 0 rows, and had 1"):
        creation.prove(backup)
    assert connection.settings_dict["NAME"] == database


def test_sites_on_the_same_server_have_separate_scratch_databases(db):
    site = connection.settings_dict["NAME"]
    with postgresql.scratch_database("proof"):
        assert connection.settings_dict["NAME"] == f"{site}_proof"


def test_dropping_a_scratch_database_waits_for_superuser_connections(committed_db):
    """Simulates autovacuum, which the owner of the tables isn't allowed to disconnect."""
    settings, role = connection.settings_dict, f"prover_{os.getpid()}"
    user, drop = settings["USER"], "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'DROP DATABASE%prover%'"
    with databases.server() as admin, ThreadPoolExecutor(1) as vacuum:
        admin.execute(f"CREATE ROLE {role} LOGIN CREATEDB PASSWORD '{settings['PASSWORD']}'")
        settings["USER"] = role
        try:
            with postgresql.scratch_database(role):
                name = settings["NAME"]
                visitor = psycopg.connect(admin.info.dsn, dbname=name, password=admin.info.password)
                disconnected = vacuum.submit(
                    lambda: (until(lambda: admin.execute(drop).fetchone()), visitor.close())
                )
            disconnected.result()
            assert not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        finally:
            settings["USER"] = user
            admin.execute(f"DROP ROLE {role}")


def test_backups_need_a_key_and_two_separate_writable_folders(settings, tmp_path, committed_db):
    (tmp_path / "file").touch()
    settings.BACKUP_DIR, settings.BACKUP_KEY = (
        tmp_path / "file" / "backups",
        str(pyrage.x25519.Identity.generate()),
    )
    settings.BACKUP_COPY_TO = str(settings.BACKUP_DIR)
    with pytest.raises(BackupError, match="that copy would be no backup"):
        storage.secondary()
    with pytest.raises(CommandError, match="Not a directory"):
        call_command("backup")
    settings.BACKUP_DIR, settings.BACKUP_KEY = tmp_path / "backups", ""
    with pytest.raises(CommandError, match="BACKUP_KEY is not set"):
        call_command("backup")
    assert not settings.BACKUP_DIR.exists()
    settings.BACKUP_DIR = tmp_path
    with pytest.raises(CommandError, match="There is no file"):
        call_command("restore", "nothing.tar.age")


def test_seven_daily_four_weekly_and_twelve_monthly_archives_are_kept():
    start = datetime(2026, 11, 28, 3, 12, tzinfo=UTC)
    names = [archive.name_for(start - timedelta(hours=12 * number)) for number in range(2 * 800)]
    kept = sorted(storage.archives_to_keep(names), reverse=True)
    assert kept[:4] == names[:4]  # everything from the last two days
    assert [name[7:15] for name in kept[4:8]] == [f"202611{day}" for day in range(25, 21, -1)]
    assert kept[-1] == "clinic-20251231T151200Z.tar.age"
    assert 18 <= len(kept) <= 2 + 7 + 4 + 12


def test_old_archives_are_removed_from_both_storages(settings, tmp_path):
    settings.BACKUP_DIR, settings.BACKUP_COPY_TO = tmp_path / "here", str(tmp_path / "elsewhere")
    old, *kept = [archive.name_for(datetime(year, 1, 1, tzinfo=UTC)) for year in range(2010, 2024)]
    for folder in [tmp_path / "here", tmp_path / "elsewhere"]:
        folder.mkdir()
        for name in [old, *kept, "notes.txt"]:
            (folder / name).touch()
    for location in [storage.primary(), storage.secondary()]:
        assert old in storage.remove_old(location)
    for folder in [tmp_path / "here", tmp_path / "elsewhere"]:
        left = {path.name for path in folder.iterdir()}
        assert {kept[-1], "notes.txt"} <= left
        assert old not in left


def test_an_unwritable_backup_folder_doesnt_stop_an_erasure(folders, inquiry, settings):
    settings.BACKUP_DIR = folders / "a-file"
    settings.BACKUP_DIR.touch()
    erasure.erase([opened(inquiry).pk], by=None, why="asked for")
    assert not Inquiry.objects.exists()
    connections.close_all()

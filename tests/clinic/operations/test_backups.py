"""Backups are encrypted, whole, proven by restoring them, and refused where they don't fit."""

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
from clinic.operations.backups import BackupError, archive, creation, postgresql, restoring, storage
from inquiries.models import AccessEntry, AccessKind, Inquiry
from inquiries.privacy import erasure
from tests.inquiries.desk.desk_cast import in_hours, opened
from tests.support import databases
from tests.support.processes import until

SECRET = "The cat sat on my spine."


@pytest.fixture
def folders(settings, tmp_path, committed_db):
    settings.BACKUP_DIR, settings.BACKUP_COPY_TO = tmp_path / "backups", str(tmp_path / "elsewhere")
    settings.BACKUP_KEY = str(pyrage.x25519.Identity.generate())
    settings.MEDIA_ROOT = tmp_path / "media"
    default_storage.save("images/spine.png", ContentFile(b"a picture"))
    return tmp_path


@pytest.fixture
def inquiry(folders, client, answers):
    client.post(reverse("inquiries:contact"), {**answers, "message": SECRET})
    inquiry = Inquiry.objects.get()
    AccessEntry.objects.record(AccessKind.VIEWED, None, [inquiry.pk])
    return inquiry


@pytest.fixture
def backup(inquiry):
    call_command("backup", "--no-proof", stdout=StringIO())
    return Backup.objects.get()


def restore(folders, backup):
    said = StringIO()
    call_command("restore", folders / "backups" / backup.archive, stdout=said)
    return said.getvalue()


def test_a_backup_is_proven_copied_encrypted_and_for_its_owner_only(folders, inquiry, answers, settings):
    call_command("backup", stdout=StringIO())
    backup = Backup.objects.get()
    assert backup.proven_at
    assert backup.counts["inquiries_inquiry"] == 1
    file = folders / "backups" / backup.archive
    assert (folders / "elsewhere" / backup.archive).read_bytes() == file.read_bytes()
    assert file.read_bytes().startswith(b"age-encryption.org/v1")
    assert answers["name"].encode() not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in file.parent.iterdir()) == [file.name]  # nothing is left beside it
    # Its manifest names keys and holds none.
    assert archive.unpack(file, folders)["keys"] == list(settings.FIELD_KEYS)
    text = (folders / "manifest.json").read_text()
    assert "AGE-SECRET-KEY" not in text
    assert "clinic.0001_initial" in text


@pytest.fixture
def erased(inquiry, client, answers):
    client.post(reverse("inquiries:contact"), {**answers, "name": "Noor Example", "message": "Forget me."})
    Session.objects.create(session_key="of somebody who signed out", expire_date=in_hours(9))
    return Inquiry.objects.exclude(pk=inquiry.pk).get()


def test_everything_is_back_but_what_was_erased_since(folders, inquiry, erased, backup, settings):
    head = AccessEntry.objects.get().hash
    erasure.erase([opened(erased).pk], by=None, why="asked for")
    with postgresql.scratch_database("after_disaster"):
        settings.MEDIA_ROOT = folders / "new-media"
        said = restore(folders, backup)
        assert "1 files" in said
        assert "Erased again: 1." in said
        assert "close again what was closed since" in said
        assert not Session.objects.exists()
        assert Inquiry.objects.get().message == SECRET
        call_command("verify_audit", head=[head], stdout=StringIO())
        assert default_storage.open("images/spine.png").read() == b"a picture"


def test_an_archive_is_looked_at_without_touching_a_database_and_restored_only_to_an_empty_one(
    folders, backup, settings
):
    file = folders / "backups" / backup.archive
    call_command("restore", file, "--check")
    with pytest.raises(CommandError, match="database is not empty"):
        restore(folders, backup)
    settings.FIELD_KEYS = {"another": bytes(range(32))}
    with pytest.raises(CommandError, match="FIELD_KEYS lacks"):
        call_command("restore", file, "--check")
    assert Inquiry.objects.count() == 1


def test_servers_before_17_restore_what_newer_programs_dumped(folders, backup, monkeypatch):
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
    with archive.writing(file) as writer:
        writer.add("media/a", BytesIO(b"x" * 300_000), 300_000)
        writer.finish({"keys": []})
    return file


def test_another_backup_key(small_archive, settings, tmp_path):
    assert archive.unpack(small_archive, tmp_path / "out")["keys"] == []
    settings.BACKUP_KEY = str(pyrage.x25519.Identity.generate())
    with pytest.raises(BackupError, match="cannot be decrypted with BACKUP_KEY"):
        archive.unpack(small_archive, tmp_path / "out")


def test_an_archive_that_was_cut_off_or_changed(small_archive, tmp_path):
    whole = small_archive.read_bytes()
    changed = bytearray(whole)
    changed[len(whole) // 2] ^= 1
    for data in [whole[:-1], whole[:1000], b"", changed]:
        small_archive.write_bytes(data)
        with pytest.raises(BackupError, match=r"cannot be decrypted|not whole"):
            archive.unpack(small_archive, tmp_path / "out")


def test_an_archive_that_reaches_out_of_its_folder(settings, tmp_path):
    settings.BACKUP_KEY = str(pyrage.x25519.Identity.generate())
    with archive.writing(tmp_path / "evil.tar.age") as writer:
        writer.add("../evil", BytesIO(b"x"), 1)
    with pytest.raises(BackupError, match=r"doesn't belong there: \.\./evil"):
        archive.unpack(tmp_path / "evil.tar.age", tmp_path / "out")


def test_a_manifest_that_does_not_fit(db):
    fits = {"keys": [], "migrations": [], "postgresql": 15, "version": "1"}
    restoring.refuse_mismatch(fits)
    for change, sentence in [
        ({"migrations": ["clinic.9999_future"]}, "newer version"),
        ({"postgresql": 99}, "this server is older"),
        ({"keys": ["lost"]}, "FIELD_KEYS lacks lost"),
    ]:
        with pytest.raises(BackupError, match=sentence):
            restoring.refuse_mismatch({**fits, **change})


def test_a_backup_that_reaches_no_second_place_is_told_and_remembered(folders):
    (folders / "elsewhere").touch()  # is no folder
    with pytest.raises(CommandError, match=r"could not be copied to BACKUP_COPY_TO: .*elsewhere"):
        call_command("backup", stdout=StringIO())
    assert "could not be copied" in Backup.objects.get().problem


def test_a_failed_proof_or_a_missing_row_is_told_and_remembered(folders, inquiry, monkeypatch):
    def proof():
        raise BackupError("Something is wrong with it.")

    monkeypatch.setattr(creation, "proofs", [proof])
    with pytest.raises(CommandError, match=r"is not proven: Something is wrong with it\."):
        call_command("backup", stdout=StringIO())
    made, database = Backup.objects.get(), connection.settings_dict["NAME"]
    assert made.problem == f"{made.archive} is not proven: Something is wrong with it."
    assert not made.proven_at
    monkeypatch.setattr(postgresql, "count_rows", lambda: {**made.counts, "inquiries_inquiry": 0})
    with pytest.raises(BackupError, match="inquiries_inquiry has 0 rows, and had 1"):
        creation.prove(made)
    assert connection.settings_dict["NAME"] == database


def test_sites_that_share_a_server_have_scratch_databases_of_their_own(db):
    site = connection.settings_dict["NAME"]
    with postgresql.scratch_database("proof"):
        assert connection.settings_dict["NAME"] == f"{site}_proof"


def test_a_scratch_database_is_dropped_once_a_superuser_left_it(committed_db):
    """As autovacuum does, whom the owner of the tables may not disconnect."""
    settings, role = connection.settings_dict, f"prover_{os.getpid()}"
    user, waits = settings["USER"], "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'DROP DATABASE%prover%'"
    with databases.server() as admin, ThreadPoolExecutor(1) as vacuum:
        admin.execute(f"CREATE ROLE {role} LOGIN CREATEDB PASSWORD '{settings['PASSWORD']}'")
        settings["USER"] = role
        try:
            with postgresql.scratch_database(role):
                name = settings["NAME"]
                visitor = psycopg.connect(admin.info.dsn, dbname=name, password=admin.info.password)
                left = vacuum.submit(
                    lambda: (until(lambda: admin.execute(waits).fetchone()), visitor.close())
                )
            left.result()
            assert not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        finally:
            settings["USER"] = user
            admin.execute(f"DROP ROLE {role}")


def test_without_a_key_a_disk_or_another_place_nothing_is_backed_up(settings, tmp_path, committed_db):
    (tmp_path / "file").touch()
    settings.BACKUP_DIR, settings.BACKUP_KEY = (
        tmp_path / "file" / "backups",
        str(pyrage.x25519.Identity.generate()),
    )
    settings.BACKUP_COPY_TO = str(settings.BACKUP_DIR)
    with pytest.raises(BackupError, match="a copy beside the original"):
        storage.second()
    with pytest.raises(CommandError, match="Not a directory"):
        call_command("backup")
    settings.BACKUP_DIR, settings.BACKUP_KEY = tmp_path / "backups", ""
    with pytest.raises(CommandError, match="BACKUP_KEY is not set"):
        call_command("backup")
    assert not settings.BACKUP_DIR.exists()
    settings.BACKUP_DIR = tmp_path
    with pytest.raises(CommandError, match="There is no file"):
        call_command("restore", "nothing.tar.age")


def test_seven_daily_four_weekly_and_twelve_monthly_stay():
    start = datetime(2026, 11, 28, 3, 12, tzinfo=UTC)
    names = [archive.name_at(start - timedelta(hours=12 * number)) for number in range(2 * 800)]
    kept = sorted(storage.to_keep(names), reverse=True)
    assert kept[:4] == names[:4]  # all of two days
    assert [name[7:15] for name in kept[4:8]] == [f"202611{day}" for day in range(25, 21, -1)]
    assert kept[-1] == "clinic-20251231T151200Z.tar.age"
    assert 18 <= len(kept) <= 2 + 7 + 4 + 12


def test_old_ones_are_removed_in_both_places(settings, tmp_path):
    settings.BACKUP_DIR, settings.BACKUP_COPY_TO = tmp_path / "here", str(tmp_path / "elsewhere")
    old, *kept = [archive.name_at(datetime(year, 1, 1, tzinfo=UTC)) for year in range(2010, 2024)]
    for folder in [tmp_path / "here", tmp_path / "elsewhere"]:
        folder.mkdir()
        for name in [old, *kept, "notes.txt"]:
            (folder / name).touch()
    assert old in storage.remove_old()
    for folder in [tmp_path / "here", tmp_path / "elsewhere"]:
        left = {path.name for path in folder.iterdir()}
        assert {kept[-1], "notes.txt"} <= left
        assert old not in left


def test_an_erasure_is_not_kept_back_by_a_place_that_is_gone(folders, inquiry, settings):
    settings.BACKUP_DIR = folders / "a-file"
    settings.BACKUP_DIR.touch()
    erasure.erase([opened(inquiry).pk], by=None, why="asked for")
    assert not Inquiry.objects.exists()
    connections.close_all()

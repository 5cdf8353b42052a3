"""Copies of backups and the journal of erasures can be stored in S3."""

from io import StringIO

import pyrage
import pytest
from django.core.management import call_command

from clinic.models.operations import Backup
from clinic.operations.backups import archive, erasures, storage
from tests.support.s3 import s3_bucket


@pytest.fixture
def bucket(settings, tmp_path, monkeypatch):
    settings.BACKUP_DIR, settings.BACKUP_COPY_TO = tmp_path / "backups", "s3://backups/clinic"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BACKUP_KEY = str(pyrage.x25519.Identity.generate())
    with s3_bucket(monkeypatch, "backups") as bucket:
        yield bucket


def test_backups_and_erasures_are_copied_to_and_read_from_s3(bucket, settings, tmp_path, committed_db):
    for month in range(1, 13):
        bucket.put_object(Key=f"clinic/clinic-2025{month:02}01T031200Z.tar.age", Body=b"x")
    old = "clinic-20200101T031200Z.tar.age"
    bucket.put_object(Key=f"clinic/{old}", Body=b"x")
    call_command("backup", "--no-proof", stdout=StringIO())
    backup = Backup.objects.get()
    erasures.record("inquiry", ["a-uuid"])
    copies = storage.archives(storage.secondary())
    assert backup.archive in copies
    assert old not in copies
    assert len(copies) >= 12
    settings.BACKUP_DIR = tmp_path / "a-new-machine"  # without local backups
    assert erasures.read_all() == {"inquiry": {"a-uuid"}}
    bucket.download_file(f"clinic/{backup.archive}", str(tmp_path / backup.archive))
    assert archive.unpack(tmp_path / backup.archive, tmp_path / "out")["counts"] == backup.counts

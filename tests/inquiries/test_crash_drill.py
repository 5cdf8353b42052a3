"""Killing the web server, worker and PostgreSQL loses no acknowledged inquiry and duplicates none.

`make drill` is the long version, with a thousand inquiries.
"""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings

from bench.drill import run as drill
from tests.support import databases, static_files


@pytest.fixture
def prepare(database_template):
    """A function that copies the test database, instead of migrating and creating samples."""

    def fill(environment, develop):
        dump = databases.program("pg_dump", database_template)
        databases.program("psql", environment["DATABASE_URL"], "--set=ON_ERROR_STOP=1", stdin=dump)
        static_files.collect(Path(environment["DATA_DIR"]) / "static")

    return fill


def test_acknowledged_inquiries_are_never_lost_or_duplicated(prepare):
    # Not in pytest's temporary folder, which is private: the database's own user needs access.
    data_dir = settings.DATA_DIR / f"drill-{os.getpid()}"
    try:
        report = drill.run(data_dir, inquiries=40, clients=4, kills=3, prepare=prepare)
    finally:
        shutil.rmtree(data_dir, ignore_errors=True)
    assert report.passed, str(report)
    assert len(report.acknowledged) == report.stored == 40
    assert all(report.killed[name] for name in drill.SERVICES)

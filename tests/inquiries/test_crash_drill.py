"""Web server, worker and PostgreSQL are killed while patients send: what was acknowledged is there, once.

`make drill` is the long form, with a thousand inquiries.
"""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings

from bench.drill import run as drill
from tests.support import collected, databases


@pytest.fixture
def prepare(database_template):
    """A copy of the tests' database, in place of the demo's migrations, samples and static files."""

    def fill(environment, develop):
        dump = databases.program("pg_dump", database_template)
        databases.program("psql", environment["DATABASE_URL"], "--set=ON_ERROR_STOP=1", stdin=dump)
        collected.static_files(Path(environment["DATA_DIR"]) / "static")

    return fill


def test_nothing_acknowledged_is_lost_or_doubled(prepare):
    # Not pytest's temporary folder: that is private, and the database's own user must reach its files.
    data_dir = settings.DATA_DIR / f"drill-{os.getpid()}"
    try:
        report = drill.run(data_dir, inquiries=40, clients=4, kills=3, prepare=prepare)
    finally:
        shutil.rmtree(data_dir, ignore_errors=True)
    assert report.passed, str(report)
    assert len(report.acknowledged) == report.stored == 40
    assert all(report.killed[name] for name in drill.SERVICES)

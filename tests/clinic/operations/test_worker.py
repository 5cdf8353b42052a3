"""The worker fails when it gives up on the database. `make rehearse` restarts the database under it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def log(tmp_path):
    """Where the worker writes its log: a pipe that nobody reads would stop it once it's full."""
    return tmp_path / "worker.log"


def start(log, url, **more):
    names = ("PATH", "HOME", "DEBUG", "SECRET_KEY", "FIELD_KEYS")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    command = [sys.executable, "manage.py", "procrastinate", "worker"]
    with log.open("wb") as file:
        return subprocess.Popen(command, cwd=ROOT, env={**kept, "DATABASE_URL": url, **more}, stderr=file)


def test_it_ends_with_an_error_when_the_database_stays_away(log):
    process = start(log, f"postgres://nobody@127.0.0.1:{free_port()}/clinic", WORKER_PATIENCE="0")
    assert process.wait(timeout=60) == 1
    assert "The database has been away for 0 seconds." in log.read_text()

"""The worker outlives cut connections, stops when told to, and fails when it gives up on the database."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from tests.inquiries.test_mail_down import database_url
from tests.support.ports import free_port

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


def test_the_worker_fails_when_the_database_stays_away(log):
    process = start(log, f"postgres://nobody@127.0.0.1:{free_port()}/clinic", WORKER_PATIENCE="0")
    assert process.wait(timeout=60) == 1
    assert "The database has been away for 0 seconds." in log.read_text()


def jobs_done():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'succeeded'")
        return cursor.fetchone()[0]


def wait_for_a_job(process, log):
    """Defer a job and wait until the worker has done it."""
    before = jobs_done()
    app.configure_task("clinic.refresh_everything").defer()
    end = time.monotonic() + 60
    while jobs_done() == before:
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.1)


@pytest.mark.usefixtures("committed_db")
def test_the_worker_survives_cut_connections_and_stops_on_a_signal(log):
    process = start(log, database_url())
    try:
        wait_for_a_job(process, log)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        wait_for_a_job(process, log)
        process.send_signal(signal.SIGTERM)
        # The signal itself ends a worker that is just starting again.
        assert process.wait(timeout=30) in {0, -signal.SIGTERM}
    finally:
        process.kill()

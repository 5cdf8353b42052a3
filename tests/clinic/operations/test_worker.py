"""The worker outlives cut connections, stops when told to, and fails when it gives up on the database."""

import signal
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from procrastinate.contrib.django import app

from clinic.management.commands import procrastinate
from tests.support import databases
from tests.support.processes import ROOT, database_url, environment, until


@pytest.fixture
def log(tmp_path):
    """Where the worker writes its log: a pipe that nobody reads would stop it once it's full."""
    return tmp_path / "worker.log"


def start(log):
    command = [sys.executable, "manage.py", "procrastinate", "worker"]
    with log.open("wb") as file:
        env = environment(DATABASE_URL=database_url())
        return subprocess.Popen(command, cwd=ROOT, env=env, stderr=file)


@pytest.mark.usefixtures("committed_db")
def test_the_worker_fails_when_the_database_stays_away(monkeypatch):
    monkeypatch.setattr(procrastinate, "PATIENCE", 0)
    with databases.down(), pytest.raises(CommandError, match="hasn't answered for 0 seconds"):
        call_command("procrastinate", "worker")


def jobs_done():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'succeeded'")
        return cursor.fetchone()[0]


def wait_for_a_job(process, log):
    """Defer a job and wait until the worker has done it."""
    before = jobs_done()
    app.configure_task("clinic.refresh_everything").defer()
    until(lambda: jobs_done() > before or process.poll() is not None, otherwise=log.read_text)
    assert process.poll() is None, log.read_text()


def cut_connections():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.mark.usefixtures("committed_db")
def test_the_worker_survives_cut_connections_and_stops_on_a_signal(log):
    process = start(log)
    try:
        wait_for_a_job(process, log)
        cut_connections()  # procrastinate gets over some itself; the crash drill stops the whole server
        wait_for_a_job(process, log)
        process.send_signal(signal.SIGTERM)
        # The signal itself ends a worker that is just starting again.
        assert process.wait(timeout=30) in {0, -signal.SIGTERM}
    finally:
        process.kill()

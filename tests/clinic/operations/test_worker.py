"""The worker survives lost connections, stops on a signal, and fails without a database."""

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
    """The worker's log. A pipe would block the worker once it's full."""
    return tmp_path / "worker.log"


def start(log):
    command = [sys.executable, "manage.py", "procrastinate", "worker"]
    with log.open("wb") as file:
        env = environment(DATABASE_URL=database_url())
        return subprocess.Popen(command, cwd=ROOT, env=env, stderr=file)


@pytest.mark.usefixtures("committed_db")
def test_the_worker_fails_if_the_database_stays_unavailable(monkeypatch):
    monkeypatch.setattr(procrastinate, "DATABASE_TIMEOUT", 0)
    with databases.down(), pytest.raises(CommandError, match="hasn't responded for 0 seconds"):
        call_command("procrastinate", "worker")


def finished_jobs():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'succeeded'")
        return cursor.fetchone()[0]


def wait_for_a_job(process, log):
    """Defer a job and wait until the worker has finished it."""
    before = finished_jobs()
    app.configure_task("clinic.refresh_everything").defer()
    until(lambda: finished_jobs() > before or process.poll() is not None, explain=log.read_text)
    assert process.poll() is None, log.read_text()


def cut_connections():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.mark.usefixtures("committed_db")
def test_the_worker_survives_lost_connections_and_stops_on_a_signal(log):
    process = start(log)
    try:
        wait_for_a_job(process, log)
        cut_connections()  # the crash drill stops the whole server
        wait_for_a_job(process, log)
        process.send_signal(signal.SIGTERM)
        # A worker that's just restarting is killed by the signal itself.
        assert process.wait(timeout=30) in {0, -signal.SIGTERM}
    finally:
        process.kill()

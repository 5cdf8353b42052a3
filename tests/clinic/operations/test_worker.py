"""The worker does its jobs despite lost connections, stops on a signal, and fails without a database."""

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


def run_a_job(worker, log):
    """Defer a job, wait until it's done, and return the worker."""
    before = finished_jobs()
    app.configure_task("clinic.refresh_everything").defer()
    until(lambda: finished_jobs() > before or worker.poll() is not None, explain=log.read_text)
    if worker.poll() is not None:  # it lost the database; systemd starts it again
        worker = start(log)
        until(lambda: finished_jobs() > before, explain=log.read_text)
    return worker


def cut_connections():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.mark.usefixtures("committed_db")
def test_jobs_run_after_lost_connections_and_the_worker_stops_on_a_signal(log):
    worker = start(log)
    try:
        worker = run_a_job(worker, log)
        cut_connections()  # the crash drill stops the whole server
        worker = run_a_job(worker, log)
        worker.send_signal(signal.SIGTERM)
        # A worker that's just starting is killed by the signal itself.
        assert worker.wait(timeout=30) in {0, -signal.SIGTERM}
    finally:
        worker.kill()

"""The embedded database on a busy machine."""

import subprocess

from clinic.devtools import embedded_database


def test_restart_waits_for_a_recovery_that_outlasts_pg_ctl(monkeypatch, tmp_path):
    class Server:
        results = [subprocess.TimeoutExpired("pg_ctl", 10), AssertionError("starting"), None]

        def ensure_postgres_running(self):
            if error := self.results.pop(0):
                raise error

    server = Server()
    monkeypatch.setattr(embedded_database, "_joined_server", lambda folder: server)
    monkeypatch.setattr(embedded_database, "RETRY_DELAY_SECONDS", 0)
    embedded_database.restart(tmp_path)
    assert server.results == []

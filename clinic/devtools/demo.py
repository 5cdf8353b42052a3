"""Runs the whole site locally, with database, web server and worker (`make run` and `make dev`).

All data is in DATA_DIR (default: var/) and kept between runs. Only this machine can reach the site, as it has
sample accounts.
"""

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TextIO

from clinic.devtools import embedded_database, local_environment

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parents[2]
MANAGE = [sys.executable, str(ROOT / "manage.py")]
STOP_SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]

TOUR = """Five minutes:
1. Read an article as a patient, and send the form at its end.
2. Sign in as front-desk: find your message in the queue, take it, and answer it; or ask the clinician.
3. Sign in as editor: change an article and submit it. Sign in as reviewer: approve it.
4. Sign in as manager: change logo, color and notice under Settings > Clinic; look at Reports.
"""


class StopRequested(Exception):
    """Ctrl-C was pressed or the terminal was closed."""


def main():
    develop = "--dev" in sys.argv[1:]
    data_dir = local_environment.data_folder()
    port = int(os.environ.get("PORT") or 8000)
    for number in STOP_SIGNALS:
        signal.signal(number, _stop)
    if _is_port_in_use(port):
        sys.exit(f"Port {port} is in use already. Choose another one: PORT={port + 1} make run")
    lock = lock_data_folder(data_dir)
    processes = []
    try:
        environment = build_environment(data_dir, port, develop)
        prepare(environment, develop)
        processes = [start(command, environment) for command in server_commands(port, develop)]
        wait_until_listening(port, processes)
        _print_welcome(data_dir, port)
        _wait_for_exit(processes)
    except StopRequested:
        print("\nStopping …", flush=True)
    finally:
        for number in STOP_SIGNALS:  # a second Ctrl-C mustn't interrupt the cleanup
            signal.signal(number, signal.SIG_IGN)
        stop_all(processes)
        if "DATABASE_URL" not in os.environ:
            embedded_database.stop(data_dir)
        lock.close()


def lock_data_folder(data_dir: Path) -> TextIO:
    """Return an open lock file, or exit if another site still uses the folder."""
    data_dir.mkdir(parents=True, exist_ok=True)
    lock = (data_dir / "run.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(f"The site in {data_dir} is still running or stopping. Stop it, or wait a few seconds.")
    return lock


def _stop(number, frame):
    raise StopRequested


def _is_port_in_use(port):
    try:
        socket.create_server((HOST, port)).close()
    except OSError:
        return True
    return False


def build_environment(data_dir, port, develop):
    mail = data_dir / "mail"
    mail.mkdir(parents=True, exist_ok=True)
    return {
        "EMAIL_URL": f"file:///{mail}",
        **os.environ,
        **local_environment.prepare(data_dir),
        "DEBUG": "1" if develop else "0",
        "DEMO": "1",
        "LOG_FORMAT": "line",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "BASE_URL": f"http://localhost:{port}",
        "PYTHONUNBUFFERED": "1",
    }


def prepare(environment, develop):
    """Load the sample data and collect static files in parallel."""
    print("Getting the database and the pages ready …", flush=True)
    running = [
        start([*MANAGE, *command], environment) for command in preparation_commands(environment, develop)
    ]
    try:
        for process in running:
            if process.wait():
                sys.exit("The site could not be prepared; see the messages above.")
    finally:
        stop_all(running)


def preparation_commands(environment: dict[str, str], develop: bool) -> list[list[str]]:
    if develop or are_static_files_current(Path(environment["DATA_DIR"])):
        return [["prepare_demo"]]
    return [["prepare_demo"], ["collectstatic", "--no-input", "--verbosity=0"]]


def are_static_files_current(data_dir: Path) -> bool:
    """Return whether collectstatic, which takes ten seconds, can be skipped."""
    manifest = data_dir / "static" / "staticfiles.json"
    sources = [ROOT / "requirements.txt", ROOT / "static", *(ROOT / "static").rglob("*")]
    return manifest.exists() and manifest.stat().st_mtime > max(file.stat().st_mtime for file in sources)


def server_commands(port, develop):
    server = [
        *[sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)],
        *["--blocking-threads", "4", "--no-ws", "--log-level", "warning", "clinic.wsgi:application"],
    ]
    if develop:
        server = [*MANAGE, "runserver", f"{HOST}:{port}"]
    return [server, [*MANAGE, "procrastinate", "worker", "--concurrency=2"]]


def start(command, environment, **output):
    # In a new session, so Ctrl-C reaches only this process, which then stops the others in order.
    return subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True, **output)  # noqa: S603


def wait_until_listening(port, processes):
    while True:
        _check_alive(processes)
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        time.sleep(0.1)


def _print_welcome(data_dir, port):
    accounts = data_dir / "demo-accounts.txt"
    print(f"\nThe site:         http://localhost:{port}/")
    print(f"Staff sign in at: http://localhost:{port}/admin/\n")
    print("Sample accounts on this machine (role, username, password):")
    print(accounts.read_text())
    print(f"They are stored in {accounts}; emails arrive in {data_dir / 'mail'}.\n")
    print(TOUR)
    print("Ctrl-C stops everything.", flush=True)


def _wait_for_exit(processes):
    parent = os.getppid()
    while os.getppid() == parent:  # otherwise the process that started this one has ended
        _check_alive(processes)
        time.sleep(0.5)


def _check_alive(processes):
    if any(process.poll() is not None for process in processes):
        sys.exit("A part of the site has stopped unexpectedly; see the messages above.")


def stop_all(processes):
    """Terminate each process group, and kill it after ten seconds."""
    for process in processes:
        _signal_group(process, signal.SIGTERM)
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        _signal_group(process, signal.SIGKILL)
        process.wait()


def _signal_group(process, number):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


if __name__ == "__main__":
    main()

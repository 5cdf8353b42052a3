"""`make run` and `make dev`: the whole site on this machine, database, web server and worker, until Ctrl-C.

Everything it keeps is in DATA_DIR (var/ where unset), so a second start finds what the first one left.
Nothing but this machine can reach it: its accounts are samples.
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


class Stopped(Exception):
    """Ctrl-C was pressed, or the terminal was closed."""


def main():
    develop = "--dev" in sys.argv[1:]
    data_dir = local_environment.data_folder()
    port = int(os.environ.get("PORT") or 8000)
    for number in STOP_SIGNALS:
        signal.signal(number, _stop)
    if _is_taken(port):
        sys.exit(f"Port {port} is in use already. Choose another one: PORT={port + 1} make run")
    lock = hold(data_dir)  # until this process ends
    processes = []
    try:
        environment = environment_of(data_dir, port, develop)
        prepare(environment, develop)
        processes = [start(command, environment) for command in commands(port, develop)]
        wait_for_answer(port, processes)
        _say_where_to_look(data_dir, port)
        _wait_for_end(processes)
    except Stopped:
        print("\nStopping …", flush=True)
    finally:
        for number in STOP_SIGNALS:  # a second Ctrl-C must not leave half of it running
            signal.signal(number, signal.SIG_IGN)
        stop_all(processes)
        if "DATABASE_URL" not in os.environ:
            embedded_database.stop(data_dir)
        lock.close()


def hold(data_dir: Path) -> TextIO:
    """The open lock of a data folder, which one site at a time uses: stopping takes a few seconds."""
    data_dir.mkdir(parents=True, exist_ok=True)
    lock = (data_dir / "run.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(f"The site in {data_dir} still runs, or is stopping. Stop it, or wait a few seconds.")
    return lock


def _stop(number, frame):
    raise Stopped


def _is_taken(port):
    try:
        socket.create_server((HOST, port)).close()
    except OSError:
        return True
    return False


def environment_of(data_dir, port, develop):
    mail = data_dir / "mail"
    mail.mkdir(parents=True, exist_ok=True)
    return {
        "EMAIL_URL": f"file:///{mail}",
        **os.environ,
        **local_environment.fill_in(data_dir),
        "DEBUG": "1" if develop else "0",
        "DEMO": "1",
        "LOG_FORMAT": "line",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "BASE_URL": f"http://localhost:{port}",
        "PYTHONUNBUFFERED": "1",
    }


def prepare(environment, develop):
    """Migrate, fill and collect; the two commands share no work, so each takes a core."""
    print("Getting the database and the pages ready …", flush=True)
    running = [start([*MANAGE, *command], environment) for command in preparations(environment, develop)]
    try:
        for process in running:
            if process.wait():
                sys.exit("The site could not be made ready; the lines above say why.")
    finally:
        stop_all(running)


def preparations(environment: dict[str, str], develop: bool) -> list[list[str]]:
    if develop or is_collected(Path(environment["DATA_DIR"])):
        return [["prepare_demo"]]
    return [["prepare_demo"], ["collectstatic", "--no-input", "--verbosity=0"]]


def is_collected(data_dir: Path) -> bool:
    """Whether the static files are those of now. To compress them all takes ten seconds."""
    collected = data_dir / "static" / "staticfiles.json"
    sources = [ROOT / "requirements.txt", ROOT / "static", *(ROOT / "static").rglob("*")]
    return collected.exists() and collected.stat().st_mtime > max(file.stat().st_mtime for file in sources)


def commands(port, develop):
    server = [
        *[sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)],
        *["--blocking-threads", "4", "--no-ws", "--log-level", "warning", "clinic.wsgi:application"],
    ]
    if develop:
        server = [*MANAGE, "runserver", f"{HOST}:{port}"]
    return [server, [*MANAGE, "procrastinate", "worker", "--concurrency=2"]]


def start(command, environment, **output):
    # A new session: Ctrl-C reaches this process only, which then stops the others in order.
    return subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True, **output)  # noqa: S603


def wait_for_answer(port, processes):
    while True:
        _check_alive(processes)
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        time.sleep(0.1)


def _say_where_to_look(data_dir, port):
    accounts = data_dir / "demo-accounts.txt"
    print(f"\nThe site:         http://localhost:{port}/")
    print(f"Staff sign in at: http://localhost:{port}/admin/\n")
    print("Sample accounts of this machine (role, user name, password):")
    print(accounts.read_text())
    print(f"They are kept in {accounts}; emails arrive in {data_dir / 'mail'}.\n")
    print(TOUR)
    print("Ctrl-C stops everything.", flush=True)


def _wait_for_end(processes):
    parent = os.getppid()
    while os.getppid() == parent:  # else the process that started this has ended
        _check_alive(processes)
        time.sleep(0.5)


def _check_alive(processes):
    if any(process.poll() is not None for process in processes):
        sys.exit("A part of the site has stopped by itself; the lines above say why.")


def stop_all(processes):
    """Ask each whole group to stop, then insist."""
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

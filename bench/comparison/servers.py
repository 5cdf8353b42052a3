"""Which server for our site: what a page costs under each, read before and not, and what a worker weighs."""

import sys
from contextlib import ExitStack

from bench.comparison import peers
from bench.comparison.measure import BROWSER, compare
from bench.comparison.our_site import ARTICLE
from bench.comparison.report import Group, time_of

GRANIAN = [
    *[sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", "{port}"],
    *["--no-ws", "--log-level", "error", "clinic.wsgi:application"],
]
GUNICORN = [
    *[sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:{port}", "--log-level", "error"],
    "clinic.wsgi:application",
]
COMMANDS = {
    "granian, 4 threads": [*GRANIAN, "--blocking-threads", "4"],
    "granian, 1 thread": [*GRANIAN, "--blocking-threads", "1"],
    "granian, 16 threads": [*GRANIAN, "--blocking-threads", "16"],
    "granian, 4 threads, loop of several threads": [
        *GRANIAN,
        "--blocking-threads",
        "4",
        "--runtime-mode",
        "mt",
    ],
    "granian, 2 processes of 4 threads": [*GRANIAN, "--workers", "2", "--blocking-threads", "4"],
    "gunicorn sync": GUNICORN,
    "gunicorn sync, 2 processes": [*GUNICORN, "--workers", "2"],
    "gunicorn gthread, 4 threads": [*GUNICORN, "--threads", "4"],
    "gunicorn gthread, 2 processes of 4 threads": [*GUNICORN, "--workers", "2", "--threads", "4"],
}
PAST_THE_CACHE = {"headers": {**BROWSER, "Cookie": "sessionid=none"}}  # as for signed-in staff


def measure(ours, rounds):
    with ExitStack() as running:
        started = {}
        for name, command in COMMANDS.items():
            started[name] = ours.server(command=command, PYTHONPATH=str(peers.GUNICORN_FOLDER))
            running.callback(started[name].stop)
            started[name].wait()
        rows = [(name, server, ARTICLE, {}) for name, server in started.items()]
        group = Group("Which server: our article, read before", compare(rows, ours.database, rounds))
        rows = [(name, server, ARTICLE, PAST_THE_CACHE) for name, server in started.items()]
        rendered = compare(rows, ours.database, rounds)
        for figure, other in zip(group.figures, rendered, strict=True):
            memory = started[figure.name].memory()
            figure.note = (
                f"rendered: {time_of(other.cost)}, 99% within {other.p99:,.0f} ms; {memory:,.0f} MB a worker"
            )
    return group

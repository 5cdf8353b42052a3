"""The parts of every measurement: a running server, a load, and the CPU time that it took.

A figure is CPU time of the server and of the database, per request: wall-clock rates depend on what else the
machine does. `wrk` (Debian's package) makes the load.
"""

import re
import statistics
import subprocess
import tempfile
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from urllib.request import Request, urlopen

import psutil

from bench.paths import ROOT
from clinic.devtools import demo
from tests.support.ports import free_port

SECONDS = 3  # a load, on one server, in one round
CLIENTS = 8
BROWSER = {"Accept-Encoding": "gzip, deflate, br"}
DONE = re.compile(r"(\d+) requests in")
REFUSED = re.compile(r"Non-2xx or 3xx responses: (\d+)")
SLOWEST = re.compile(r"99%\s+([\d.]+)(us|ms|s)")
IN_MS = {"us": 0.001, "ms": 1, "s": 1000}


@dataclass
class Figure:
    """One row of the table. `cost` is CPU µs a request; `p99` wall-clock milliseconds."""

    name: str
    cost: float
    p99: float | None = None
    note: str = ""

    @property
    def is_ours(self):
        return self.name.startswith(("our ", "…"))

    @property
    def rate(self):
        return 1_000_000 / self.cost


def cpu_seconds(*roots):
    """CPU time of these processes and all their children, including ended ones."""
    total = 0.0
    for root in roots:
        for process in [root, *root.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                total += sum(process.cpu_times()[:4])  # user, system, and both of children that have ended
    return total


class Server:
    """A server process with its workers. `{port}` in the command is where it listens."""

    def __init__(self, command, environment, *, folder=ROOT, port=None):
        self.port = port or free_port()
        command = [part.format(port=self.port) for part in command]
        self.log = tempfile.TemporaryFile()  # noqa: SIM115 closed with the process
        self.process = subprocess.Popen(  # noqa: S603
            command, env=environment, cwd=folder, start_new_session=True, stdout=self.log, stderr=self.log
        )
        self.root = psutil.Process(self.process.pid)

    def url(self, path="/"):
        return f"http://localhost:{self.port}{path}"

    def wait(self, path="/"):
        """Until it answers; if it ends instead, show its log."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            with suppress(ConnectionError, OSError):
                return self.get(path)
            time.sleep(0.1)
        self.log.seek(0)
        raise SystemExit(f"{self.process.args} does not answer:\n{self.log.read().decode()[-3000:]}")

    def get(self, path="/", headers=BROWSER):
        with urlopen(Request(self.url(path), headers=headers), timeout=60) as response:  # noqa: S310
            return response.read()

    def stop(self):
        demo.stop_all([self.process])


class Running(ExitStack):
    """Servers that run until its block ends."""

    def start(self, server, path="/"):
        """Start to measure `server` once it answers at `path`."""
        self.callback(server.stop)
        server.wait(path)
        return server


def load(server, path, database, *, headers=BROWSER, script=None, seconds=SECONDS):
    """A load of a few seconds: (requests, CPU seconds, p99 in ms). `database` is PostgreSQL's first one."""
    command = ["wrk", "--threads=1", f"--connections={CLIENTS}", f"--duration={seconds}s", "--latency"]
    command += [part for name, value in headers.items() for part in ["--header", f"{name}: {value}"]]
    command += ["--script", str(script)] if script else []
    before = cpu_seconds(server.root, database)
    said = subprocess.run(  # noqa: S603
        [*command, server.url(path)], check=True, capture_output=True, text=True
    ).stdout
    spent = cpu_seconds(server.root, database) - before
    if refused := REFUSED.search(said):
        raise SystemExit(f"{server.url(path)}: {refused[1]} answers were errors.\n{said}")
    number, unit = SLOWEST.search(said).groups()
    return int(DONE.search(said)[1]), spent, float(number) * IN_MS[unit]


def compare(rows, database, rounds):
    """Load each of `rows` (name, server, path, options) in turn, round after round; the median of each."""
    samples = {name: [] for name, *_ in rows}
    for _, server, path, options in rows:
        load(server, path, database, seconds=1, **options)  # warm
    for _ in range(rounds):
        for name, server, path, options in rows:
            samples[name].append(load(server, path, database, **options))
    return [
        Figure(
            name,
            cost=statistics.median(cpu * 1_000_000 / requests for requests, cpu, _ in found),
            p99=statistics.median(p99 for _, _, p99 in found),
        )
        for name, found in samples.items()
    ]

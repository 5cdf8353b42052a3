"""Run servers, load them with `wrk`, and measure the CPU time.

The cost of a request is the CPU time of server and database, because wall-clock rates depend on other load.
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

LOAD_SECONDS = 3
CLIENTS = 8
BROWSER_HEADERS = {"Accept-Encoding": "gzip, deflate, br"}
REQUEST_COUNT = re.compile(r"(\d+) requests in")
ERROR_COUNT = re.compile(r"Non-2xx or 3xx responses: (\d+)")
P99 = re.compile(r"99%\s+([\d.]+)(us|ms|s)")
MS_PER_UNIT = {"us": 0.001, "ms": 1, "s": 1000}


@dataclass
class Figure:
    """A row of the table. `cost` is CPU µs per request, `p99` wall-clock milliseconds."""

    name: str
    cost: float
    p99: float | None = None
    note: str = ""

    @property
    def rate(self):
        return 1_000_000 / self.cost


def cpu_seconds(*roots):
    """Return the CPU time of these processes and all their children, including ended ones."""
    total = 0.0
    for root in roots:
        for process in [root, *root.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                total += sum(process.cpu_times()[:4])  # user and system time, also of ended children
    return total


class Server:
    """A server process with its workers. `{port}` in the command is replaced by the port."""

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
        """Wait until the server responds, or exit with its log."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            with suppress(ConnectionError, OSError):
                return self.get(path)
            time.sleep(0.1)
        self.log.seek(0)
        raise SystemExit(f"{self.process.args} doesn't respond:\n{self.log.read().decode()[-3000:]}")

    def get(self, path="/", headers=BROWSER_HEADERS):
        with urlopen(Request(self.url(path), headers=headers), timeout=60) as response:  # noqa: S310
            return response.read()

    def stop(self):
        demo.stop_all([self.process])


class RunningServers(ExitStack):
    """A context manager that stops its servers at the end."""

    def start(self, server, path="/"):
        """Wait until `server` responds at `path`."""
        self.callback(server.stop)
        server.wait(path)
        return server


def load(server, path, database, *, headers=BROWSER_HEADERS, script=None, seconds=LOAD_SECONDS):
    """Load a server for some seconds. Return (requests, CPU seconds, p99 in ms)."""
    command = ["wrk", "--threads=1", f"--connections={CLIENTS}", f"--duration={seconds}s", "--latency"]
    command += [part for name, value in headers.items() for part in ["--header", f"{name}: {value}"]]
    command += ["--script", str(script)] if script else []
    before = cpu_seconds(server.root, database)
    output = subprocess.run(  # noqa: S603
        [*command, server.url(path)], check=True, capture_output=True, text=True
    ).stdout
    spent = cpu_seconds(server.root, database) - before
    if errors := ERROR_COUNT.search(output):
        raise SystemExit(f"{server.url(path)}: {errors[1]} responses were errors.\n{output}")
    number, unit = P99.search(output).groups()
    return int(REQUEST_COUNT.search(output)[1]), spent, float(number) * MS_PER_UNIT[unit]


def compare(rows, database, rounds):
    """Load each of `rows` (name, server, path, options) in turn, in several rounds. Return the medians."""
    samples = {name: [] for name, *_ in rows}
    for _, server, path, options in rows:
        load(server, path, database, seconds=1, **options)  # warm up
    for _ in range(rounds):
        for name, server, path, options in rows:
            samples[name].append(load(server, path, database, **options))
    return [
        Figure(
            name,
            cost=statistics.median(cpu * 1_000_000 / requests for requests, cpu, _ in loads),
            p99=statistics.median(p99 for _, _, p99 in loads),
        )
        for name, loads in samples.items()
    ]

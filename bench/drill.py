"""The crash drill (`make drill`): is every acknowledged inquiry there, exactly once, whatever is killed?

Many senders send over HTTP, each its own message, and again until they see a reference, as a patient would.
Meanwhile the web server, the worker and PostgreSQL are killed with SIGKILL, each with all its processes, at
random, and started again. At the end every sender looks for its inquiry. Exit code 0 only if none is lost or
doubled and all could send.
"""

import argparse
import http.client
import os
import random
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import psutil
import psycopg

from clinic.devtools import demo, embedded_database

PATIENCE = 180  # seconds until a sender gives up
LETTERS = {"front_desk_notice", "receipt"}
WHAT = ["web", "worker", "PostgreSQL"]


@dataclass
class Report:
    killed: Counter = field(default_factory=Counter)
    answers: Counter = field(default_factory=Counter)
    acknowledged: dict = field(default_factory=dict)  # sender -> reference
    stored: int = 0
    lost: list = field(default_factory=list)
    duplicated: list = field(default_factory=list)
    gave_up: int = 0
    letters: Counter = field(default_factory=Counter)  # by the state of their job
    seconds: float = 0

    @property
    def passed(self):
        return not (self.lost or self.duplicated or self.gave_up) and bool(self.acknowledged)

    def __str__(self):
        killed = ", ".join(f"{name} {self.killed[name]} times" for name in WHAT)
        answers = ", ".join(f"{answer}: {number}" for answer, number in sorted(self.answers.items()))
        letters = ", ".join(f"{state}: {number}" for state, number in sorted(self.letters.items()))
        lines = [
            f"killed        {killed}, in {self.seconds:.0f} s",
            f"answers       {answers}",
            f"acknowledged  {len(self.acknowledged)}",
            f"stored        {self.stored}",
            f"duplicated    {len(self.duplicated)}",
            f"lost          {len(self.lost)}",
            f"gave up       {self.gave_up}",
            f"letters       {letters}",
        ]
        return "\n".join([*lines, *self.lost, *self.duplicated])


class Site:
    """The web server, the worker and the database, as `make run` starts them, and their sudden deaths."""

    def __init__(self, data_dir):
        with socket.socket() as probe:
            probe.bind((demo.HOST, 0))
            self.port = probe.getsockname()[1]
        self.data_dir = data_dir
        os.environ.pop("DATABASE_URL", None)  # only a database of our own may be killed
        # Each sender has an address of its own, so that no limit by address stands in the drill's way.
        self.environment = {**demo.environment_of(data_dir, self.port, False), "TRUSTED_PROXIES": "1"}
        self.processes = {}

    def start(self):
        demo.prepare(self.environment, develop=False)
        for name in ["web", "worker"]:
            self._start(name)
        demo.wait_for_answer(self.port, self.processes.values())

    def _start(self, name):
        command = demo.commands(self.port, develop=False)[WHAT.index(name)]
        with (self.data_dir / f"{name}.log").open("ab") as log:
            self.processes[name] = demo.start(command, self.environment, stdout=log, stderr=log)

    def kill(self, name):
        """SIGKILL for each of its processes, then a new start."""
        if name == "PostgreSQL":
            postmaster = psutil.Process(embedded_database.pid(self.data_dir))
            family = [postmaster, *postmaster.children(recursive=True)]
            for process in family:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            psutil.wait_procs(family)
            embedded_database.restart(self.data_dir)
        else:
            os.killpg(self.processes[name].pid, signal.SIGKILL)
            self.processes[name].wait()
            self._start(name)

    def keep_alive(self):
        """As a supervisor does: what has ended by itself, for want of its database, is started again."""
        for name, process in list(self.processes.items()):
            if process.poll() is not None:
                self._start(name)

    def connect(self):
        return psycopg.connect(self.environment["DATABASE_URL"], autocommit=True)

    def stop(self):
        demo.stop_all(list(self.processes.values()))
        embedded_database.stop(self.data_dir)


class Drill:
    def __init__(self, site, *, inquiries, clients, kills, chance):
        self.site, self.inquiries, self.clients, self.chance = site, inquiries, clients, chance
        self.name = f"{chance.getrandbits(32):08x}"  # this drill's, where the folder has seen others
        self.report = Report()
        self.lock = threading.Lock()
        # Each of them at least once, at moments (numbers of acknowledged inquiries) drawn at random.
        what = [*WHAT, *chance.choices(WHAT, k=max(0, kills - len(WHAT)))]
        chance.shuffle(what)
        moments = sorted(chance.sample(range(1, inquiries * 9 // 10), len(what)))
        self.deaths = list(zip(moments, what, strict=True))

    def run(self):
        began = time.monotonic()
        with ThreadPoolExecutor(self.clients) as pool:
            senders = [pool.submit(self.send, number) for number in range(self.inquiries)]
            while not all(sender.done() for sender in senders):
                with self.lock:
                    sent = len(self.report.acknowledged)
                if self.deaths and sent >= self.deaths[0][0]:
                    _, name = self.deaths.pop(0)
                    self.site.kill(name)
                    self.report.killed[name] += 1
                self.site.keep_alive()
                time.sleep(0.01)
            for sender in senders:
                sender.result()
        self.report.seconds = time.monotonic() - began
        return self.report

    def send(self, number):
        """Send one message until a reference is seen."""
        sender = f"sender-{number}.{self.name}@drill.example"
        give_up_at = time.monotonic() + PATIENCE
        while time.monotonic() < give_up_at:
            answer, reference = self._post(number, sender)
            with self.lock:
                self.report.answers[answer] += 1
                if reference:
                    self.report.acknowledged[sender] = reference
                    return
            time.sleep(random.uniform(0.1, 0.5))  # noqa: S311
        with self.lock:
            self.report.gave_up += 1

    def _post(self, number, sender):
        body = urlencode({"name": f"Sender {number}", "email": sender, "message": f"Message {number}"})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Host": "localhost",
            "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
        }
        connection = http.client.HTTPConnection(demo.HOST, self.site.port, timeout=20)
        try:
            connection.request("POST", "/contact/", body, headers)
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__, None
        finally:
            connection.close()
        reference = (response.getheader("Location") or "////").split("/")[3]
        return str(response.status), reference if response.status == 302 else None

    def look(self):
        """What every sender finds, by asking the database itself."""
        report = self.report
        with self.site.connect() as connection:
            found = {}
            for sender, *row in connection.execute(FOUND, [f"%.{self.name}@%"]):
                found.setdefault(sender, []).append(row)
            report.letters = Counter(dict(connection.execute(STATES, [f"%.{self.name}@%"]).fetchall()))
        report.stored = sum(len(rows) for rows in found.values())
        for sender, rows in found.items():
            if len(rows) > 1 or any(received > 1 or len(letters) > 2 for _, received, letters, _ in rows):
                report.duplicated.append(f"duplicated: {sender} {rows}")
        for sender, reference in report.acknowledged.items():
            row = next((row for row in found.get(sender, []) if row[0] == reference), None)
            # Its emails are queued; or the row itself says that this is still to do, and a job does it.
            if not row or row[1] < 1 or (set(row[2]) != LETTERS and not row[3]):
                report.lost.append(f"lost: {sender} {reference} {row}")

    def wait_for_letters(self, seconds):
        """Until none waits any more; a killed worker's are swept after a minute or two."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.site.keep_alive()
            self.look()
            if set(self.report.letters) == {"succeeded"}:
                return
            self.report.lost, self.report.duplicated = [], []
            time.sleep(1)


FOUND = """
    SELECT email, reference,
           (SELECT count(*) FROM inquiries_inquiryevent e WHERE e.inquiry_id = i.id AND e.kind = 'received'),
           ARRAY(SELECT args ->> 'letter' FROM procrastinate_jobs
                  WHERE task_name = 'inquiries.send_letter' AND (args ->> 'inquiry_id')::bigint = i.id),
           needs_triage
      FROM inquiries_inquiry i WHERE email LIKE %s
"""
STATES = """
    SELECT j.status::text, count(*) FROM procrastinate_jobs j
      JOIN inquiries_inquiry i ON (args ->> 'inquiry_id')::bigint = i.id
     WHERE task_name = 'inquiries.send_letter' AND email LIKE %s GROUP BY j.status
"""
PROMISES = ["fsync", "synchronous_commit", "full_page_writes"]


def run(data_dir, *, inquiries=1000, clients=20, kills=15, seed=None, wait_for_letters=0):
    """One drill; its report. `data_dir` keeps the database, so a second drill starts sooner."""
    site = Site(Path(data_dir))
    try:
        site.start()
        with site.connect() as connection:
            for name in PROMISES:
                value = connection.execute(f"SHOW {name}").fetchone()[0]
                if value != "on":
                    raise SystemExit(f"PostgreSQL's {name} is {value}: it would lose what it has confirmed.")
        drill = Drill(site, inquiries=inquiries, clients=clients, kills=kills, chance=random.Random(seed))  # noqa: S311
        drill.run()
        drill.wait_for_letters(wait_for_letters)
        drill.look()
        return drill.report
    finally:
        site.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--inquiries", type=int, default=1000)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--kills", type=int, default=15)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311
    options = vars(parser.parse_args())
    print(f"Seed {options['seed']}", flush=True)
    data_dir = Path(tempfile.mkdtemp(prefix="drill-"))
    data_dir.chmod(0o755)  # the embedded database's own user must get through
    try:
        report = run(data_dir, **options, wait_for_letters=300)
    finally:
        shutil.rmtree(data_dir, ignore_errors=True)
    print(report)
    sys.exit(not report.passed)


if __name__ == "__main__":
    main()

"""The crash drill (`make drill`): is every acknowledged inquiry stored, exactly once, after crashes?

Many senders send over HTTP, each its own message, and again until they see a reference, as a patient would.
Meanwhile the web server, the worker and PostgreSQL are killed with SIGKILL, each with all its processes, at
random, and started again. Beside them hostile neighbors send junk from the same addresses, the same texts,
trapped twins and half-sent forms (hostile_traffic.py), and 200 of the honest messages speak of money,
insurance, the internet and business. At the end every sender looks for its inquiry. Exit code 0 only if none
is lost, doubled, hidden or refused, and all could send.
"""

import argparse
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from bench.drill.hostile_traffic import WARDS, Neighbors
from bench.drill.site import WHAT, Site
from clinic.text.lists import read_lists
from tests.support import install_nginx

SAID = read_lists(Path(__file__).with_name("ordinary_messages.txt"))
ORDINARY = [f"{subject} {request}" for subject in SAID["Subjects"] for request in SAID["Requests"]]
PATIENCE = 180  # seconds until a sender gives up
EMAILS = {"front_desk_notice", "receipt"}


@dataclass
class Report:
    killed: Counter = field(default_factory=Counter)
    answers: Counter = field(default_factory=Counter)
    acknowledged: dict = field(default_factory=dict)  # sender -> reference
    stored: int = 0
    lost: list = field(default_factory=list)
    duplicated: list = field(default_factory=list)
    hidden: list = field(default_factory=list)
    labeled: int = 0
    neighbors: Counter = field(default_factory=Counter)
    gave_up: int = 0
    emails: Counter = field(default_factory=Counter)  # by the state of their job
    seconds: float = 0

    @property
    def passed(self):
        wrong = self.lost or self.duplicated or self.hidden or self.refused or self.gave_up
        return not wrong and bool(self.acknowledged)

    @property
    def refused(self):
        """Answers that send an honest sender away, rather than ask to try again."""
        return self.answers["403"] + self.answers["429"]

    def __str__(self):
        killed = ", ".join(f"{name} {self.killed[name]} times" for name in WHAT)
        answers = ", ".join(f"{answer}: {number}" for answer, number in sorted(self.answers.items()))
        emails = ", ".join(f"{state}: {number}" for state, number in sorted(self.emails.items()))
        neighbors = ", ".join(f"{kind}: {number}" for kind, number in sorted(self.neighbors.items()))
        lines = [
            f"killed        {killed}, in {self.seconds:.0f} s",
            f"answers       {answers}",
            f"acknowledged  {len(self.acknowledged)}",
            f"stored        {self.stored}",
            f"duplicated    {len(self.duplicated)}",
            f"lost          {len(self.lost)}",
            f"hidden        {len(self.hidden)}",
            f"refused       {self.refused}",
            f"labeled       {self.labeled} of the honest ones, as probably spam",
            f"neighbors     {neighbors or 'none'}",
            f"gave up       {self.gave_up}",
            f"emails        {emails}",
        ]
        return "\n".join([*lines, *self.lost, *self.duplicated, *self.hidden])


class Drill:
    def __init__(self, site, *, inquiries, clients, kills, chance, neighbors=False):
        self.site, self.inquiries, self.clients, self.chance = site, inquiries, clients, chance
        self.name = f"{chance.getrandbits(32):08x}"  # this drill's, where the folder has seen others
        self.report = Report()
        self.lock = threading.Lock()
        self.neighbors = Neighbors(site, self.name, ORDINARY) if neighbors else None
        # Each of them at least once, at moments (numbers of acknowledged inquiries) drawn at random.
        what = [*WHAT, *chance.choices(WHAT, k=max(0, kills - len(WHAT)))]
        chance.shuffle(what)
        moments = sorted(chance.sample(range(1, inquiries * 9 // 10), len(what)))
        self.deaths = list(zip(moments, what, strict=True))

    def run(self):
        began = time.monotonic()
        with self.neighbors or nullcontext(), ThreadPoolExecutor(self.clients) as pool:
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
        if self.neighbors:
            self.report.neighbors = self.neighbors.sent
        return self.report

    def send(self, number):
        """Send one message until a reference is seen."""
        sender = f"sender-{number}.{self.name}@drill.example"
        answers = {"name": f"Sender {number}", "email": sender, "message": self.message(number)}
        # Some share an address, as on a ward; neighbors write from there too.
        address = f"127.{16 + (number >> 16)}.{number >> 8 & 255}.{number & 255}"
        if self.neighbors and number % 4 == 0:
            address = WARDS[number // 4 % len(WARDS)]
        if self.neighbors and number % 5 == 0:
            self.neighbors.send_twins(answers, address)
        while self.deaths and number >= self.inquiries - self.clients:
            time.sleep(0.01)  # so that each death comes while messages are still to be sent
        give_up_at = time.monotonic() + PATIENCE
        while time.monotonic() < give_up_at:
            answer, reference = self.site.post(answers, address, "honest/1.0")
            with self.lock:
                self.report.answers[answer] += 1
                if reference:
                    self.report.acknowledged[sender] = reference
                    return
            time.sleep(random.uniform(0.1, 0.5))  # noqa: S311
        with self.lock:
            self.report.gave_up += 1

    def message(self, number):
        return ORDINARY[number] if number < len(ORDINARY) else f"Message {number}"

    def look(self):
        """Look up in the database what each sender would find."""
        report = self.report
        report.lost, report.duplicated, report.hidden, report.labeled = [], [], [], 0
        with self.site.connect() as connection:
            found = {}
            for sender, *row in connection.execute(FOUND, [f"%.{self.name}@%"]):
                found.setdefault(sender, []).append(row)
            report.emails = Counter(dict(connection.execute(STATES, [f"%.{self.name}@%"]).fetchall()))
        report.stored = sum(len(rows) for rows in found.values())
        for sender, rows in found.items():
            if len(rows) > 1 or any(received > 1 or len(emails) > 2 for _, received, emails, *_ in rows):
                report.duplicated.append(f"duplicated: {sender} {rows}")
        for sender, reference in report.acknowledged.items():
            row = next((row for row in found.get(sender, []) if row[0] == reference), None)
            if not row or row[1] < 1:
                report.lost.append(f"lost: {sender} {reference} {row}")
                continue
            _, _, emails, needs_triage, is_spam, probably_spam = row
            report.labeled += probably_spam
            # Its emails are queued, or held back with a label; or the row says that this is still to do.
            if is_spam or not (set(emails) == EMAILS or probably_spam or needs_triage):
                report.hidden.append(f"hidden: {sender} {reference} {row}")

    def wait_for_emails(self, seconds):
        """Until none is waiting; those of a killed worker are picked up after a minute or two."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.site.keep_alive()
            self.look()
            if set(self.report.emails) == {"succeeded"}:
                return
            time.sleep(1)


FOUND = """
    SELECT email, reference,
           (SELECT count(*) FROM inquiries_inquiryevent e WHERE e.inquiry_id = i.id AND e.kind = 'received'),
           ARRAY(SELECT args ->> 'letter' FROM procrastinate_jobs
                  WHERE task_name = 'inquiries.send_letter' AND (args ->> 'inquiry_id')::bigint = i.id),
           needs_triage, status = 'spam', probably_spam
      FROM inquiries_inquiry i
     WHERE email LIKE %s AND NOT spam_reasons @> '[{"code": "trap"}]'  -- the twins
"""
STATES = """
    SELECT j.status::text, count(*) FROM procrastinate_jobs j
      JOIN inquiries_inquiry i ON (args ->> 'inquiry_id')::bigint = i.id
     WHERE task_name = 'inquiries.send_letter' AND email LIKE %s GROUP BY j.status
"""
PROMISES = ["fsync", "synchronous_commit", "full_page_writes"]


def run(
    data_dir, *, inquiries=1000, clients=20, kills=15, seed=None, wait_for_emails=0, neighbors=False, **how
):
    """One drill; its report. `data_dir` keeps the database, so a second drill starts sooner."""
    site = Site(Path(data_dir), front=neighbors, **how)
    try:
        site.start()
        with site.connect() as connection:
            for name in PROMISES:
                value = connection.execute(f"SHOW {name}").fetchone()[0]
                if value != "on":
                    raise SystemExit(f"PostgreSQL's {name} is {value}: it would lose what it has confirmed.")
        chance = random.Random(seed)  # noqa: S311
        drill = Drill(
            site, inquiries=inquiries, clients=clients, kills=kills, chance=chance, neighbors=neighbors
        )
        drill.run()
        drill.wait_for_emails(wait_for_emails)
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
    if not install_nginx.path():
        install_nginx.unpack()
    print(f"Seed {options['seed']}", flush=True)
    data_dir = Path(tempfile.mkdtemp(prefix="drill-"))
    data_dir.chmod(0o755)  # the embedded database's own user must get through
    try:
        report = run(data_dir, **options, wait_for_emails=300, neighbors=True)
    finally:
        shutil.rmtree(data_dir, ignore_errors=True)
    print(report)
    sys.exit(not report.passed)


if __name__ == "__main__":
    main()

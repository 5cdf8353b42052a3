"""The crash drill (`make drill`): checks that crashes neither lose nor duplicate acknowledged inquiries.

Many senders each send a message over HTTP, and retry until they see a reference. At random moments, the web
server, the worker and PostgreSQL are killed with SIGKILL and restarted, while hostile traffic arrives
(hostile_traffic.py). 200 of the honest messages are about topics that are typical of spam, such as money.
Exits with 0 only if no inquiry is lost, duplicated, hidden or refused, and all senders succeeded.
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

from bench.drill.hostile_traffic import SHARED_ADDRESSES, HostileTraffic
from bench.drill.site import SERVICES, Site
from clinic.text.lists import read_lists
from tests.support import install_nginx

LISTS = read_lists(Path(__file__).with_name("ordinary_messages.txt"))
ORDINARY = [f"{subject} {request}" for subject in LISTS["Subjects"] for request in LISTS["Requests"]]
SENDER_TIMEOUT_SECONDS = 180
EMAILS = {"front_desk_notice", "receipt"}


@dataclass
class Report:
    killed: Counter = field(default_factory=Counter)
    responses: Counter = field(default_factory=Counter)
    acknowledged: dict = field(default_factory=dict)  # sender -> reference
    stored: int = 0
    lost: list = field(default_factory=list)
    duplicated: list = field(default_factory=list)
    hidden: list = field(default_factory=list)
    labeled: int = 0
    hostile: Counter = field(default_factory=Counter)
    gave_up: int = 0
    emails: Counter = field(default_factory=Counter)  # by the state of their job
    seconds: float = 0

    @property
    def passed(self):
        failed = self.lost or self.duplicated or self.hidden or self.refused or self.gave_up
        return not failed and bool(self.acknowledged)

    @property
    def refused(self):
        """The number of responses that told an honest sender to stop, not to retry."""
        return self.responses["403"] + self.responses["429"]

    def __str__(self):
        killed = ", ".join(f"{name} {self.killed[name]} times" for name in SERVICES)
        responses = ", ".join(f"{status}: {number}" for status, number in sorted(self.responses.items()))
        emails = ", ".join(f"{state}: {number}" for state, number in sorted(self.emails.items()))
        hostile = ", ".join(f"{kind}: {number}" for kind, number in sorted(self.hostile.items()))
        lines = [
            f"killed        {killed}, in {self.seconds:.0f} s",
            f"responses     {responses}",
            f"acknowledged  {len(self.acknowledged)}",
            f"stored        {self.stored}",
            f"duplicated    {len(self.duplicated)}",
            f"lost          {len(self.lost)}",
            f"hidden        {len(self.hidden)}",
            f"refused       {self.refused}",
            f"labeled       {self.labeled} honest ones labeled as probably spam",
            f"hostile       {hostile or 'none'}",
            f"gave up       {self.gave_up}",
            f"emails        {emails}",
        ]
        return "\n".join([*lines, *self.lost, *self.duplicated, *self.hidden])


class Drill:
    def __init__(self, site, *, inquiries, clients, kills, random_source, with_hostile_traffic=False):
        self.site, self.inquiries, self.clients = site, inquiries, clients
        self.name = f"{random_source.getrandbits(32):08x}"  # distinguishes drills on the same database
        self.report = Report()
        self.lock = threading.Lock()
        self.hostile = HostileTraffic(site, self.name, ORDINARY) if with_hostile_traffic else None
        # Kill each service at least once, after random numbers of acknowledged inquiries.
        victims = [*SERVICES, *random_source.choices(SERVICES, k=max(0, kills - len(SERVICES)))]
        random_source.shuffle(victims)
        moments = sorted(random_source.sample(range(1, inquiries * 9 // 10), len(victims)))
        self.kills = list(zip(moments, victims, strict=True))

    def run(self):
        started = time.monotonic()
        with self.hostile or nullcontext(), ThreadPoolExecutor(self.clients) as pool:
            senders = [pool.submit(self.send, number) for number in range(self.inquiries)]
            while not all(sender.done() for sender in senders):
                with self.lock:
                    sent = len(self.report.acknowledged)
                if self.kills and sent >= self.kills[0][0]:
                    _, name = self.kills.pop(0)
                    self.site.kill(name)
                    self.report.killed[name] += 1
                self.site.keep_alive()
                time.sleep(0.01)
            for sender in senders:
                sender.result()
        self.report.seconds = time.monotonic() - started
        if self.hostile:
            self.report.hostile = self.hostile.sent
        return self.report

    def send(self, number):
        """Send one message, and retry until a reference is returned."""
        sender = f"sender-{number}.{self.name}@drill.example"
        answers = {"name": f"Sender {number}", "email": sender, "message": self.message(number)}
        # Some senders share an IP address with each other and with hostile traffic, as on a hospital ward.
        address = f"127.{16 + (number >> 16)}.{number >> 8 & 255}.{number & 255}"
        if self.hostile and number % 4 == 0:
            address = SHARED_ADDRESSES[number // 4 % len(SHARED_ADDRESSES)]
        if self.hostile and number % 5 == 0:
            self.hostile.send_trapped_copies(answers, address)
        while self.kills and number >= self.inquiries - self.clients:
            time.sleep(0.01)  # every kill must happen while messages are being sent
        give_up_at = time.monotonic() + SENDER_TIMEOUT_SECONDS
        while time.monotonic() < give_up_at:
            status, reference = self.site.post(answers, address, "honest/1.0")
            with self.lock:
                self.report.responses[status] += 1
                if reference:
                    self.report.acknowledged[sender] = reference
                    return
            time.sleep(random.uniform(0.1, 0.5))  # noqa: S311
        with self.lock:
            self.report.gave_up += 1

    def message(self, number):
        return ORDINARY[number] if number < len(ORDINARY) else f"Message {number}"

    def check_database(self):
        """Compare the database with what was acknowledged to each sender."""
        report = self.report
        report.lost, report.duplicated, report.hidden, report.labeled = [], [], [], 0
        with self.site.connect() as connection:
            stored = {}
            for sender, *row in connection.execute(STORED_INQUIRIES, [f"%.{self.name}@%"]):
                stored.setdefault(sender, []).append(row)
            report.emails = Counter(dict(connection.execute(EMAIL_STATES, [f"%.{self.name}@%"]).fetchall()))
        report.stored = sum(len(rows) for rows in stored.values())
        for sender, rows in stored.items():
            if len(rows) > 1 or any(received > 1 or len(emails) > 2 for _, received, emails, *_ in rows):
                report.duplicated.append(f"duplicated: {sender} {rows}")
        for sender, reference in report.acknowledged.items():
            row = next((row for row in stored.get(sender, []) if row[0] == reference), None)
            if not row or row[1] < 1:
                report.lost.append(f"lost: {sender} {reference} {row}")
                continue
            _, _, emails, needs_triage, is_spam, probably_spam = row
            report.labeled += probably_spam
            # Its emails are queued or held back as probable spam, or the inquiry still needs triage.
            if is_spam or not (set(emails) == EMAILS or probably_spam or needs_triage):
                report.hidden.append(f"hidden: {sender} {reference} {row}")

    def wait_for_emails(self, seconds):
        """Wait until all are sent. Jobs of a killed worker are retried after a minute or two."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.site.keep_alive()
            self.check_database()
            if set(self.report.emails) == {"succeeded"}:
                return
            time.sleep(1)


STORED_INQUIRIES = """
    SELECT email, reference,
           (SELECT count(*) FROM inquiries_inquiryevent e WHERE e.inquiry_id = i.id AND e.kind = 'received'),
           ARRAY(SELECT args ->> 'letter' FROM procrastinate_jobs
                  WHERE task_name = 'inquiries.send_letter' AND (args ->> 'inquiry_id')::bigint = i.id),
           needs_triage, status = 'spam', probably_spam
      FROM inquiries_inquiry i
     WHERE email LIKE %s AND NOT spam_reasons @> '[{"code": "trap"}]'  -- the trapped copies
"""
EMAIL_STATES = """
    SELECT j.status::text, count(*) FROM procrastinate_jobs j
      JOIN inquiries_inquiry i ON (args ->> 'inquiry_id')::bigint = i.id
     WHERE task_name = 'inquiries.send_letter' AND email LIKE %s GROUP BY j.status
"""
DURABILITY_SETTINGS = ["fsync", "synchronous_commit", "full_page_writes"]


def run(
    data_dir,
    *,
    inquiries=1000,
    clients=20,
    kills=15,
    seed=None,
    email_timeout=0,
    with_hostile_traffic=False,
    **site_options,
):
    """Run a drill and return its report. A second drill in the same `data_dir` starts faster."""
    site = Site(Path(data_dir), with_nginx=with_hostile_traffic, **site_options)
    try:
        site.start()
        with site.connect() as connection:
            for name in DURABILITY_SETTINGS:
                value = connection.execute(f"SHOW {name}").fetchone()[0]
                if value != "on":
                    raise SystemExit(f"PostgreSQL's {name} is {value}: acknowledged data could be lost.")
        drill = Drill(
            site,
            inquiries=inquiries,
            clients=clients,
            kills=kills,
            random_source=random.Random(seed),  # noqa: S311
            with_hostile_traffic=with_hostile_traffic,
        )
        drill.run()
        drill.wait_for_emails(email_timeout)
        drill.check_database()
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
    data_dir.chmod(0o755)  # the embedded database runs as another user
    try:
        report = run(data_dir, **options, email_timeout=300, with_hostile_traffic=True)
    finally:
        shutil.rmtree(data_dir, ignore_errors=True)
    print(report)
    sys.exit(not report.passed)


if __name__ == "__main__":
    main()

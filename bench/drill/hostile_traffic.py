"""Hostile traffic for the crash drill, which must not harm honest senders.

Sends junk from shared IP addresses, honest texts under other names, copies of honest messages with the
honeypot field filled in, and requests so slow that each would occupy a connection forever.
"""

import itertools
import threading
from collections import Counter
from contextlib import closing, suppress

from tests.support.nginx import HOST

JUNK = "We offer SEO services and backlinks for your clinic: https://rank{number}.example"
PAUSE_SECONDS = 0.1  # far over every rate limit per address
SHARED_ADDRESSES = [f"127.65.0.{number}" for number in range(1, 6)]  # also used by honest senders
SLOW_SENDERS = 100
SECONDS_PER_BYTE = 5.0
slow_sender_numbers = itertools.count()


class HostileTraffic:
    """A context manager that sends hostile traffic to `site`; `texts` are messages of honest senders."""

    def __init__(self, site, name: str, texts: list[str]):
        self.site, self.name, self.texts = site, name, texts
        self.sent: Counter[str] = Counter()
        self.stopped = threading.Event()
        self.threads = [
            threading.Thread(target=target, daemon=True)
            for target in [self.send_junk, self.copy_texts, *[self.send_slowly] * SLOW_SENDERS]
        ]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.stopped.set()
        for thread in self.threads:
            thread.join()

    def send_junk(self) -> None:
        for number in itertools.count():
            text = JUNK.format(number=number)
            self._send("junk", text, f"junk-{number}", SHARED_ADDRESSES[number % len(SHARED_ADDRESSES)])
            if self.stopped.wait(PAUSE_SECONDS):
                return

    def copy_texts(self) -> None:
        for number in itertools.count():
            text = self.texts[number % len(self.texts)]
            self._send("same texts", text, f"copy-{number}", f"127.66.{number >> 8 & 255}.{number & 255}")
            if self.stopped.wait(PAUSE_SECONDS):
                return

    def send_trapped_copies(self, answers: dict[str, str], address: str) -> None:
        """Send the form of an honest sender before they do, with the honeypot field filled in."""
        for source, browser in [("127.66.6.6", "honest/1.0"), (address, "copy/1.0"), (address, "honest/1.0")]:
            self.site.post({**answers, "url": "x"}, source, browser)
            self.sent["trapped copies"] += 1

    def send_slowly(self) -> None:
        while not self.stopped.is_set():
            number = next(slow_sender_numbers)
            address = f"127.67.{number >> 8 & 255}.{number & 255}"
            with suppress(OSError), closing(self.site.connection_from(address)) as connection:
                connection.putrequest("POST", "/contact/", skip_host=True)
                connection.putheader("Host", HOST)
                connection.putheader("Content-Length", "900")
                connection.endheaders(b"m")
                self.sent["slow senders"] += 1
                while not self.stopped.wait(SECONDS_PER_BYTE):
                    connection.send(b"m")
            self.stopped.wait(1)

    def _send(self, kind, text, sender, address):
        answers = {"name": sender, "email": f"{sender}@{self.name}.hostile.example", "message": text}
        self.site.post(answers, address, "hostile/1.0")
        self.sent[kind] += 1

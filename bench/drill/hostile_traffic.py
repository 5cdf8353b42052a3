"""Hostile neighbors for the drill, who must not harm any honest sender.

Junk from the addresses that honest people share, the texts of honest people under other names, trapped twins
of their messages sent before their own, and senders so slow that each would keep a connection for ever.
"""

import itertools
import threading
from collections import Counter
from contextlib import closing, suppress

from tests.support.nginx import HOST

JUNK = "We offer SEO services and backlinks for your clinic: https://rank{number}.example"
PAUSE = 0.1  # seconds between a neighbor's posts: enough to be far over every limit by address
WARDS = [f"127.65.0.{number}" for number in range(1, 6)]  # addresses that honest people share
SLOW_SENDERS = 100
BYTE_EVERY = 5.0  # seconds
SLOW_NUMBERS = itertools.count()


class Neighbors:
    """`site` is the drill's; `texts` are some of those that honest people send."""

    def __init__(self, site, name: str, texts: list[str]):
        self.site, self.name, self.texts = site, name, texts
        self.sent: Counter[str] = Counter()
        self.ended = threading.Event()
        self.threads = [
            threading.Thread(target=work, daemon=True)
            for work in [self.send_junk, self.copy_texts, *[self.send_slowly] * SLOW_SENDERS]
        ]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def send_junk(self) -> None:
        """From the addresses that honest people write from, too."""
        for number in itertools.count():
            text = JUNK.format(number=number)
            self._send("junk", text, f"junk-{number}", WARDS[number % len(WARDS)])
            if self.ended.wait(PAUSE):
                return

    def copy_texts(self) -> None:
        """Under other names, from everywhere."""
        for number in itertools.count():
            text = self.texts[number % len(self.texts)]
            self._send("same texts", text, f"copy-{number}", f"127.66.{number >> 8 & 255}.{number & 255}")
            if self.ended.wait(PAUSE):
                return

    def send_twins(self, answers: dict[str, str], address: str) -> None:
        """The answers of somebody who is about to send them, with the trap filled in."""
        for where, browser in [("127.66.6.6", "honest/1.0"), (address, "twin/1.0"), (address, "honest/1.0")]:
            self.site.post({**answers, "url": "x"}, where, browser)
            self.sent["trapped twins"] += 1

    def send_slowly(self) -> None:
        while not self.ended.is_set():
            number = next(SLOW_NUMBERS)
            address = f"127.67.{number >> 8 & 255}.{number & 255}"
            with suppress(OSError), closing(self.site.connection_from(address)) as connection:
                connection.putrequest("POST", "/contact/", skip_host=True)
                connection.putheader("Host", HOST)
                connection.putheader("Content-Length", "900")
                connection.endheaders(b"m")
                self.sent["slow senders"] += 1
                while not self.ended.wait(BYTE_EVERY):
                    connection.send(b"m")
            self.ended.wait(1)

    def _send(self, kind, text, who, address):
        answers = {"name": who, "email": f"{who}@{self.name}.neighbor.example", "message": text}
        self.site.post(answers, address, "neighbor/1.0")
        self.sent[kind] += 1

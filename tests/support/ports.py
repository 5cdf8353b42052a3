"""Ports for servers that must be told theirs before they start."""

import random
import socket
from contextlib import suppress

# Below what Linux (from 32768) and others (from 49152) give to outgoing connections: a port that the
# system chose may be chosen again, or become the end of some browser's connection, before it is used.
PORTS = range(15_000, 32_000)
_given = set()


def free_port():
    """One that nothing on this machine uses, and that this process was not given before."""
    while True:
        port = random.SystemRandom().choice(PORTS)  # not random.choice: some tests seed it
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            if port not in _given:
                _given.add(port)
                return port

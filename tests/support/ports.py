"""Ports for servers that need to know theirs before they start."""

import random
import socket
from contextlib import suppress

# Below the ephemeral ports of Linux (from 32768) and others (from 49152), which outgoing connections could
# take before the server starts.
PORTS = range(15_000, 32_000)
_used = set()


def free_port():
    """Return a port that's free and wasn't returned before."""
    while True:
        port = random.SystemRandom().choice(PORTS)  # not random.choice: some tests seed it
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            if port not in _used:
                _used.add(port)
                return port

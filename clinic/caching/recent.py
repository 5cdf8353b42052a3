"""What every message needs and people seldom change: read once a second instead of once a message."""

import time
from functools import wraps

KEEP_FOR = 1.0  # seconds; after so long every process knows of a change


def recent(read):
    """`read()`, at most KEEP_FOR old. What it gives is shared by all threads: nobody may change it.

    Not for pages: one drawn from what is a second old would be kept as current (clinic.caching.site_version).
    """
    kept = (float("-inf"), None)

    @wraps(read)
    def read_or_remembered():
        nonlocal kept
        read_at, value = kept
        if time.monotonic() - read_at >= KEEP_FOR:
            value = read()
            kept = (time.monotonic(), value)
        return value

    return read_or_remembered

"""Helpers for running the site in separate processes on the tests' database."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
INHERITED = ("PATH", "HOME", "DEBUG", "SECRET_KEY", "FIELD_KEYS")


def environment(*names: str, **extra: str) -> dict[str, str]:
    """Return the variables `names` (default: INHERITED) of this process, and `extra` ones."""
    return {name: os.environ[name] for name in names or INHERITED if name in os.environ} | extra


def database_url() -> str:
    parameters = connection.get_connection_params()
    names = ("host", "port", "user", "password")
    query = "&".join(f"{name}={parameters[name]}" for name in names if parameters.get(name))
    return f"postgres:///{parameters['dbname']}?{query}"


def until(condition: Callable[[], object], seconds: int = 60, explain: Callable[[], str] = str) -> None:
    """Wait for a condition; after a timeout, fail with the message that `explain` returns."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, explain()
        time.sleep(0.05)

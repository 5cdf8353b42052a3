"""The site in processes of its own, on the tests' database."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("PATH", "HOME", "DEBUG", "SECRET_KEY", "FIELD_KEYS")


def environment(*names: str, **more: str) -> dict[str, str]:
    """What a process needs of this one's environment (`names` alone, where there are any), and more."""
    return {name: os.environ[name] for name in names or KEPT if name in os.environ} | more


def database_url() -> str:
    parameters = connection.get_connection_params()
    names = ("host", "port", "user", "password")
    query = "&".join(f"{name}={parameters[name]}" for name in names if parameters.get(name))
    return f"postgres:///{parameters['dbname']}?{query}"


def until(happened: Callable[[], object], seconds: int = 60, otherwise: Callable[[], str] = str) -> None:
    """Wait for it; what `otherwise` returns says why it didn't happen."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, otherwise()
        time.sleep(0.05)

